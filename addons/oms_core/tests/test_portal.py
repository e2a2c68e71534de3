# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.tests import HttpCase, tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestPortal(OmsCommon, HttpCase):
    """The buyer's tracking page: all of the order, nothing of the house."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.buyer_cancel = "picking"
        cls.customer.write({"email": "ada@example.com", "street": "1 Test Lane"})

    def _open(self, order, **query):
        self.env.flush_all()
        query = {"access_token": order._portal_ensure_token()} | query
        return self.url_open(f"/my/oms/{order.id}", params=query)

    def _post_cancel(self, order, token=None, csrf=True):
        page = self._open(order).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        data = {"csrf_token": found[1]} if csrf and found else {}
        token = token or order._portal_ensure_token()
        url = f"/my/oms/{order.id}/cancel?access_token={token}"
        response = self.url_open(url, data=data or {"x": "1"})
        order.invalidate_recordset()
        return response

    def _count_page_queries(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        values = order._get_oms_portal_values()
        self.env["ir.qweb"]._render(
            "oms_core.portal_parcel",
            {
                "parcels": values["parcels"],
                "parcel": values["parcels"][0],
                "parcel_index": 0,
                "order": order,
                "when": values["when"],
            },
        )
        return self.cr.sql_log_count - start

    # === WHO MAY LOOK ===

    def test_token_opens_the_page_without_a_login(self):
        response = self._open(self._create_order())
        self.assertEqual(response.status_code, 200)
        self.assertIn("Getting ready", response.text)
        self.assertIn("Test-Mug", response.text)
        self.assertIn("1 Test Lane", response.text)

    def test_wrong_missing_or_foreign_token_gives_a_page_without_facts(self):
        order, other = self._create_order(), self._create_order()
        order._portal_ensure_token()
        for case, token in [
            ("wrong", "0" * 36),
            ("missing", ""),
            ("of another order", other._portal_ensure_token()),
        ]:
            with self.subTest(case):
                response = self._open(order, access_token=token)
                self.assertEqual(response.status_code, 404)
                self.assertIn("We cannot show this order", response.text)
                self.assertNotIn(order.name, response.text)

    def test_order_that_does_not_exist_looks_like_a_wrong_token(self):
        order = self._create_order()
        wrong = self._open(order, access_token="0" * 36)
        absent = self.url_open("/my/oms/999999999?access_token=0")
        self.assertEqual(absent.status_code, 404)
        self.assertEqual(absent.text, wrong.text)

    def test_portal_user_sees_his_own_orders_only(self):
        user = self._create_user("ada_portal", "base.group_portal")
        own = self._create_order(partner_id=user.partner_id.id)
        other = self._create_order()
        self.env.flush_all()
        self.authenticate("ada_portal", "ada_portal")
        self.assertEqual(self.url_open(f"/my/oms/{own.id}").status_code, 200)
        self.assertEqual(self.url_open(f"/my/oms/{other.id}").status_code, 404)

    def test_address_of_the_page_stays_out_of_caches_and_referrers(self):
        headers = self._open(self._create_order()).headers
        self.assertIn("no-store", headers["Cache-Control"])
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", headers["X-Robots-Tag"])

    def test_quotation_is_shown_by_the_page_that_sells(self):
        order = self._create_order(confirm=False)
        response = self._open(order)
        self.assertIn(f"/my/orders/{order.id}", response.url)

    # === WHAT IS SHOWN ===

    def test_parcel_shows_its_progress_and_the_carriers_link(self):
        order = self._create_order([(self.mug, 1), (self.lamp, 1)])
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Test Post",
                "product_id": self._create_product("POST", type="service").id,
                "tracking_url": "https://track.example.com/<shipmenttrackingnumber>",
            }
        )
        order.picking_ids.carrier_id = carrier
        self._ship(order, tracking="TP-77")
        text = self._open(order).text
        self.assertIn("On its way", text)
        self.assertIn("Test Post", text)
        self.assertIn('href="https://track.example.com/TP-77"', text)

    def test_tracking_link_that_is_no_web_address_is_no_link(self):
        order = self._create_order()
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Odd Post",
                "product_id": self._create_product("ODD", type="service").id,
                "tracking_url": "javascript:alert(1)//",
            }
        )
        order.picking_ids.carrier_id = carrier
        self._ship(order, tracking="TP-78")
        self.assertNotIn("javascript:", self._open(order).text)

    def test_timeline_shows_only_what_is_marked_for_the_buyer(self):
        order = self._create_order()
        self._hold(order, "fraud", "stolen card suspected")
        text = self._open(order).text
        self.assertIn("We received your order.", text)
        self.assertIn("We have your order", text)
        self.assertNotIn("stolen", text)
        self.assertNotIn("hold", text.lower())

    def test_page_holds_no_cost_no_note_and_no_place(self):
        self.mug.standard_price = 3.21
        order = self._create_order()
        order.message_post(body="never tell the buyer")
        self._ship(order)
        text = self._open(order).text
        for secret in ("3.21", "never tell", self.warehouse.name, "TEST-MUG"):
            self.assertNotIn(secret, text)

    def test_posted_invoice_opens_with_its_own_token(self):
        order = self._create_order()
        invoice = self._invoice(order)
        text = self._open(order).text
        self.assertIn(f"/my/invoices/{invoice.id}?access_token=", text)

    def test_picture_is_given_for_products_of_the_order_only(self):
        order = self._create_order()
        for product, status in [(self.mug, 200), (self.lamp, 404)]:
            url = order._get_oms_portal_url(f"/image/{product.id}")
            self.assertEqual(self.url_open(url).status_code, status)

    def test_page_speaks_the_buyers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        view = self.env.ref("oms_core.portal_order")
        view.update_field_translations(
            "arch_db", {"fr_FR": {"Delivery address": "Adresse de livraison"}}
        )
        self.customer.lang = "fr_FR"
        text = self._open(self._create_order()).text
        self.assertIn('lang="fr-FR"', text)
        self.assertIn("Adresse de livraison", text)

    def test_times_are_the_buyers(self):
        self.customer.tz = "Asia/Tokyo"
        order = self._create_order()
        moment = order._format_oms_portal_time(
            order.date_order.replace(month=1, day=1, hour=20, minute=30)
        )
        self.assertEqual(moment, "2 Jan, 05:30")

    def test_page_is_one_document_one_style_sheet_and_no_script(self):
        text = self._open(self._create_order()).text
        self.assertNotIn("<script", text)
        self.assertEqual(text.count('rel="stylesheet"'), 1)

    def test_number_of_lines_does_not_change_the_number_of_queries(self):
        products = [self._create_product(f"Q-{n}") for n in range(20)]
        few = self._create_order([(p, 1) for p in products[:2]])
        many = self._create_order([(p, 1) for p in products])
        (few | many).mapped(lambda order: order._portal_ensure_token())
        self._count_page_queries(few)  # fills the caches
        self.assertEqual(self._count_page_queries(few), self._count_page_queries(many))

    # === CANCEL ===

    def test_buyer_cancels_an_order_that_nobody_has_picked(self):
        order = self._create_order()
        response = self._post_cancel(order)
        self.assertEqual(order.state, "cancel")
        self.assertIn("Your order is cancelled", response.text)
        events = order.oms_event_ids
        self.assertIn("cancel", events.mapped("kind"))
        self.assertIn("Buyer", events.mapped("actor"))

    def test_cancel_is_refused_with_its_reason(self):
        def pick(order):
            order.picking_ids.printed = True

        cases = [
            ("picked", "picking", pick, "being packed"),
            ("shipped", "picking", self._ship, "has been shipped"),
            ("allocated", "allocation", lambda order: None, "being prepared"),
            ("never", "never", lambda order: None, "contact us"),
            ("held", "picking", self._hold_cancel, "at the moment"),
        ]
        for case, limit, step, reason in cases:
            with self.subTest(case):
                order = self._create_order()
                self.channel.buyer_cancel = limit
                step(order)
                self.assertIn(reason, self._open(order).text)
                self.env["sale.order"].flush_model()
                self.assertIn(reason, order._oms_cancel_by_buyer())
                self.assertEqual(order.state, "sale")

    def _hold_cancel(self, order):
        self.env["oms.hold.type"].search([("code", "=", "manual")]).blocks_cancel = True
        self._hold(order, "manual")

    def test_cancel_by_a_wrong_token_changes_nothing(self):
        order = self._create_order()
        response = self._post_cancel(order, token="0" * 36)
        self.assertEqual(response.status_code, 404)
        self.assertEqual(order.state, "sale")

    def test_cancel_without_the_pages_own_form_is_refused(self):
        order = self._create_order()
        response = self._post_cancel(order, csrf=False)
        self.assertEqual(response.status_code, 400)
        self.assertEqual(order.state, "sale")

    def test_shops_that_cancel_themselves_offer_no_cancel_at_first(self):
        for kind, expected in [("webshop", "never"), ("phone", "picking")]:
            channel = self.env["oms.channel"].create(
                {"name": kind, "code": f"new_{kind}", "kind": kind}
            )
            self.assertEqual(channel.buyer_cancel, expected)
