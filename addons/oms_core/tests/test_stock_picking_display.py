# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestStockPickingDisplay(OmsCommon):
    """The list of what may be picked."""

    def _get_to_pick(self, orders):
        domain = safe_eval(self.env.ref("oms_core.action_oms_to_pick").domain)
        return self.env["stock.picking"].search(domain).sale_id & orders

    def test_parcel_with_its_goods_is_to_be_picked(self):
        order = self._create_order()
        self.assertEqual(self._get_to_pick(order), order)

    def test_parcel_without_its_goods_is_not_to_be_picked(self):
        order = self._create_order([(self.mug, 50)])
        order.picking_ids.move_ids._do_unreserve()
        self.assertFalse(self._get_to_pick(order))

    def test_held_order_is_not_to_be_picked(self):
        orders = self._create_order() | self._create_order()
        self._hold(orders[0], "payment")
        self.assertEqual(self._get_to_pick(orders), orders[1])

    def test_order_held_for_its_invoice_only_is_to_be_picked(self):
        order = self._create_order()
        self._hold(order, "tax_mismatch")
        self.assertEqual(self._get_to_pick(order), order)

    def test_released_order_is_to_be_picked_again(self):
        order = self._create_order()
        self._hold(order, "address")._release("corrected")
        self.assertEqual(self._get_to_pick(order), order)

    def test_printing_the_pick_list_starts_picking(self):
        order = self._create_order()
        action = order.picking_ids.action_oms_print_pick_list()
        self.assertEqual(action["report_name"], "oms_core.report_pick_list")
        self.assertEqual(order.oms_state, "picking")

    def test_printing_again_is_told_once(self):
        parcel = self._create_order().picking_ids
        parcel.action_oms_print_pick_list()
        parcel.action_oms_print_pick_list()
        events = parcel.sale_id.oms_event_ids
        self.assertEqual(len(events.filtered(lambda e: e.kind == "pick")), 1)

    def test_pick_list_of_a_held_order_is_refused_with_the_reason(self):
        order = self._create_order()
        self._hold(order, "address", "no house number")
        with self.assertRaisesRegex(UserError, "no house number"):
            order.picking_ids.action_oms_print_pick_list()

    def test_card_tells_what_is_in_the_parcel(self):
        order = self._create_order([(self.mug, 2), (self.lamp, 1)])
        self.assertEqual(
            order.picking_ids.oms_contents,
            "2 × [TEST-MUG] Test-Mug\n1 × [TEST-LAMP] Test-Lamp",
        )
