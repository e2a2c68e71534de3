# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from odoo.addons.oms_core.tools.edit import Edit

from ..engine.documents import ZERO, Refund


class SaleOrder(models.Model):
    """What is cancelled and refunded here is told to the channel."""

    _inherit = "sale.order"

    def _oms_on_cancelled(self, reason, quantities=None):
        """Override of `oms_core` to have the shop cancel, too."""
        result = super()._oms_on_cancelled(reason, quantities)
        told = self._get_oms_orders_of_shops()
        for channel, orders in told.grouped("oms_channel_id").items():
            if quantities is None:
                channel._send_cancellations(orders, reason)
            elif channel.edits_told == "shop":
                channel._tell_edits(orders._get_oms_unit_cancellations(quantities))
            else:
                channel._ask_to_cancel_units(orders, quantities)
        return result

    def _oms_on_refunded(self, refunds):
        """Override of `oms_core` to have the shop give the money back."""
        result = super()._oms_on_refunded(refunds)
        told = self._get_oms_orders_of_shops()
        for channel, orders in told.grouped("oms_channel_id").items():
            documents = {}
            for order in orders:
                documents |= dict.fromkeys(order._get_oms_refunds(refunds), order)
            channel._send_refunds(documents)
        return result

    def _get_oms_unit_cancellations(self, quantities):
        """Cancelled units as edits, for shops that take those by themselves."""
        edits = {}
        for line, number in quantities.items():
            sentence = self.env._(
                "Cancelled: %(quantity)g × %(product)s.",
                quantity=number,
                product=line._get_oms_name(),
            )
            edits.setdefault(line.order_id, []).append(
                Edit("product_uom_qty", sentence)
            )
        return edits

    def _is_oms_refunded_by_shop(self):
        """Whether the shop is to give back what it holds of a cancelled order.

        Who cancels may say so (``oms_refund_by_shop`` in the context), else the
        channel does. What was given back from here is not given back once more.
        """
        self.ensure_one()
        wanted = self.env.context.get("oms_refund_by_shop")
        if wanted is None:
            wanted = self.oms_channel_id.cancel_refund == "shop"
        return bool(wanted) and self._is_oms_money_due()

    def _is_oms_money_due(self):
        """Whether the buyer has more to get back than credit notes and refunds gave.

        A refund of the shop becomes a credit note here, and a credit note a refund
        of the shop: the same money counts once. Of money that nobody has told of
        yet, the shop itself knows.
        """
        payments = self.sudo().oms_payment_ids.grouped("kind")  # clerks cancel, too
        paid, refunded = (
            sum(payments[kind].mapped("amount")) if kind in payments else 0.0
            for kind in ("capture", "refund")
        )
        notes = self.sudo().invoice_ids.filtered(  # as above
            lambda move: move.move_type == "out_refund" and move.state == "posted"
        )
        credited = sum(refund.amount for refund in self._get_oms_refunds(notes))
        given = max(refunded, float(credited))
        return not paid or self.currency_id.compare_amounts(paid, given) > 0

    def _get_oms_orders_of_shops(self):
        return self.filtered(
            lambda order: order.oms_external_id and order.oms_channel_id.platform
        )

    def _get_oms_refunds(self, moves):
        """What these credit notes give back of this order, as its channel is told."""
        self.ensure_one()
        by_gateway = "capture" in self.oms_payment_ids.mapped("kind")
        found = []
        for move in moves:
            rows = move.invoice_line_ids.filtered(
                lambda row: self in row.sale_line_ids.order_id
            )
            if not rows:
                continue
            found.append(
                Refund(
                    key=f"refund:{move.id}:{self.id}",
                    order_external_id=self.oms_external_id,
                    amount=sum((_amount(row.price_total) for row in rows), ZERO),
                    lines=tuple(
                        (
                            row.sale_line_ids[:1].oms_external_id,
                            _amount(row.quantity),
                            _amount(row.price_subtotal),
                            _amount(row.price_total) - _amount(row.price_subtotal),
                        )
                        for row in rows
                        if row.sale_line_ids[:1].oms_external_id
                    ),
                    reason=move.ref or move.name,
                    by_gateway=by_gateway,
                )
            )
        return found


def _amount(value):
    """A float of the ledger as it is meant: six digits hold every amount."""
    return Decimal(str(round(value, 6)))
