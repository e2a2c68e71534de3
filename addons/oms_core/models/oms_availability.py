# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .availability_sql import SHELF_TERMS, VIEW_HEAD, get_changes


class OmsAvailability(models.Model):
    """Each product at each node, for people who look over the stock.

    A view in the database, not a table to be filled: it is true at every moment,
    and grouping, sorting and paging happen where the rows are. It reads the same
    definition as :meth:`~.ProductProduct._get_oms_availability`. Kits have no stock of
    their own: the product page tells theirs.
    """

    _name = "oms.availability"
    _description = "Availability"
    _auto = False
    _order = "product_id, warehouse_id"
    _rec_name = "product_id"

    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", "Node", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    on_hand = fields.Float(digits="Product Unit", readonly=True)
    promised = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="All open demand, reserved or not, and orders that a hold keeps from "
        "asking for goods.",
    )
    safety = fields.Float("Safety Stock", digits="Product Unit", readonly=True)
    incoming = fields.Float(
        digits="Product Unit", readonly=True, help="Expected, whenever it comes."
    )
    available = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="On hand less promised less safety stock. Below zero: more is promised "
        "than there is.",
    )
    channel_id = fields.Many2one(
        "oms.channel",
        compute="_compute_channel_id",
        search="_search_channel_id",
        help="Nodes that ship for this channel.",
    )
    offers = fields.Char(
        "Channels May Sell",
        compute="_compute_offers",
        help="What each channel that this node ships for may sell of the product, out "
        "of what all its nodes have together.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %(head)s, unmoved AS (%(unmoved)s), %(changes)s, shelf AS (%(shelf)s)
            SELECT shelf.product_id::bigint * 100000 + shelf.warehouse_id AS id,
                   shelf.product_id, goods.categ_id, shelf.warehouse_id,
                   node.company_id, on_hand, promised, safety, incoming,
                   on_hand - promised - safety AS available
              FROM shelf
              JOIN goods ON goods.id = shelf.product_id
              JOIN node ON node.id = shelf.warehouse_id
            """,
            head=VIEW_HEAD,
            unmoved=self.env["product.product"]._query_oms_unmoved_demand(),
            changes=get_changes(with_terms=True, with_incoming=True),
            shelf=SHELF_TERMS,
        )

    # === COMPUTE ===

    def _compute_channel_id(self):
        """Only searched: a node ships for several channels."""
        self.channel_id = False

    def _compute_offers(self):
        channels = self.env["oms.channel"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        nodes = {channel: channel._get_oms_nodes() for channel in channels}
        answer = self.product_id._get_oms_availability(channels=channels)
        for row in self:
            row.offers = ", ".join(
                f"{channel.name} {answer.channels.get(key, 0):.12g}"
                for channel in channels
                if row.warehouse_id in nodes[channel]
                for key in [(row.product_id.id, channel.id)]
            )

    @api.model
    def _search_channel_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        # By name Odoo asks for any channel that fits, by choice for one of these.
        named = value if operator == "any" else [("id", "in", list(value))]
        channels = self.env["oms.channel"].search(named)
        nodes = self.env["stock.warehouse"].union(
            *(channel._get_oms_nodes() for channel in channels)
        )
        return [("warehouse_id", "in", nodes.ids)]

    # === ACTIONS ===

    def action_view_promised(self):
        """The open demand behind the figure."""
        self.ensure_one()
        return self._get_moves_action(
            self.env._("Promised"), "location_id", "location_dest_id"
        )

    def action_view_incoming(self):
        self.ensure_one()
        return self._get_moves_action(
            self.env._("Incoming"), "location_dest_id", "location_id"
        )

    def action_view_on_hand(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("On Hand"),
            "res_model": "stock.quant",
            "view_mode": "list",
            "domain": [
                ("product_id", "=", self.product_id.id),
                ("location_id.warehouse_id", "=", self.warehouse_id.id),
                ("location_id.usage", "=", "internal"),
            ],
        }

    def _get_moves_action(self, title, here, there):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "stock.move",
            "view_mode": "list,form",
            "domain": [
                ("product_id", "=", self.product_id.id),
                (
                    "state",
                    "in",
                    ("waiting", "confirmed", "assigned", "partially_available"),
                ),
                (f"{here}.warehouse_id", "=", self.warehouse_id.id),
                (f"{here}.usage", "=", "internal"),
                "|",
                (f"{there}.usage", "!=", "internal"),
                (f"{there}.warehouse_id", "!=", self.warehouse_id.id),
            ],
        }
