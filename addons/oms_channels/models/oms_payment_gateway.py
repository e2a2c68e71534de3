# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsPayment(models.Model):
    """Where the money of each gateway is booked."""

    _inherit = "oms.payment"
    _rec_names_search = [
        "external_id",
        "order_id.name",
        "order_id.oms_external_number",
    ]

    gateway_id = fields.Many2one(
        "oms.channel.gateway",
        "Gateway on Our Side",
        index="btree_not_null",
        ondelete="set null",
    )

    settlement_line_ids = fields.One2many(
        "oms.settlement.line",
        "payment_id",
        readonly=True,
        # who else reads a payment may not read what gateways keep
        groups="oms_core.group_oms_user,account.group_account_invoice",
    )
    is_settled = fields.Boolean(
        "Paid Out",
        readonly=True,
        copy=False,
        help="A payout with this money is posted: it has arrived, or has left again.",
    )

    @api.depends("external_id", "order_id", "amount", "currency_id")
    def _compute_display_name(self):
        for payment in self:
            order = payment.order_id
            payment.display_name = self.env._(
                "%(order)s · %(amount)s (%(number)s)",
                order=order.oms_external_number or order.name,
                amount=payment.currency_id.format(payment.amount),
                number=payment.external_id,
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Override to find the gateways of all payments at once."""
        orders = self.env["sale.order"].browse(
            {values["order_id"] for values in vals_list if values.get("gateway")}
        )
        channels = {order.id: order.oms_channel_id.id for order in orders}
        keys = [self._get_gateway_key(values, channels) for values in vals_list]
        # Whoever brings an order brings the names of its gateways.
        gateways = self.env["oms.channel.gateway"].sudo()  # see above
        found = gateways._get_or_create(set(keys) - {None})
        return super().create(
            [
                {"gateway_id": found[key].id} | values if key else values
                for key, values in zip(keys, vals_list, strict=True)
            ]
        )

    def _get_gateway_key(self, values, channels):
        """(channel id, gateway), or None if there is no telling.

        A summary may stand for several gateways: then it is nobody's.
        """
        code = (values.get("gateway") or "").strip()
        channel = channels.get(values.get("order_id"))
        if not code or not channel or (values.get("is_summary") and "," in code):
            return None
        return channel, code

    # === BOOKING ===

    def _get_journals(self):
        """Override of `oms_core`: a gateway's journal goes before the channel's."""
        own = {
            payment: payment.gateway_id.journal_id
            for payment in self
            if payment.gateway_id.journal_id
        }
        others = self.filtered(lambda payment: payment not in own)
        return super(OmsPayment, others)._get_journals() | own

    def _prepare_payment_values(self, journal):
        """Override of `oms_core` to leave the money with the gateway that has it."""
        values = super()._prepare_payment_values(journal)
        return values | {"oms_gateway_id": self.gateway_id.id}
