# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestHoldEffects(OmsCommon):
    """What a hold does to goods, and what happens when it is gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stopper = cls.env["oms.hold.type"].create(
            {"name": "Stop", "code": "stop", "blocks_allocate": True}
        )

    # === GOODS ===

    def test_hold_that_blocks_allocation_gives_the_goods_back(self):
        order = self._create_order()
        self._hold(order, "stop")
        self.assertEqual(order.picking_ids.move_ids.quantity, 0)

    def test_goods_given_back_are_in_the_history(self):
        order = self._create_order()
        self._hold(order, "stop")
        self.assertIn("reserve", order.oms_event_ids.mapped("kind"))

    def test_hold_that_does_not_block_allocation_keeps_the_goods(self):
        order = self._create_order()
        self._hold(order, "fraud")
        self.assertEqual(order.picking_ids.move_ids.quantity, 2)

    def test_goods_that_a_picker_has_taken_are_not_given_back(self):
        order = self._create_order()
        order.picking_ids.move_ids.picked = True
        self._hold(order, "stop")
        self.assertEqual(order.picking_ids.move_ids.quantity, 2)

    def test_goods_on_a_printed_pick_list_are_not_given_back(self):
        order = self._create_order()
        order.picking_ids.action_oms_print_pick_list()
        self._hold(order, "stop")
        self.assertEqual(order.picking_ids.move_ids.quantity, 2)

    def test_goods_given_back_can_go_to_another_order(self):
        order = self._create_order([(self.mug, 10)])
        self._hold(order, "stop")
        other = self._create_order([(self.mug, 10)])
        self.assertEqual(other.picking_ids.state, "assigned")

    def test_release_reserves_again(self):
        order = self._create_order()
        hold = self._hold(order, "stop")
        hold._release("fine")
        self.assertEqual(order.picking_ids.state, "assigned")

    def test_release_of_one_of_two_reserves_nothing(self):
        order = self._create_order()
        hold = self._hold(order, "stop")
        self._hold(order, "channel_change")
        hold._release("fine")
        self.assertEqual(order.picking_ids.move_ids.quantity, 0)

    def test_scheduler_reserves_nothing_for_a_held_order(self):
        order = self._create_order()
        self._hold(order, "stop")
        self.env["stock.rule"].run_scheduler()
        self.assertEqual(order.picking_ids.move_ids.quantity, 0)

    def test_goods_that_come_in_are_not_reserved_for_a_held_order(self):
        order = self._create_order([(self.mug, 15)])
        self._hold(order, "stop")
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "move_ids": [
                    (0, 0, {"product_id": self.mug.id, "product_uom_qty": 20})
                ],
            }
        )
        receipt.action_confirm()
        receipt.move_ids.quantity = 20
        receipt.button_validate()
        self.assertEqual(order.picking_ids.move_ids.quantity, 0)

    def test_of_several_transfers_the_free_ones_are_reserved(self):
        held, free = self._create_order(), self._create_order()
        (held | free).picking_ids.do_unreserve()
        self._hold(held, "stop")
        (held | free).picking_ids.action_assign()
        self.assertEqual(
            [held.picking_ids.state, free.picking_ids.state], ["confirmed", "assigned"]
        )

    def test_rest_of_a_parcel_waits_when_allocation_is_blocked(self):
        order = self._create_order([(self.mug, 4)])
        order.picking_ids.move_ids.write({"quantity": 1, "picked": True})
        self._hold(order, "stop")
        order.picking_ids._action_done()
        rest = order.picking_ids.filtered(lambda p: p.state != "done")
        self.assertEqual(rest.move_ids.mapped("quantity"), [0])

    # === OTHER WAYS ===

    def test_goods_of_a_held_order_are_not_put_in_a_pack(self):
        order = self._create_order()
        self._hold(order, "manual")
        with self.assertRaisesRegex(UserError, "Manual"):
            order.picking_ids.action_put_in_pack()

    def test_scanner_is_refused_on_a_held_order(self):
        order = self._create_order()
        self._hold(order, "manual")
        with self.assertRaisesRegex(UserError, "Manual"):
            order.picking_ids.move_line_ids.write({"picked": True})

    def test_held_order_stops_the_transfer_that_another_shares(self):
        first, held = self._create_order(), self._create_order()
        transfer = first.picking_ids
        held.picking_ids.move_ids.picking_id = transfer
        self._hold(held, "payment")
        with self.assertRaisesRegex(UserError, held.name):
            transfer.button_validate()

    def test_receipt_of_a_return_is_not_stopped_by_a_hold(self):
        order = self._create_order()
        shipped = self._ship(order)
        self._hold(order, "manual")
        wizard = self.env["stock.return.picking"].create({"picking_id": shipped.id})
        wizard.product_return_moves.quantity = 1
        receipt = wizard._create_return()
        receipt.move_ids.picked = True
        receipt.button_validate()
        self.assertEqual(receipt.state, "done")

    def test_writing_what_is_there_already_is_no_edit(self):
        order = self._create_order()
        self.stopper.blocks_edit = True
        self._hold(order, "stop")
        order.write({"partner_shipping_id": order.partner_shipping_id.id})
        order.order_line.write({"product_uom_qty": 2, "price_unit": 10})
        self.assertEqual(order.order_line.product_uom_qty, 2)

    def test_paid_order_on_hold_is_not_invoiced_by_its_payment(self):
        order = self._create_order()
        self._hold(order, "fraud")
        method = self.env["payment.method"].create({"name": "Card", "code": "tst"})
        provider = self.env["payment.provider"].create({"name": "Test Gateway"})
        payment = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "sale_order_ids": [(6, 0, order.ids)],
            }
        )
        payment._invoice_sale_orders()
        self.assertFalse(order.invoice_ids)

    # === ONE RESULT PER HOLD ===

    def test_hold_that_may_not_be_released_does_not_keep_the_others(self):
        user = self._create_user("clerk", "oms_core.group_oms_user")
        order = self._create_order()
        fraud, address = self._hold(order, "fraud"), self._hold(order, "address")
        answers = (fraud | address).with_user(user)._release_each("called them")
        self.assertEqual(
            [answers[fraud][0], answers[address][0]], ["refused", "released"]
        )

    def test_hold_that_is_not_open_is_told_unchanged(self):
        hold = self._hold(self._create_order(), "manual")
        hold._release("once")
        self.assertEqual(hold._release_each("twice")[hold][0], "unchanged")

    # === STATEMENTS ===

    def _count_hold_and_release(self, number):
        orders = self.env["sale.order"].concat(
            *(self._create_order([(self.mug, 1)]) for _n in range(number))
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._hold(orders, "stop")
        self.env.flush_all()
        held = self.env.cr.sql_log_count
        orders.oms_open_hold_ids._release_each("fine")
        self.env.flush_all()
        return held - before, self.env.cr.sql_log_count - held

    def test_hold_and_release_of_30_orders_cost_what_those_of_10_cost(self):
        self._add_stock(self.mug, 1000)
        self._count_hold_and_release(2)
        self.assertEqual(
            self._count_hold_and_release(10), self._count_hold_and_release(30)
        )
