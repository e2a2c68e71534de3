# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestSaleOrderEdit(OmsCommon):
    """Editing and cancelling confirmed orders; the warehouse follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.door = cls.env["res.partner"].create({"name": "Side Door"})
        cls.carrier = cls.env["delivery.carrier"].create(
            {"name": "Test Post", "product_id": cls._create_product("TEST-POST").id}
        )

    def _told(self, order, kind="edit"):
        events = order.oms_event_ids.filtered(lambda event: event.kind == kind)
        return events.sorted("id").mapped("sentence")

    def _open_moves(self, order):
        return order.picking_ids.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )

    # === QUANTITIES ===

    def test_more_units_are_reserved(self):
        order = self._create_order()
        order.order_line.product_uom_qty = 5
        self.assertEqual(sum(self._open_moves(order).mapped("quantity")), 5)

    def test_fewer_units_are_reserved(self):
        order = self._create_order([(self.mug, 5)])
        order.order_line.product_uom_qty = 2
        moves = self._open_moves(order)
        self.assertEqual(
            (sum(moves.mapped("product_uom_qty")), sum(moves.mapped("quantity"))),
            (2, 2),
        )

    def test_units_taken_off_are_free_for_others(self):
        order = self._create_order([(self.mug, 10)])
        order.order_line.product_uom_qty = 4
        other = self._create_order([(self.mug, 6)])
        self.assertEqual(other.picking_ids.state, "assigned")

    def test_fewer_units_of_a_kit_ask_for_fewer_parts(self):
        kit = self._create_kit("TEST-SET", [(self.mug, 2)])
        order = self._create_order([(kit, 3)])
        order.order_line.product_uom_qty = 1
        moves = self._open_moves(order)
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 2)

    def test_line_of_several_places_gives_back_at_the_last_of_them(self):
        self._add_stock(self.mug, 10, self.other_warehouse)
        order = self._create_order([(self.mug, 5)], confirm=False)
        order.order_line.oms_sourcing = [
            [self.warehouse.id, 3],
            [self.other_warehouse.id, 2],
        ]
        order.action_confirm()
        order.order_line.product_uom_qty = 2
        moves = self._open_moves(order)
        self.assertEqual(
            [(m.location_id.warehouse_id, m.product_uom_qty) for m in moves],
            [(self.warehouse, 2)],
        )

    def test_line_added_is_reserved(self):
        order = self._create_order()
        order.order_line = [
            Command.create({"product_id": self.lamp.id, "product_uom_qty": 1})
        ]
        self.assertEqual(self._open_moves(order).mapped("quantity"), [2, 1])

    def test_quantity_below_what_has_shipped_is_refused(self):
        order = self._create_order([(self.mug, 4)])
        self._ship(order)
        with self.assertRaisesRegex(UserError, "4 × .*return"):
            order.order_line.product_uom_qty = 3

    def test_quantity_is_not_lowered_while_it_is_picked(self):
        order = self._create_order([(self.mug, 4)])
        order.picking_ids.action_oms_print_pick_list()
        with self.assertRaisesRegex(UserError, "is being picked"):
            order.order_line.product_uom_qty = 3

    def test_quantity_is_raised_while_it_is_picked(self):
        order = self._create_order([(self.mug, 4)])
        order.picking_ids.action_oms_print_pick_list()
        order.order_line.product_uom_qty = 6
        self.assertEqual(len(order.picking_ids), 2)

    # === ADDRESS AND CARRIER ===

    def test_new_address_reaches_the_open_transfer(self):
        order = self._create_order()
        order.partner_shipping_id = self.door
        self.assertEqual(order.picking_ids.partner_id, self.door)
        self.assertEqual(order.picking_ids.move_ids.partner_id, self.door)

    def test_new_address_leaves_what_has_shipped(self):
        order = self._create_order([(self.mug, 12)])
        self._ship(order)
        shipped = order.picking_ids.filtered(lambda p: p.state == "done")
        order.partner_shipping_id = self.door
        self.assertEqual(shipped.partner_id, self.customer)
        self.assertEqual((order.picking_ids - shipped).partner_id, self.door)

    def test_nobody_is_asked_to_do_what_is_done(self):
        order = self._create_order()
        order.partner_shipping_id = self.door
        self.assertFalse(order.picking_ids.activity_ids)

    def test_address_is_not_changed_while_it_is_picked(self):
        order = self._create_order()
        order.picking_ids.action_oms_print_pick_list()
        with self.assertRaisesRegex(UserError, "The address"):
            order.partner_shipping_id = self.door

    def test_new_carrier_reaches_the_open_transfer(self):
        order = self._create_order()
        order.carrier_id = self.carrier
        self.assertEqual(order.picking_ids.carrier_id, self.carrier)

    # === HISTORY ===

    def test_each_change_is_one_sentence(self):
        order = self._create_order()
        order.order_line.write({"product_uom_qty": 3, "price_unit": 9})
        told = self._told(order)
        self.assertEqual(len(told), 2)
        self.assertIn("2 → 3", told[0])

    def test_change_of_the_address_tells_both(self):
        order = self._create_order()
        order.partner_shipping_id = self.door
        self.assertIn("Ada Buyer → Side Door", self._told(order)[0])

    def test_quotation_has_no_edits(self):
        order = self._create_order(confirm=False)
        order.order_line.product_uom_qty = 3
        self.assertFalse(self._told(order))

    # === CANCEL ===

    def test_cancelled_order_gives_its_goods_back(self):
        order = self._create_order([(self.mug, 10)])
        order._oms_cancel("no stock")
        other = self._create_order([(self.mug, 10)])
        self.assertEqual(other.picking_ids.state, "assigned")

    def test_shipped_order_is_not_cancelled(self):
        order = self._create_order()
        self._ship(order)
        with self.assertRaisesRegex(UserError, "comes back by a return"):
            order._action_cancel()

    def test_units_are_cancelled(self):
        order = self._create_order([(self.mug, 5), (self.lamp, 1)])
        order._oms_cancel_quantities({order.order_line[0]: 2}, "too many")
        self.assertEqual(order.order_line[0].product_uom_qty, 3)
        self.assertIn("2 × [TEST-MUG]", self._told(order, "cancel")[0])

    def test_what_has_not_shipped_is_cancelled(self):
        order = self._create_order([(self.mug, 12)])
        self._ship(order)
        order._oms_cancel_quantities({order.order_line: 2}, "out of stock")
        self.assertEqual(order.oms_state, "shipped")

    def test_what_has_shipped_is_not_cancelled(self):
        order = self._create_order([(self.mug, 12)])
        self._ship(order)
        with self.assertRaisesRegex(UserError, "2 are left"):
            order._oms_cancel_quantities({order.order_line: 3}, "out of stock")

    def test_all_units_cancelled_cancel_the_order(self):
        order = self._create_order([(self.mug, 5)])
        order._oms_cancel_quantities({order.order_line: 5}, "too many")
        self.assertEqual(order.oms_state, "cancelled")
