# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

DEFAULT_DAYS = 30
# Days of stock: below the first somebody must act, above the last it sleeps.
CRITICAL, LOW, SLOW = 7, 21, 180
# How many days back the last sale is looked for.
MEMORY = 400
STATUSES = [
    ("out", "Sold out"),
    ("critical", "Critical"),
    ("low", "Low"),
    ("enough", "Enough"),
    ("slow", "Slow"),
    ("idle", "Idle"),
]


class OmsCoverReport(models.Model):
    """How long the stock lasts as it sells now; one line is a product at a node.

    Velocity is what went to buyers from that node in the last days, per day; how
    many days is said by the context key ``oms_days``. Components of kits count as
    themselves.
    """

    _name = "oms.cover.report"
    _description = "Stock Cover"
    _inherit = "oms.report.mixin"
    _auto = False
    _rec_name = "product_id"
    _order = "cover, velocity desc, id"
    _oms_ratios = {"cover": ("free", "velocity")}
    _depends = {
        "stock.quant": ["location_id", "product_id", "quantity"],
        "stock.location": ["usage", "warehouse_id"],
        "stock.move": [
            *("date", "location_dest_id", "location_id", "product_id", "product_qty"),
            *("product_uom_qty", "quantity", "state"),
        ],
        "product.product": ["active", "product_tmpl_id", "standard_price"],
        "product.template": ["categ_id", "is_storable"],
        "stock.warehouse": ["active", "company_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", "Node", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    on_hand = fields.Float(readonly=True, help="What lies on the shelves.")
    demand = fields.Float(
        "Open Demand", readonly=True, help="Asked for and still here, reserved or not."
    )
    free = fields.Float("Available", readonly=True, help="On hand less open demand.")
    incoming = fields.Float(readonly=True, help="Expected from outside the node.")
    value = fields.Monetary(
        readonly=True, help="On hand, at the product's cost of today."
    )
    sold = fields.Float(readonly=True, help="Went to buyers in the period.")
    velocity = fields.Float(
        "Sold per Day", readonly=True, digits=(16, 2), help="Average of the period."
    )
    cover = fields.Float(
        "Days of Stock",
        readonly=True,
        aggregator="avg",
        digits=(16, 0),
        help="Available, divided by what is sold per day; empty if nothing is.",
    )
    last_sold = fields.Datetime(
        readonly=True, help=f"When one last went to a buyer, in the last {MEMORY} days."
    )
    status = fields.Selection(
        STATUSES,
        readonly=True,
        help=f"Critical: less than {CRITICAL} days; low: less than {LOW}; slow: "
        f"more than {SLOW}; idle: nothing was sold in the period.",
    )

    # === QUERY ===

    def _get_oms_days(self):
        days = self.env.context.get("oms_days")
        return days if isinstance(days, int) and 0 < days <= 3660 else DEFAULT_DAYS

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT fact.*, free / NULLIF(velocity, 0) AS cover,
                   CASE WHEN free <= 0 AND (sold > 0 OR demand > 0) THEN 'out'
                        WHEN sold = 0 THEN 'idle'
                        WHEN free < %(critical)s * velocity THEN 'critical'
                        WHEN free < %(low)s * velocity THEN 'low'
                        WHEN free > %(slow)s * velocity THEN 'slow'
                        ELSE 'enough' END AS status
              FROM (
                SELECT stock.product_id::bigint * 100000 + stock.warehouse_id AS id,
                       NULL::integer AS order_id, node.company_id,
                       %(currency)s AS currency_id, stock.warehouse_id,
                       stock.product_id, tmpl.categ_id, stock.on_hand, stock.demand,
                       stock.on_hand - stock.demand AS free, stock.incoming,
                       stock.sold, stock.sold / %(days)s AS velocity, stock.last_sold,
                       stock.on_hand * company.rate * COALESCE(
                           (product.standard_price ->> node.company_id::text)::numeric,
                           0) AS value
                  FROM (%(stock)s) AS stock
                  JOIN stock_warehouse node ON node.id = stock.warehouse_id
                  JOIN %(company_rates)s ON company.id = node.company_id
                  JOIN product_product product ON product.id = stock.product_id
                  JOIN product_template tmpl ON tmpl.id = product.product_tmpl_id
                 WHERE tmpl.is_storable AND product.active AND node.active) AS fact
            """,
            currency=self.env.company.currency_id.id,
            company_rates=self._get_oms_company_rates(),
            stock=self._query_stock(),
            days=self._get_oms_days(),
            critical=CRITICAL,
            low=LOW,
            slow=SLOW,
        )

    def _query_stock(self):
        """Stock, demand, supply and sales of each product and warehouse, summed."""
        now, days = fields.Datetime.now(), self._get_oms_days()
        return SQL(
            """
            WITH place AS (
                SELECT id, warehouse_id FROM stock_location
                 WHERE usage = 'internal' AND warehouse_id IS NOT NULL
            )
            SELECT product_id, warehouse_id, SUM(on_hand) AS on_hand,
                   SUM(demand) AS demand, SUM(incoming) AS incoming, SUM(sold) AS sold,
                   MAX(last_sold) AS last_sold
              FROM (
                SELECT quant.product_id, place.warehouse_id, quant.quantity AS on_hand,
                       0 AS demand, 0 AS incoming, 0 AS sold,
                       NULL::timestamp AS last_sold
                  FROM stock_quant quant
                  JOIN place ON place.id = quant.location_id
                 UNION ALL
                SELECT move.product_id, place.warehouse_id, 0,
                       CASE WHEN move.state != 'done' THEN move.product_qty ELSE 0 END,
                       0,
                       CASE WHEN move.state = 'done' AND move.date >= %(start)s
                           THEN move.quantity * move.product_qty
                               / NULLIF(move.product_uom_qty, 0) ELSE 0 END,
                       CASE WHEN move.state = 'done' THEN move.date END
                  FROM stock_move move
                  JOIN place ON place.id = move.location_id
                  JOIN stock_location goal ON goal.id = move.location_dest_id
                 WHERE (move.state = 'done' AND goal.usage = 'customer'
                        AND move.date >= %(horizon)s)
                    OR (move.state IN %(open)s
                        AND (goal.usage != 'internal'
                             OR goal.warehouse_id IS DISTINCT FROM place.warehouse_id))
                 UNION ALL
                SELECT move.product_id, place.warehouse_id, 0, 0, move.product_qty, 0,
                       NULL
                  FROM stock_move move
                  JOIN place ON place.id = move.location_dest_id
                  JOIN stock_location origin ON origin.id = move.location_id
                 WHERE move.state IN %(open)s
                   AND (origin.usage != 'internal'
                        OR origin.warehouse_id IS DISTINCT FROM place.warehouse_id)
            ) AS part
          GROUP BY product_id, warehouse_id
            """,
            start=now - timedelta(days=days),
            horizon=now - timedelta(days=max(days, MEMORY)),
            open=("waiting", "confirmed", "partially_available", "assigned"),
        )

    # === ACTIONS ===

    @api.readonly
    def action_open_moves(self):
        """Open the stock moves of the product at the node."""
        self.ensure_one()
        place = self.warehouse_id.view_location_id.id
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "stock.move",
            "views": [[False, "list"], [False, "form"]],
            "domain": [
                ("product_id", "=", self.product_id.id),
                ("state", "!=", "cancel"),
                "|",
                ("location_id", "child_of", place),
                ("location_dest_id", "child_of", place),
            ],
        }
