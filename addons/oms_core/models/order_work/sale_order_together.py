# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import fields, models

# Orders on their way to the shelf, of which nobody has begun to pick.
WAITING = ("captured", "on_hold", "backordered", "allocated")


class SaleOrder(models.Model):
    """Orders of one buyer that could leave in one parcel."""

    _inherit = "sale.order"

    oms_together_ids = fields.Many2many(
        "sale.order",
        string="Could Ship Together",
        compute="_compute_oms_together_ids",
        help="Other open orders of the same buyer, to the same address, from the same "
        "place, by the same carrier.",
    )
    oms_together_count = fields.Integer(compute="_compute_oms_together_ids")

    # === COMPUTE ===

    def _compute_oms_together_ids(self):
        """No dependencies: it is asked when an order is looked at."""
        groups = defaultdict(self.browse)
        waiting = self.filtered(lambda order: order.oms_state in WAITING)
        if waiting:
            others = self.search(
                [
                    ("partner_shipping_id", "in", waiting.partner_shipping_id.ids),
                    ("state", "=", "sale"),
                    ("oms_state", "in", WAITING),
                    ("picking_ids.oms_parcel_key", "=", False),
                ],
                limit=1000,
            )
            for order in others:
                groups[order._get_oms_together_key()] |= order
        for order in self:
            mates = self.browse()
            if order in waiting and not any(order.picking_ids.mapped("oms_parcel_key")):
                mates = groups[order._get_oms_together_key()] - order
            order.oms_together_ids = mates
            order.oms_together_count = len(mates)

    def _get_oms_together_key(self):
        return (
            self.company_id,
            self.partner_id,
            self.partner_shipping_id,
            self.warehouse_id,
            self.carrier_id,
        )

    # === ACTIONS ===

    def action_oms_view_together(self):
        """List this order and those that could go with it, to choose from."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_order"
        )
        return action | {
            "domain": [("id", "in", (self | self.oms_together_ids).ids)],
            "context": {},
        }

    def action_oms_ship_together(self):
        """Put these orders, or this one and its mates, into one parcel."""
        orders = self if len(self) > 1 else self | self.oms_together_ids
        orders._oms_check_operation("edit")
        orders._oms_get_open_parcels()._oms_ship_together()
        return True
