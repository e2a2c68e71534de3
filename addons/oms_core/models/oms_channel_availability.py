# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from ..engine.availability import TOLERANCE
from .availability_sql import (
    CHANNEL_NODES,
    SHELF_SUM,
    VIEW_HEAD,
    WAITING,
    get_changes,
)


class OmsChannelAvailability(models.Model):
    """What each channel may sell of each product, for people who look over the stock.

    A view in the database, like that by node. The arithmetic is told in
    ``engine/availability.py``; a test holds this against it.
    """

    _name = "oms.channel.availability"
    _description = "Availability by Channel"
    _auto = False
    _order = "product_id, channel_id"
    _rec_name = "product_id"

    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    channel_id = fields.Many2one("oms.channel", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    pooled = fields.Float(
        "Available",
        digits="Product Unit",
        readonly=True,
        aggregator=None,
        help="What the nodes that ship for this channel can promise together. Channels "
        "share their nodes, so this does not add up over channels.",
    )
    kept_back = fields.Float(
        digits="Product Unit",
        readonly=True,
        aggregator=None,
        help="What this channel is not told of: its buffer, and what is over its cap.",
    )
    sellable = fields.Float(
        "May Sell",
        digits="Product Unit",
        readonly=True,
        help="What this channel may sell: available less what it is not told of.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %(head)s, wanted_channel AS (
                SELECT id FROM oms_channel WHERE active
            ), unmoved AS (%(unmoved)s), %(changes)s, shelf AS (%(shelf)s),
            unmoved_sum AS (%(waiting)s), %(channel_nodes)s, pool AS (
                -- A node that has promised too much takes from the others only what
                -- no transfer carries yet.
                SELECT product_id, channel_id,
                       GREATEST(SUM(CASE WHEN available >= 0 THEN available
                           ELSE GREATEST(available, -COALESCE(waiting, 0)) END), 0)
                           AS pooled
                  FROM shelf
                  JOIN channel_node USING (warehouse_id)
             LEFT JOIN unmoved_sum USING (product_id, warehouse_id)
                 GROUP BY product_id, channel_id
            ), offer AS (
                SELECT pool.product_id, channel.id AS channel_id, channel.company_id,
                       round(pooled * 1e6) / 1e6 AS pooled,
                       GREATEST(pooled - COALESCE(buffer_quantity, 0)::float8
                           - CEIL(pooled * COALESCE(buffer_percent, 0)::float8 / 100
                               - %(tolerance)s), 0) AS rest,
                       NULLIF(buffer_cap, 0)::float8 AS cap
                  FROM pool JOIN oms_channel channel ON channel.id = pool.channel_id
            )
            SELECT product_id::bigint * 100000 + channel_id AS id, product_id,
                   goods.categ_id, channel_id, company_id, pooled,
                   pooled - LEAST(rest, cap) AS kept_back,
                   LEAST(rest, cap) AS sellable
              FROM offer JOIN goods ON goods.id = offer.product_id
            """,
            head=VIEW_HEAD,
            unmoved=self.env["product.product"]._query_oms_unmoved_demand(),
            changes=get_changes(),
            shelf=SHELF_SUM,
            waiting=WAITING,
            channel_nodes=CHANNEL_NODES,
            tolerance=TOLERANCE,
        )

    # === ACTIONS ===

    def action_view_nodes(self):
        """Where the goods are that this channel may sell."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_availability"
        )
        return action | {
            "name": self.env._("Nodes of %(channel)s", channel=self.channel_id.name),
            "domain": [
                ("product_id", "=", self.product_id.id),
                ("warehouse_id", "in", self.channel_id._get_oms_nodes().ids),
            ],
            "context": {},
        }

    def action_view_channel(self):
        """What the channel keeps back, and why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "oms.channel",
            "res_id": self.channel_id.id,
            "view_mode": "form",
        }
