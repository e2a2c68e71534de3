# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..engine.documents import Capture


class SaleOrder(models.Model):
    """When authorised money is taken, and when it is let go."""

    _inherit = "sale.order"

    # === HOOKS ===

    def _oms_on_shipped(self, pickings):
        """Override of `oms_core` to take what was authorised for the goods."""
        result = super()._oms_on_shipped(pickings)
        pickings.sale_id._ask_for_money("capture")
        return result

    def _oms_on_cancelled(self, reason, quantities=None):
        """Override of `oms_core` to let go what was authorised for the orders."""
        result = super()._oms_on_cancelled(reason, quantities)
        if quantities is None:
            self._ask_for_money("void")
        return result

    # === MONEY ===

    def _ask_for_money(self, kind):
        """Ask the channels of these orders for a ``capture``, or for a ``void``."""
        asking = self.filtered(
            lambda order: (
                order.oms_external_id and order.oms_channel_id.capture_at_shipment
            )
        )
        for channel, orders in asking.grouped("oms_channel_id").items():
            wishes = {
                wish: order
                for order in orders
                for wish in order._get_open_authorisations(kind)
            }
            if wishes:
                # Who packs need not know of messages.
                channel.sudo()._send_captures(kind, wishes)  # see above

    def _get_open_authorisations(self, kind):
        """What is secured and neither taken nor let go, as far as the order costs it.

        Cash on delivery is secured by the carrier, not by a gateway.
        """
        payments = self.sudo().oms_payment_ids  # a packer may not read payments
        if payments.filtered(lambda p: p.kind == "void"):
            return
        exact = self.currency_id.round
        taken = payments.filtered(lambda p: p.kind == "capture")
        left = exact(self.amount_total - sum(taken.mapped("amount")))
        open_ones = payments.filtered(
            lambda p: p.kind == "authorisation" and p.gateway_id.kind != "cod"
        )
        for payment in open_ones:
            amount = exact(min(payment.amount, left))
            if amount <= 0 and kind == "capture":
                continue
            left -= amount
            yield Capture(
                key=f"{kind}:{self.oms_external_id}:{payment.external_id}",
                order_external_id=self.oms_external_id,
                authorisation=payment.external_id,
                authorised=self._to_decimal(payment.amount),
                amount=self._to_decimal(amount),
            )

    def _to_decimal(self, amount):
        return Decimal(f"{amount:.{self.currency_id.decimal_places}f}")
