# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import html

from odoo.http import root
from odoo.tests import HttpCase, tagged

from .common import WebsiteCommon


@tagged("post_install", "-at_install")
class TestShop(WebsiteCommon, HttpCase):
    """What the buyer sees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_cart()
        cls.order.action_confirm()

    def _open_confirmation(self):
        session = self.authenticate(None, None)
        session["sale_last_order_id"] = self.order.id
        session["force_website_id"] = self.website.id
        root.session_store.save(session)
        return html.fromstring(self.url_open("/shop/confirmation").content)

    def test_confirmation_tells_when_the_goods_arrive(self):
        [box] = self._open_confirmation().xpath("//*[@id='oms_confirmation']")
        label, moment = self.order._get_oms_portal_promise()
        self.assertIn(f"{label} {moment}", " ".join(box.text_content().split()))

    def test_confirmation_leads_to_the_tracking_page(self):
        [link] = self._open_confirmation().xpath("//*[@id='oms_confirmation']//a/@href")
        page = html.fromstring(self.url_open(link).content)
        self.assertIn(self.order.name, page.text_content())

    def test_order_that_waits_for_its_money_is_promised_nothing(self):
        self.order = self._create_cart()
        self.order.action_quotation_sent()
        self.assertFalse(self._open_confirmation().xpath("//*[@id='oms_confirmation']"))
