# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import UniqueViolation

from odoo.tools import mute_logger

from .common import OmsCommon


class TestSaleOrder(OmsCommon):
    def _count_queries(self, number):
        orders = self.env["sale.order"].browse()
        for _i in range(number):
            orders |= self._create_order()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        orders._compute_oms_state()
        return self.env.cr.sql_log_count - before

    def test_quotation_is_captured(self):
        self.assertEqual(self._create_order(confirm=False).oms_state, "captured")

    def test_order_with_stock_is_allocated(self):
        self.assertEqual(self._create_order().oms_state, "allocated")

    def test_order_without_stock_is_backordered(self):
        order = self._create_order([(self.mug, 11)])
        self.assertEqual(order.oms_state, "backordered")

    def test_order_that_no_place_will_fill_is_unfillable(self):
        order = self._create_order([(self.mug, 11)])
        order.oms_unfillable = True
        self.assertEqual(order.oms_state, "unfillable")

    def test_held_order_is_on_hold(self):
        order = self._create_order()
        self._hold(order, "payment")
        self.assertEqual(order.oms_state, "on_hold")

    def test_hold_on_the_invoice_alone_does_not_stop_the_goods(self):
        order = self._create_order()
        self._hold(order, "tax_mismatch")
        self.assertEqual(order.oms_state, "allocated")

    def test_printed_order_is_picking(self):
        order = self._create_order()
        order.picking_ids.printed = True
        self.assertEqual(order.oms_state, "picking")

    def test_picked_order_is_packed(self):
        order = self._create_order()
        order.picking_ids.move_ids.picked = True
        self.assertEqual(order.oms_state, "packed")

    def test_sent_order_is_shipped(self):
        order = self._create_order()
        self._ship(order)
        self.assertEqual(order.oms_state, "shipped")

    def test_order_sent_in_part_is_partially_shipped(self):
        order = self._create_order([(self.mug, 2), (self.lamp, 1)])
        picking = order.picking_ids
        move = picking.move_ids.filtered(lambda m: m.product_id == self.mug)
        move.picked = True
        picking.with_context(cancel_backorder=False)._action_done()
        self.assertEqual(order.oms_state, "partially_shipped")

    def test_order_that_arrived_is_delivered(self):
        order = self._create_order()
        self._ship(order).oms_delivered_at = "2026-01-05 10:00:00"
        self.assertEqual(order.oms_state, "delivered")

    def test_delivered_invoiced_and_paid_order_is_closed(self):
        order = self._create_order()
        self._add_capture(order, 20.0)
        self._ship(order).oms_delivered_at = "2026-01-05 10:00:00"
        self._invoice(order)
        self.assertEqual(order.oms_state, "closed")

    def test_cancelled_order_is_cancelled(self):
        order = self._create_order()
        order._action_cancel()
        self.assertEqual(order.oms_state, "cancelled")

    def test_shipping_is_in_the_history_with_its_tracking(self):
        order = self._create_order()
        self._ship(order, "TRACK-77")
        shipped = order.oms_event_ids.filtered(lambda event: event.kind == "ship")
        self.assertIn("TRACK-77", shipped.sentence)

    def test_states_of_hundred_orders_cost_as_many_queries_as_of_ten(self):
        self._add_stock(self.mug, 1000)
        self.assertEqual(self._count_queries(10), self._count_queries(100))

    @mute_logger("odoo.sql_db")
    def test_an_order_of_a_channel_exists_once(self):
        self._create_order(oms_external_id="1001")
        with self.assertRaises(UniqueViolation):
            self._create_order(oms_external_id="1001")
            self.env.flush_all()

    def test_line_shared_by_two_places_becomes_two_transfers(self):
        self._add_stock(self.mug, 5, self.other_warehouse)
        order = self._create_order([(self.mug, 12)], confirm=False)
        order.order_line.oms_sourcing = [
            [self.warehouse.id, 10],
            [self.other_warehouse.id, 2],
        ]
        order.action_confirm()
        self.assertEqual(
            {
                p.picking_type_id.warehouse_id: p.move_ids.product_uom_qty
                for p in order.picking_ids
            },
            {self.warehouse: 10, self.other_warehouse: 2},
        )

    # === PAYMENT ===

    def _add_capture(self, order, amount, kind="capture"):
        return self.env["oms.payment"].create(
            {
                "order_id": order.id,
                "external_id": f"{kind}-{amount}",
                "kind": kind,
                "amount": amount,
                "currency_id": order.currency_id.id,
                "date": "2026-01-02 03:04:05",
            }
        )

    def test_new_order_is_unpaid(self):
        self.assertEqual(self._create_order().oms_payment_state, "unpaid")

    def test_order_whose_money_is_secured_is_authorised(self):
        order = self._create_order()
        self._add_capture(order, 20.0, "authorisation")
        self.assertEqual(order.oms_payment_state, "authorised")

    def test_order_whose_money_is_taken_is_paid(self):
        order = self._create_order()
        self._add_capture(order, 20.0)
        self.assertEqual(order.oms_payment_state, "paid")

    def test_free_order_is_paid(self):
        order = self._create_order(confirm=False)
        order.order_line.price_unit = 0.0
        self.assertEqual(order.oms_payment_state, "paid")

    def test_money_of_the_channel_pays_the_invoice(self):
        order = self._create_order()
        self._add_capture(order, 20.0)
        invoice = self._invoice(order)
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))

    def test_money_taken_in_two_parts_pays_the_invoice(self):
        order = self._create_order()
        self._add_capture(order, 5.0)
        self._add_capture(order, 15.0)
        self.assertEqual(self._invoice(order).amount_residual, 0.0)

    def test_invoice_of_an_unpaid_order_stays_open(self):
        order = self._create_order()
        self.assertEqual(self._invoice(order).amount_residual, 20.0)

    def test_payment_in_a_foreign_currency_pays_the_invoice(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        order = self._create_order(oms_currency_id=euro.id)
        self._add_capture(order, order.amount_total)
        self.assertEqual(self._invoice(order).amount_residual, 0.0)
