# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

ORDER_TYPES = [
    ("sale", "Sale"),
    ("wholesale", "Wholesale"),
    ("replacement", "Replacement"),
    ("exchange", "Exchange"),
]
PRIORITIES = [("0", "Normal"), ("1", "High"), ("2", "Urgent")]


class SaleOrder(models.Model):
    """What kind of order it is, and how much it hurries."""

    _inherit = "sale.order"

    oms_order_type = fields.Selection(
        ORDER_TYPES,
        string="Order Type",
        compute="_compute_oms_order_type",
        store=True,
        readonly=False,
        index=True,
        help="Orders of a wholesale channel are wholesale; a replacement and an "
        "exchange make good what was wrong with another order.",
    )
    oms_priority = fields.Selection(
        PRIORITIES,
        string="Priority",
        default="0",
        index=True,
        copy=False,
        help="High and urgent orders are reserved and picked before the others.",
    )
    oms_warehouse_note = fields.Text(
        "Warehouse Note",
        copy=False,
        help="For those who pick and pack; printed on the pick list. "
        "The buyer never reads it.",
    )
    oms_is_first_order = fields.Boolean(
        "First Order of the Buyer",
        compute="_compute_oms_is_first_order",
        search="_search_oms_is_first_order",
        compute_sudo=True,  # an order that the reader may not see counts as well
        help="The buyer has no earlier order that was confirmed.",
    )

    # === COMPUTE ===

    # Not the channel's kind: an order stays what it was when the kind changes.
    @api.depends("oms_channel_id")
    def _compute_oms_order_type(self):
        for order in self:
            if order.oms_order_type not in ("replacement", "exchange"):
                wholesale = order.oms_channel_id.kind == "wholesale"
                order.oms_order_type = "wholesale" if wholesale else "sale"

    @api.depends("partner_id", "date_order", "state")
    def _compute_oms_is_first_order(self):
        known = self.filtered("id")
        first = known.search([("id", "in", known.ids), ("oms_is_first_order", "=", 1)])
        first_ids = set(first.ids)
        for order in self:
            order.oms_is_first_order = order._origin.id in first_ids

    def _search_oms_is_first_order(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.flush_model(["partner_id", "date_order", "state", "company_id"])

        # One look into the index for each order asked about, however many there are.
        def is_repeated(model, alias, query):
            return SQL(
                """EXISTS (
                    SELECT FROM sale_order earlier
                     WHERE earlier.partner_id = %(order)s.partner_id
                       AND earlier.company_id = %(order)s.company_id
                       AND earlier.state = 'sale'
                       AND (earlier.date_order, earlier.id)
                         < (%(order)s.date_order, %(order)s.id)
                )""",
                order=SQL.identifier(alias),
            )

        repeated = Domain.custom(to_sql=is_repeated)
        return ~repeated if True in value else repeated

    # === CRUD ===

    def write(self, vals):
        """Override of `sale` to tell the open transfers how much they hurry."""
        result = super().write(vals)
        if "oms_priority" in vals:
            open_pickings = self.sudo().picking_ids.filtered(  # whoever sets it
                lambda picking: picking.state not in ("done", "cancel")
            )
            open_pickings.priority = self._get_oms_picking_priority(
                vals["oms_priority"]
            )
        return result

    # === BUSINESS ===

    @api.model
    def _get_oms_picking_priority(self, priority):
        """Odoo's transfers know two priorities: normal, and urgent."""
        return "1" if priority in ("1", "2") else "0"
