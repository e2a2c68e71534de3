# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestOmsReturnRefund(ReturnsCommon):
    def _refund(self, order, quantities=None):
        rma = self._create_received_return(order, quantities)
        rma.action_refund()
        return rma

    # === AMOUNTS ===

    def test_whole_return_gives_back_the_whole_invoice(self):
        order = self._create_sold_order([(self.mug, 3), (self.lamp, 2)])
        rma = self._refund(order)
        invoice = rma.refund_ids.reversed_entry_id
        self.assertEqual(rma.refund_ids.amount_total, invoice.amount_total)

    def test_partial_returns_add_up_to_the_invoice(self):
        order = self._create_sold_order(
            [{"product_id": self.mug.id, "product_uom_qty": 7, "price_unit": 3.33}]
        )
        refunds = [self._refund(order, {0: n}).refund_ids for n in (1, 2, 1, 3)]
        invoice = refunds[0].reversed_entry_id
        self.assertEqual(
            [
                order.currency_id.round(sum(refund[name] for refund in refunds))
                for name in ("amount_untaxed", "amount_tax", "amount_total")
            ],
            [invoice.amount_untaxed, invoice.amount_tax, invoice.amount_total],
        )

    def test_refund_amount_is_known_before_it_is_credited(self):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]), {0: 2})
        expected = rma.refund_amount
        rma.action_approve()
        rma.action_receive()
        rma.action_refund()
        self.assertEqual((expected, rma.refund_amount), (24.2, 24.2))

    def test_channels_own_tax_amounts_are_given_back(self):
        """A shop that rounds tax its own way: 21% of 10.00 is 2.09 there."""
        order = self._create_order([(self.mug, 3)])
        line = order.order_line
        line.extra_tax_data = {
            "currency_id": order.currency_id.id,
            "price_unit": 10.0,
            "discount": 0.0,
            "quantity": 3.0,
            "manual_total_excluded_currency": 30.0,
            "manual_tax_amounts": {
                str(self.tax.id): {
                    "tax_amount_currency": 6.28,
                    "base_amount_currency": 30.0,
                }
            },
        }
        self._deliver(order)
        invoice = self._invoice(order)
        self.assertEqual(invoice.amount_tax, 6.28)
        taxes = [self._refund(order, {0: 1}).refund_ids.amount_tax for _n in range(3)]
        self.assertEqual(sorted(taxes), [2.09, 2.09, 2.10])

    def test_untaxed_line_is_refunded_to_the_cent(self):
        order = self._create_sold_order(
            [
                {
                    "product_id": self.mug.id,
                    "product_uom_qty": 3,
                    "price_unit": 3.35,
                    "discount": 10.0,
                    "tax_ids": [Command.clear()],
                }
            ]
        )
        amounts = [self._refund(order, {0: 1}).refund_amount for _n in range(3)]
        self.assertEqual(sorted(amounts), [3.01, 3.02, 3.02])

    def test_price_with_tax_inside_is_refunded_as_paid(self):
        inside = self._create_tax(
            21.0, name="21% inside", price_include_override="tax_included"
        )
        order = self._create_sold_order(
            [
                {
                    "product_id": self.mug.id,
                    "product_uom_qty": 3,
                    "price_unit": 10.0,
                    "tax_ids": [Command.set(inside.ids)],
                }
            ]
        )
        amounts = [self._refund(order, {0: 1}).refund_amount for _n in range(3)]
        self.assertEqual(amounts, [10.0, 10.0, 10.0])

    def test_order_discount_is_taken_off_the_refund(self):
        voucher = self._create_product("Voucher", type="service", stock=0)
        order = self._create_sold_order(
            [
                (self.mug, 3),
                (self.lamp, 1),
                {
                    "product_id": voucher.id,
                    "product_uom_qty": 1,
                    "price_unit": -10.01,
                },
            ]
        )
        invoice = order.invoice_ids
        given = [self._refund(order, {0: n}).refund_amount for n in (1, 2)]
        given.append(self._refund(order, {1: 1}).refund_amount)
        self.assertEqual(order.currency_id.round(sum(given)), invoice.amount_total)

    def test_refund_is_in_the_currency_of_the_order(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2020-01-01", "rate": 0.5}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        order = self._create_sold_order(
            [{"product_id": self.mug.id, "product_uom_qty": 1, "price_unit": 100.0}],
            pricelist_id=pricelist.id,
        )
        refund = self._refund(order).refund_ids
        self.assertEqual((refund.currency_id, refund.amount_total), (euro, 121.0))

    def test_kit_is_refunded_at_the_price_of_the_kit(self):
        part = self._create_product("Part", price=3.0)
        kit = self._create_product("Kit", price=20.0, stock=0, is_storable=False)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": 2})
                ],
            }
        )
        rma = self._refund(self._create_sold_order([(kit, 2)]), {0: 1})
        self.assertEqual(rma.refund_amount, 24.2)

    # === CREDIT NOTE ===

    def test_credit_note_is_posted(self):
        self.assertEqual(
            self._refund(self._create_sold_order()).refund_ids.state, "posted"
        )

    def test_credit_note_names_the_order_line(self):
        order = self._create_sold_order()
        rma = self._refund(order)
        self.assertEqual(
            rma.refund_ids.invoice_line_ids.sale_line_ids, order.order_line
        )

    def test_returns_of_one_invoice_refunded_together_are_matched_with_it(self):
        order = self._deliver(self._create_order([(self.mug, 3)]))
        invoice = self._invoice(order)
        returns = self._create_received_return(order, {0: 1})
        returns |= self._create_received_return(order, {0: 2})
        returns.action_refund()
        self.assertEqual(returns.refund_ids.mapped("amount_residual"), [0.0, 0.0])
        self.assertEqual(invoice.payment_state, "reversed")

    def test_what_was_received_is_refunded_not_what_was_requested(self):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]))
        rma.action_approve()
        rma.line_ids.quantity_received = 1
        rma.action_receive()
        rma.action_refund()
        self.assertEqual(rma.refund_amount, 12.1)

    def test_refund_is_not_more_than_an_accountant_left_of_the_invoice(self):
        order = self._create_sold_order([(self.mug, 2)])
        invoice = order.invoice_ids
        allowance = invoice._reverse_moves()
        allowance.invoice_line_ids.with_context(check_move_validity=False).write(
            {"quantity": 1, "price_unit": 15.0}
        )
        allowance.action_post()
        rma = self._refund(order, {0: 1})
        self.assertEqual(rma.refund_amount, 6.05)

    def test_received_goods_without_invoice_are_not_refunded(self):
        order = self._deliver(self._create_order())
        rma = self._create_received_return(order)
        with self.assertRaisesRegex(UserError, "no posted invoice"):
            rma.action_refund()

    def test_return_is_closed_without_a_refund(self):
        rma = self._create_received_return(self._deliver(self._create_order()))
        rma.action_close()
        self.assertEqual((rma.state, rma.refund_state), ("done", "none"))

    def test_return_with_money_due_is_not_closed(self):
        rma = self._create_received_return(self._create_sold_order())
        self.journal.outbound_payment_method_line_ids.unlink()
        rma.action_refund()
        with self.assertRaisesRegex(UserError, "not paid out"):
            rma.action_close()

    def test_free_goods_are_refunded_with_nothing(self):
        free = {"product_id": self.mug.id, "product_uom_qty": 1, "price_unit": 0.0}
        order = self._deliver(self._create_order([free]))
        self._invoice(order)
        self.assertEqual(self._refund(order).state, "done")

    def test_hold_stops_the_refund(self):
        self.env["oms.hold.type"].create(
            {"name": "Dispute", "code": "dispute_test", "blocks_refund": True}
        )
        order = self._create_sold_order()
        rma = self._create_received_return(order)
        self.env["oms.hold"]._place(
            [{"order": order, "type": "dispute_test", "reason": "chargeback open"}]
        )
        with self.assertRaisesRegex(UserError, "chargeback open"):
            rma.action_refund()

    # === MONEY ===

    def test_paid_order_is_paid_back(self):
        rma = self._refund(self._create_sold_order([(self.mug, 3)]))
        payment = rma.refund_ids.matched_payment_ids
        self.assertEqual((payment.payment_type, payment.amount), ("outbound", 36.3))

    def test_money_goes_back_the_way_it_came(self):
        rma = self._refund(self._create_sold_order())
        self.assertEqual(rma.refund_ids.matched_payment_ids.journal_id, self.journal)

    def test_unpaid_order_is_owed_less(self):
        order = self._deliver(self._create_order([(self.mug, 3)]))
        invoice = self._invoice(order)
        rma = self._refund(order, {0: 1})
        self.assertFalse(rma.refund_ids.matched_payment_ids)
        self.assertEqual(invoice.amount_residual, 24.2)

    def test_only_what_was_paid_is_paid_back(self):
        order = self._deliver(self._create_order([(self.mug, 3)]))
        invoice = self._invoice(order)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": self.journal.id, "amount": 30.0})._create_payments()
        rma = self._refund(order)
        self.assertEqual(rma.refund_ids.matched_payment_ids.amount, 30.0)

    def test_return_is_done_when_the_money_is_back(self):
        rma = self._refund(self._create_sold_order())
        self.assertEqual((rma.refund_state, rma.state), ("refunded", "done"))

    def test_return_is_not_done_while_the_money_is_due(self):
        order = self._create_sold_order()
        rma = self._create_received_return(order)
        self.journal.outbound_payment_method_line_ids.unlink()
        rma.action_refund()
        self.assertEqual((rma.refund_state, rma.state), ("due", "received"))

    def test_return_is_done_when_an_accountant_pays_it_back(self):
        order = self._deliver(self._create_order([(self.mug, 3)]))
        invoice = self._invoice(order)
        self._pay(invoice)
        rma = self._create_received_return(order)
        rma._create_credit_notes(rma.line_ids._plan_refunds()).action_post()
        self.assertEqual(rma.state, "received")
        self._pay(rma.refund_ids)
        self.assertEqual(rma.state, "done")

    def test_refund_pressed_twice_credits_once(self):
        rma = self._refund(self._create_sold_order())
        rma.action_refund()
        self.assertEqual(len(rma.refund_ids), 1)

    def test_order_is_partially_refunded(self):
        order = self._create_sold_order([(self.mug, 3)])
        self._refund(order, {0: 1})
        self.assertEqual(order.oms_payment_state, "partially_refunded")

    # === ORDER ===

    def test_credited_units_are_not_to_be_invoiced_again(self):
        order = self._create_sold_order([(self.mug, 3)])
        self._refund(order, {0: 2})
        self.assertEqual(order.invoice_status, "invoiced")

    def test_credited_units_invoiced_on_delivery_are_not_invoiced_again(self):
        self.mug.invoice_policy = "delivery"
        order = self._create_sold_order([(self.mug, 3)])
        self._refund(order, {0: 2})
        self.assertEqual(order.order_line.qty_to_invoice, 0)
