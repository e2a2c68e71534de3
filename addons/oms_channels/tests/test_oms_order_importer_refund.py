# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from ..engine.documents import Line, Payment, RefundedLine, Reversal
from .common import PLACED
from .test_oms_order_importer_update import UpdateCommon

SHIPPING = Line("ship", "Standard", Decimal(1), Decimal("4.90"), kind="shipping")


class TestOmsOrderImporterRefund(UpdateCommon):
    """Money given back in the shop, before and after the invoice."""

    def setUp(self):
        super().setUp()
        self.line = self._line(
            quantity=Decimal(3),
            unit_price=Decimal("9.99"),
            discount=Decimal("5.00"),
            taxes=(self._tax("1.50"),),
        )
        self._start(lines=(self.line, SHIPPING))

    def _refund(self, *rows, cancelled=0, kept="0", paid=None, key="r-1"):
        refund = Reversal(key, rows, Decimal(kept))
        amount = sum(row.amount or 0 for row in rows) - refund.kept
        payments = self.document.payments
        if paid is not False:
            amount = Decimal(paid) if paid else amount
            payments += (Payment(f"pay-{key}", "refund", amount, PLACED),)
        lines = tuple(
            replace(line, cancelled=line.cancelled + cancelled)
            if line.external_id == "line-1"
            else line
            for line in self.document.lines
        )
        return self._change(
            lines=lines,
            refunds=(*self.document.refunds, refund),
            payments=payments,
            total=self.document.total,
        )

    def _row(self, units, amount, tax="0", key="line-1", returned=False):
        return RefundedLine(
            key, Decimal(units), Decimal(amount), Decimal(tax), returned
        )

    def _get_notes(self):
        return self.order.invoice_ids.filtered(lambda m: m.move_type == "out_refund")

    def _get_net_invoiced(self):
        """What the posted invoices and credit notes leave, in cents."""
        posted = self.order.invoice_ids.filtered(lambda m: m.state == "posted")
        return round(-sum(posted.mapped("amount_total_in_currency_signed")) * -100)

    # === NOT INVOICED YET ===

    def test_cancelled_unit_is_neither_shipped_nor_invoiced(self):
        self._refund(self._row(1, "8.83", "0.50"), cancelled=1)
        self.assertEqual(
            (self._get_demand(), self._get_total()),
            (
                {"TEST-MUG": 2},
                "22.54",
            ),
        )

    def test_returned_unit_stays_shipped_and_is_not_invoiced(self):
        self._ship(self.order)
        self._refund(self._row(1, "8.83", "0.50", returned=True))
        self.assertEqual(
            (self.order.order_line[0].product_uom_qty, self._get_total()), (3, "22.54")
        )
        self._invoice(self.order)
        self.assertEqual(self._get_net_invoiced(), 2254)

    def test_invoice_after_a_refund_is_paid_and_leaves_nothing_open(self):
        self._refund(self._row(1, "8.83", "0.50"), cancelled=1)
        self._invoice(self.order)
        open_lines = self.order._get_oms_open_credit()
        self.assertEqual(
            (self.order.invoice_ids.payment_state, len(open_lines)), ("paid", 0)
        )

    def test_money_given_on_top_is_a_line_of_its_own(self):
        self._refund(kept="-3.00")
        self.assertEqual(
            (self._get_total(), self.order.order_line[-1].price_total), ("28.37", -3.0)
        )

    # === INVOICED ===

    def test_refund_of_returned_goods_is_credited_to_the_cent(self):
        self._ship(self.order)
        self._invoice(self.order)
        self._refund(self._row(1, "8.83", "0.50", returned=True))
        note = self._get_notes()
        self.assertEqual(
            (note.state, note.amount_total, note.amount_tax), ("posted", 8.83, 0.5)
        )

    def test_credited_units_are_not_invoiced_again(self):
        self._ship(self.order)
        self._invoice(self.order)
        self._refund(self._row(1, "8.83", "0.50", returned=True))
        self.assertEqual(
            (self.order.invoice_status, self.order.order_line[0].qty_to_invoice),
            ("invoiced", 0),
        )

    def test_refund_of_unshipped_units_takes_them_off_the_invoiced_order(self):
        self._invoice(self.order)
        self._refund(self._row(1, "8.83", "0.50"), cancelled=1)
        self.assertEqual(
            (self._get_demand(), self._get_total(), self._get_notes().amount_total),
            ({"TEST-MUG": 2}, "22.54", 8.83),
        )
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_refund_of_shipping_is_credited(self):
        self._invoice(self.order)
        self._refund(self._row(0, "4.90", key="ship"))
        self.assertEqual(self._get_notes().amount_total, 4.9)

    def test_refund_without_goods_is_credited(self):
        self._invoice(self.order)
        self._refund(self._row(0, "2.00"), self._row(0, "0.00", key="ship"))
        self.assertEqual(self._get_notes().amount_total, 2.0)

    def test_fee_kept_from_a_refund_is_not_credited(self):
        self._ship(self.order)
        self._invoice(self.order)
        self._refund(self._row(1, "8.83", "0.50", returned=True), kept="2.00")
        self.assertEqual(self._get_notes().amount_total, 6.83)

    def test_refund_is_paid_back_and_the_books_are_even(self):
        self._ship(self.order)
        self._invoice(self.order)
        self._refund(self._row(1, "8.83", "0.50", returned=True))
        self.assertEqual(
            (self._get_notes().payment_state, len(self.order._get_oms_open_credit())),
            ("paid", 0),
        )

    def test_refund_told_twice_is_credited_once(self):
        self._ship(self.order)
        self._invoice(self.order)
        self._refund(self._row(1, "8.83", "0.50", returned=True))
        self._change(note="again", total=self.document.total)
        self.assertEqual(len(self._get_notes()), 1)

    def test_several_refunds_come_to_what_the_shop_says(self):
        self._ship(self.order)
        self._invoice(self.order)
        for number, amount in enumerate(("8.82", "8.83", "8.82")):
            self._refund(self._row(1, amount, "0.50", returned=True), key=f"r-{number}")
        self._refund(self._row(0, "4.90", key="ship"), key="r-ship")
        self.assertEqual(
            (self._get_net_invoiced(), self.order.oms_payment_state),
            (
                0,
                "refunded",
            ),
        )

    def test_refund_credited_here_first_is_not_credited_again(self):
        self._ship(self.order)
        invoice = self._invoice(self.order)
        note = invoice._reverse_moves([{"ref": "by hand"}], cancel=False)
        note.action_post()
        self._refund(
            self._row(3, "26.47", "1.50", returned=True),
            self._row(0, "4.90", key="ship"),
        )
        self.assertEqual((self._get_notes(), self._get_net_invoiced()), (note, 0))

    def test_order_called_off_after_its_invoice_is_credited_whole(self):
        self._invoice(self.order)
        self._change(cancelled_at=PLACED, total=self.document.total)
        self.assertEqual((self.order.state, self._get_net_invoiced()), ("cancel", 0))

    def test_shop_is_not_told_of_its_own_refund(self):
        self._ship(self.order)
        self.env["oms.channel.message"].search([]).sudo().unlink()
        self._invoice(self.order)
        self._refund(self._row(1, "8.83", "0.50", returned=True))
        self.assertTrue(self._get_notes().oms_from_channel)
        self.assertFalse(self.channel.message_ids)

    # === PARTS ===

    def test_invoices_of_parts_come_to_the_amounts_of_the_line(self):
        self.mug.invoice_policy = "delivery"
        self.order.picking_ids.move_ids.quantity = 1
        self._ship(self.order)
        self._invoice(self.order)
        for picking in self.order.picking_ids.filtered(lambda p: p.state != "done"):
            picking.move_ids.quantity = 2
        self._ship(self.order)
        self._invoice(self.order)
        self.assertEqual(self._get_net_invoiced(), 3137)
