# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ReturnsCommon


class TestResPartner(ReturnsCommon):
    def test_customer_page_lists_the_returns_of_all_channels(self):
        order = self._create_sold_order()
        request = self._create_return(order)
        self.assertEqual(order.partner_id.oms_return_ids, request)

    def test_returns_of_others_are_not_there(self):
        self._create_return(self._create_sold_order())
        stranger = self.env["res.partner"].create({"name": "Bob Buyer"})
        self.assertFalse(stranger.oms_return_ids)
