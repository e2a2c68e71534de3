# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

# How far an order had come: the last of these in its history before the cancelling.
STAGES = [
    ("capture", "Captured"),
    ("hold", "On hold"),
    ("release", "Released"),
    ("route", "Routed"),
    ("reserve", "Reserved"),
    ("pick", "Picked"),
    ("pack", "Packed"),
    ("ship", "Shipped in part"),
]


class OmsCancelReport(models.Model):
    """What was cancelled, why, and how far it had come; one line is an order line.

    Amounts are before tax, in the currency of the reader's company.
    """

    _name = "oms.cancel.report"
    _description = "Cancellations"
    _inherit = "oms.report.mixin"
    _auto = False
    _rec_name = "order_id"
    _order = "date desc, id desc"
    _depends = {
        "oms.event": ["actor", "data", "date", "kind", "order_id", "user_id"],
        "sale.order": [
            *("company_id", "currency_rate", "date_order", "oms_channel_id", "state"),
            *("oms_cancel_reason_id", "warehouse_id"),
        ],
        "sale.order.line": [
            *("display_type", "order_id", "price_subtotal", "product_id"),
            *("product_uom_id", "product_uom_qty"),
        ],
        "product.template": ["categ_id", "type", "uom_id"],
        "uom.uom": ["factor"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    channel_id = fields.Many2one("oms.channel", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", "Node", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    date = fields.Datetime("Cancelled", readonly=True)
    date_order = fields.Datetime("Order Date", readonly=True)
    user_id = fields.Many2one("res.users", "Cancelled By", readonly=True)
    reason_id = fields.Many2one("oms.cancel.reason", readonly=True)
    reason = fields.Char(
        "In Words", readonly=True, help="As given by whoever cancelled."
    )
    stage = fields.Selection(
        STAGES, readonly=True, help="How far the order had come by then."
    )
    orders = fields.Integer(
        readonly=True, aggregator="count_distinct", help="How many orders."
    )
    units = fields.Float(
        readonly=True,
        help="Goods that were not sold after all, in the products' units.",
    )
    amount = fields.Monetary(
        "Lost Revenue", readonly=True, help="Before tax, shipping included."
    )
    hours = fields.Float(
        "Age at Cancelling (h)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Hours between order and cancelling.",
    )

    # === QUERY ===

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id, line.order_id, line.order_id AS orders, sale.company_id,
                   %(currency)s AS currency_id, sale.oms_channel_id AS channel_id,
                   sale.warehouse_id, line.product_id, tmpl.categ_id,
                   COALESCE(told.date, sale.write_date) AS date, sale.date_order,
                   told.user_id, sale.oms_cancel_reason_id AS reason_id,
                   %(reason)s AS reason, stage.kind AS stage,
                   CASE WHEN tmpl.type = 'consu' THEN line.product_uom_qty
                       * unit.factor / own_unit.factor ELSE 0 END AS units,
                   line.price_subtotal * company.rate
                       / COALESCE(NULLIF(sale.currency_rate, 0), 1) AS amount,
                   EXTRACT(EPOCH FROM told.date - sale.date_order)::float / 3600
                       AS hours
              FROM sale_order_line line
              JOIN sale_order sale ON sale.id = line.order_id
              JOIN %(company_rates)s ON company.id = sale.company_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template tmpl ON tmpl.id = product.product_tmpl_id
              JOIN uom_uom unit ON unit.id = line.product_uom_id
              JOIN uom_uom own_unit ON own_unit.id = tmpl.uom_id
         LEFT JOIN LATERAL (
                SELECT * FROM oms_event
                 WHERE order_id = sale.id AND kind = 'cancel'
              ORDER BY date DESC, id DESC LIMIT 1
            ) AS told ON TRUE
         LEFT JOIN LATERAL (
                SELECT kind FROM oms_event
                 WHERE order_id = sale.id AND kind IN %(stages)s
                   AND (told.id IS NULL OR (date, id) < (told.date, told.id))
              ORDER BY date DESC, id DESC LIMIT 1
            ) AS stage ON TRUE
             WHERE sale.state = 'cancel' AND line.display_type IS NULL
            """,
            currency=self.env.company.currency_id.id,
            company_rates=self._get_oms_company_rates(),
            stages=tuple(kind for kind, _label in STAGES),
            reason=self._query_reason(),
        )

    def _query_reason(self):
        """The reason in the event ``told``; extend if yours is kept elsewhere."""
        return SQL("told.data ->> 'reason'")
