# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .sale_order import STATES

# What cards are sorted into even when there is none: the way of an order.
COLUMNS = ("captured", "on_hold", "backordered", "allocated", "picking", "packed")


class SaleOrder(models.Model):
    """What the screens show of an order beside its facts; nothing here is stored."""

    _inherit = "sale.order"

    oms_channel_icon = fields.Char(related="oms_channel_id.icon_url")
    oms_hold_type_ids = fields.Many2many(
        "oms.hold.type",
        string="Held For",
        compute="_compute_oms_hold_type_ids",
        search="_search_oms_hold_type_ids",
        help="Types of the holds that are open.",
    )
    oms_parcels = fields.Char(
        "Parcels",
        compute="_compute_oms_parcels",
        # A salesperson without rights on the stock still sees how far the order is.
        compute_sudo=True,
        help="Parcels that have left, of all parcels of the order.",
    )
    oms_ship_country_id = fields.Many2one(
        related="partner_shipping_id.country_id", string="Ship to Country"
    )
    oms_ship_flag = fields.Char(related="partner_shipping_id.country_id.image_url")
    oms_ship_zip = fields.Char(
        related="partner_shipping_id.zip", string="Ship to Postcode"
    )
    oms_ship_address = fields.Text("Ship to", compute="_compute_oms_addresses")
    oms_bill_address = fields.Text("Bill to", compute="_compute_oms_addresses")
    oms_ship_phone = fields.Char(
        related="partner_shipping_id.phone", string="Ship to Phone"
    )
    oms_buyer_email = fields.Char(related="partner_id.email", string="Buyer's Email")
    oms_has_returns = fields.Boolean(
        compute="_compute_oms_has_returns",
        compute_sudo=True,  # as above
    )
    # Columns of cards in the order in which things happen.
    oms_state = fields.Selection(group_expand="_expand_oms_states")

    # === COMPUTE ===

    @api.depends("oms_hold_ids.is_open")
    def _compute_oms_hold_type_ids(self):
        for order in self:
            order.oms_hold_type_ids = order.oms_hold_ids.filtered("is_open").type_id

    def _compute_oms_parcels(self):
        """No dependencies: bulk work on pickings need not care for a column."""
        rows = self.env["stock.picking"]._read_group(
            [
                ("sale_id", "in", self.ids),
                ("picking_type_code", "=", "outgoing"),
                ("state", "!=", "cancel"),
            ],
            ["sale_id", "state"],
            ["__count"],
        )
        total, gone = {}, {}
        for order, state, count in rows:
            total[order.id] = total.get(order.id, 0) + count
            if state == "done":
                gone[order.id] = count
        for order in self:
            key = order._origin.id
            parcels = f"{gone.get(key, 0)}/{total[key]}" if key in total else False
            order.oms_parcels = parcels

    def _compute_oms_has_returns(self):
        for order in self:
            order.oms_has_returns = any(order.order_line.mapped("oms_qty_returned"))

    @api.depends("partner_invoice_id", "partner_shipping_id")
    def _compute_oms_addresses(self):
        for order in self:
            order.oms_ship_address = order.partner_shipping_id._get_oms_address()
            order.oms_bill_address = order.partner_invoice_id._get_oms_address()

    @api.model
    def _expand_oms_states(self, states, domain):
        return [state for state, _ in STATES if state in COLUMNS or state in states]

    # === SEARCH ===

    def _search_oms_hold_type_ids(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return [
            (
                "oms_hold_ids",
                "any",
                [("is_open", "=", True), ("type_id", operator, value)],
            )
        ]

    # === ACTIONS ===

    def action_oms_hold(self):
        """Open the dialog that asks for type and reason."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put on Hold"),
            "res_model": "oms.hold.place",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_ids": self.ids},
        }

    def action_oms_release(self):
        """Open the dialog that releases the open holds of these orders."""
        return self.oms_open_hold_ids.action_release()

    def action_oms_view_parcels(self):
        self.ensure_one()
        return self.action_view_delivery()
