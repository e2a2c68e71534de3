# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestOrderParcels(OmsCommon):
    """Orders that leave in one parcel, and orders that leave in two."""

    # === ONE PARCEL ===

    def _create_together(self):
        orders = self._create_order() | self._create_order([(self.lamp, 1)])
        orders.action_oms_ship_together()
        return orders

    def test_order_proposes_the_others_of_its_address(self):
        first, second = self._create_order(), self._create_order()
        self._create_order(partner_id=self.env.user.partner_id.id)
        self.assertEqual(first.oms_together_ids, second)

    def test_order_of_another_place_is_not_proposed(self):
        first = self._create_order()
        self._create_order().warehouse_id = self.other_warehouse
        self.assertFalse(first.oms_together_ids)

    def test_orders_of_one_parcel_leave_together(self):
        orders = self._create_together()
        orders.picking_ids.move_ids.picked = True
        orders[0].picking_ids.button_validate()
        self.assertEqual(orders.mapped("oms_state"), ["shipped", "shipped"])

    def test_one_parcel_has_one_tracking_number(self):
        orders = self._create_together()
        orders[0].picking_ids.carrier_tracking_ref = "TRACK-5"
        self.assertEqual(orders[1].picking_ids.carrier_tracking_ref, "TRACK-5")

    def test_each_order_of_a_parcel_is_told_shipped(self):
        orders = self._create_together()
        orders.picking_ids.move_ids.picked = True
        orders[0].picking_ids.button_validate()
        for order in orders:
            self.assertIn("ship", order.oms_event_ids.mapped("kind"))

    def test_packing_slip_names_the_other_order_in_the_parcel(self):
        orders = self._create_together()
        slip, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "oms_core.report_packing_slip", orders[0].picking_ids.ids
        )
        self.assertIn(orders[1].name, slip.decode())

    def test_held_order_keeps_the_whole_parcel(self):
        orders = self._create_together()
        self._hold(orders[1], "payment")
        with self.assertRaisesRegex(UserError, orders[1].name):
            orders[0].picking_ids.button_validate()

    def test_order_is_taken_out_of_the_parcel_again(self):
        orders = self._create_together()
        orders[0].picking_ids.action_oms_ship_apart()
        self.assertFalse(orders.picking_ids.oms_together_ids)
        self.assertFalse(any(orders.picking_ids.mapped("oms_parcel_key")))

    def test_cancelled_order_leaves_the_other_alone(self):
        orders = self._create_together()
        orders[0]._oms_cancel("no")
        self.assertFalse(orders[1].picking_ids.oms_together_ids)
        self.assertEqual(orders[1].oms_state, "allocated")

    def test_orders_to_two_addresses_do_not_go_into_one_parcel(self):
        door = self.env["res.partner"].create({"name": "Side Door"})
        orders = self._create_order() | self._create_order(partner_shipping_id=door.id)
        with self.assertRaisesRegex(UserError, "addresses"):
            orders.action_oms_ship_together()

    def test_order_that_is_picked_joins_no_parcel(self):
        orders = self._create_order() | self._create_order()
        orders[0].picking_ids.action_oms_print_pick_list()
        with self.assertRaisesRegex(UserError, "being picked"):
            orders.action_oms_ship_together()

    def test_proposals_for_40_orders_cost_what_those_for_10_cost(self):
        orders = self.env["sale.order"].concat(
            *(self._create_order([(self.mug, 1)]) for _n in range(40))
        )
        self.env.flush_all()

        def count(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("oms_together_count")
            return self.env.cr.sql_log_count - before

        count(orders[:2])
        few = count(orders[:10])
        self.assertLessEqual(count(orders), few)

    # === TWO PARCELS ===

    def _split(self, order, quantity, warehouse=None):
        wizard = self.env["oms.order.split"].with_context(default_order_id=order.id)
        with Form(wizard) as form:
            if warehouse:
                form.warehouse_id = warehouse
            with form.line_ids.edit(0) as line:
                line.quantity = quantity
        form.record.action_split()
        return order.picking_ids.sorted("id")

    def test_part_leaves_in_a_second_transfer(self):
        order = self._create_order([(self.mug, 5)])
        pickings = self._split(order, 2)
        self.assertEqual(pickings.move_ids.mapped("product_uom_qty"), [3, 2])
        self.assertEqual(pickings.mapped("state"), ["assigned", "assigned"])

    def test_part_leaves_from_another_place(self):
        self._add_stock(self.mug, 10, self.other_warehouse)
        order = self._create_order([(self.mug, 5)])
        pickings = self._split(order, 2, self.other_warehouse)
        self.assertEqual(
            [
                (p.picking_type_id.warehouse_id, p.move_ids.product_uom_qty, p.state)
                for p in pickings
            ],
            [(self.warehouse, 3, "assigned"), (self.other_warehouse, 2, "assigned")],
        )

    def test_goods_split_off_to_another_place_are_free_here(self):
        self._add_stock(self.mug, 10, self.other_warehouse)
        order = self._create_order([(self.mug, 10)])
        self._split(order, 4, self.other_warehouse)
        other = self._create_order([(self.mug, 4)])
        self.assertEqual(other.picking_ids.state, "assigned")

    def test_split_is_in_the_history(self):
        order = self._create_order([(self.mug, 5)])
        self._split(order, 2)
        self.assertIn("2 × [TEST-MUG]", order.oms_event_ids[0].sentence)

    def test_whole_transfer_is_not_split_off(self):
        order = self._create_order([(self.mug, 5)])
        with self.assertRaisesRegex(UserError, "Nothing would be left"):
            self._split(order, 5)

    def test_more_than_there_is_is_not_split_off(self):
        order = self._create_order([(self.mug, 5)])
        with self.assertRaisesRegex(UserError, "has 5"):
            self._split(order, 6)

    def test_transfer_that_is_picked_is_not_split(self):
        order = self._create_order([(self.mug, 5)])
        order.picking_ids.action_oms_print_pick_list()
        with self.assertRaisesRegex(UserError, "being picked"):
            self._split(order, 2)

    # === UNITS CANCELLED ===

    def test_units_are_cancelled_by_the_dialog(self):
        order = self._create_order([(self.mug, 5)])
        wizard = self.env["oms.order.cancel"].with_context(default_order_id=order.id)
        with Form(wizard) as form:
            form.reason_id = self.env.ref("oms_core.cancel_reason_buyer_changed_mind")
            with form.line_ids.edit(0) as line:
                line.quantity = 2
        form.record.action_cancel()
        self.assertEqual(order.order_line.product_uom_qty, 3)
