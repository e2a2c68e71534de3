# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    """What a channel is told of the stock."""

    _inherit = "oms.channel"

    buffer_quantity = fields.Float(
        "Keep Back",
        digits="Product Unit",
        help="Units of each product that this channel is never told of, out of what "
        "all its places can promise together.",
    )
    buffer_percent = fields.Float(
        "Keep Back %",
        digits=(5, 2),
        help="Share of what all its places can promise together that this channel is "
        "never told of, rounded up to a whole unit; on top of the quantity.",
    )
    buffer_cap = fields.Float(
        "Never Show More Than",
        digits="Product Unit",
        help="The most that this channel is told to be available. Zero: no limit.",
    )

    out_of_stock = fields.Selection(
        [
            ("backorder", "The order waits for goods"),
            ("unfillable", "The order is unfillable: a person decides"),
        ],
        string="When Goods Run Out",
        default="backorder",
        required=True,
        help="What becomes of an order that comes too late for the last unit. Either "
        "way goods that arrive later are reserved for it.",
    )

    _buffer_valid = models.Constraint(
        "CHECK(buffer_quantity >= 0 AND buffer_cap >= 0 "
        "AND buffer_percent BETWEEN 0 AND 100)",
        "A channel's buffer is a quantity from zero up, and a share between 0 and 100 "
        "percent. To show more than there is, raise the stock instead.",
    )

    def _get_oms_nodes(self):
        """The places that ship for this channel now.

        A channel that names no place ships from every place of its company; one
        whose only place is archived ships from none.
        """
        self.ensure_one()
        named = self.with_context(active_test=False).warehouse_ids
        if named:
            return named.filtered("active")
        return self.env["stock.warehouse"].search(
            [("company_id", "=", self.company_id.id)]
        )
