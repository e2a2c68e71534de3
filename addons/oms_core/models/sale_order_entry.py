# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from .sale_order_promising import DAY_FORMAT


class SaleOrder(models.Model):
    """Wholesale and phone: orders that a person enters in the quotation screen."""

    _inherit = "sale.order"

    oms_channel_id = fields.Many2one(
        compute="_compute_oms_channel_id", store=True, readonly=False, precompute=True
    )
    # Customers call with the number of their own purchase order.
    client_order_ref = fields.Char(index="trigram")
    oms_promise_preview = fields.Char(
        "If Confirmed Now",
        compute="_compute_oms_promise_preview",
        help="What the customer will be promised, as it looks now.",
    )
    oms_is_request_impossible = fields.Boolean(compute="_compute_oms_promise_preview")
    oms_is_short = fields.Boolean(compute="_compute_oms_is_short")

    # === COMPUTE ===

    @api.depends("team_id", "company_id")
    def _compute_oms_channel_id(self):
        """A quotation without a channel gets the one of its sales team, if any."""
        entered = self.filtered(lambda order: order._is_oms_hand_entry())
        channels = entered.oms_channel_id._find_by_team(entered.company_id)
        for order in self:
            channel = order.oms_channel_id
            # One that does not take these was chosen by a person, who knows why.
            # Whether it takes them, and nothing else, is read past the rights.
            if order in entered and (not channel or channel.sudo().takes_hand_entry):
                company = order.company_id.id
                found = channels.get((company, order.team_id.id))
                channel = found or channels.get((company, False)) or channel
            order.oms_channel_id = channel

    def _is_oms_hand_entry(self):
        """Whether a person enters this quotation; extend for your own sources."""
        self.ensure_one()
        from_website = "website_id" in self._fields and self["website_id"]
        is_open = self.state in ("draft", "sent")
        return is_open and not self.oms_external_id and not from_website

    @api.depends("oms_channel_id")
    def _compute_warehouse_id(self):
        """Override of `sale_stock`: a channel is shipped from its own places."""
        result = super()._compute_warehouse_id()
        for order in self.filtered(lambda order: order._is_oms_hand_entry()):
            places = order.oms_channel_id.sudo().warehouse_ids  # as for the channel
            if places and order.warehouse_id not in places:
                order.warehouse_id = places.sorted("sequence")[0]
        return result

    @api.depends(
        "commitment_date",
        "carrier_id",
        "warehouse_id",
        "date_order",
        "state",
        "order_line.product_id",
        "order_line.customer_lead",
    )
    @api.depends_context("tz", "lang")
    def _compute_oms_promise_preview(self):
        quotations = self.filtered(lambda order: order.state in ("draft", "sent"))
        promises = quotations._find_oms_promises(fields.Datetime.now())
        for order in self:
            promise = promises.get(order)
            order.oms_promise_preview = promise and order._preview_oms_promise(promise)
            order.oms_is_request_impossible = bool(promise and not promise.is_possible)

    def _preview_oms_promise(self, promise):
        """On the clock of the place, which is the one that counts there."""
        zone = self.warehouse_id.sudo().oms_tz  # as for the channel
        ship_by = promise.ship_by.replace(tzinfo=None)
        return self.env._(
            "leaves %(place)s by %(ship_by)s (%(zone)s), arrives by %(deliver_by)s",
            place=self.warehouse_id.name,
            ship_by=format_datetime(
                self.env, ship_by, tz=zone, dt_format=f"{DAY_FORMAT} HH:mm"
            ),
            zone=zone,
            deliver_by=format_date(
                self.env, promise.deliver_by, date_format=DAY_FORMAT
            ),
        )

    @api.depends("order_line.oms_qty_sellable", "order_line.product_uom_qty")
    def _compute_oms_is_short(self):
        for order in self:
            order.oms_is_short = any(order.order_line.mapped("oms_is_short"))

    # === HOOKS ===

    def _oms_on_captured(self):
        """Extended to note what a person has sold."""
        result = super()._oms_on_captured()
        self._record_oms_hand_entry()
        return result

    # === HISTORY ===

    def _record_oms_hand_entry(self):
        entered = self.filtered(
            lambda order: not order.oms_external_id and not order.oms_captured_at
        )
        if not entered:
            return
        now = fields.Datetime.now()
        entered.write({"oms_captured_at": now})
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "capture",
                    "date": now,
                    "sentence": order._get_oms_capture_sentence(),
                    "buyer_visible": True,
                }
                for order in entered
            ]
        )

    def _get_oms_capture_sentence(self):
        values = {
            "name": self.name,
            "total": self.currency_id.format(self.amount_total),
            "channel": self.oms_channel_id.sudo().name or "",  # its name, no more
            "reference": self.client_order_ref or "",
        }
        if self.client_order_ref:
            return self.env._(
                "Order %(name)s taken, customer's number %(reference)s: %(total)s.",
                **values,
            )
        return self.env._("Order %(name)s taken: %(total)s.", **values)
