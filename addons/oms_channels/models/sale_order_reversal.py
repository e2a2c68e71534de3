# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

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
