# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

DEFAULT_DAYS = 30


class OmsSellerReport(models.Model):
    """What sells in the last days, and against as many days before.

    One line is a product on a channel. How many days is said by the context key
    ``oms_days``, which the filters of the screen set.
    """

    _name = "oms.seller.report"
    _description = "Best Sellers"
    _inherit = "oms.report.mixin"
    _auto = False
    _rec_name = "product_id"
    _order = "units desc, revenue desc, id"
    _oms_ratios = {
        "trend": ("units_more", "units_before"),
        "revenue_trend": ("revenue_more", "revenue_before"),
    }
    _depends = {
        "sale.order": [
            *("company_id", "currency_rate", "date_order", "oms_channel_id", "state")
        ],
        "sale.order.line": [
            *("display_type", "is_delivery", "order_id", "price_subtotal"),
            *("product_id", "product_uom_id", "product_uom_qty"),
        ],
        "product.template": ["categ_id", "uom_id"],
        "uom.uom": ["factor"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    channel_id = fields.Many2one("oms.channel", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    orders = fields.Integer(
        readonly=True,
        help="Orders with the product; an order with two products counts for each.",
    )
    units = fields.Float(readonly=True, help="Sold in the period.")
    units_before = fields.Float(
        readonly=True, help="Sold in as many days before the period."
    )
    units_more = fields.Float(
        readonly=True, help="Units of the period less those before."
    )
    trend = fields.Float(
        "Trend of Units",
        readonly=True,
        aggregator="avg",
        help="Units more, as a share of the units before; empty without any.",
    )
    revenue = fields.Monetary(
        readonly=True, help="Before tax, after discounts, without shipping."
    )
    revenue_before = fields.Monetary(readonly=True)
    revenue_more = fields.Monetary(readonly=True)
    revenue_trend = fields.Float(
        "Trend of Revenue",
        readonly=True,
        aggregator="avg",
        help="Revenue more, as a share of the revenue before.",
    )

    # === QUERY ===

    def _get_oms_days(self):
        days = self.env.context.get("oms_days")
        return days if isinstance(days, int) and 0 < days <= 3660 else DEFAULT_DAYS

    @property
    def _table_query(self):
        now = fields.Datetime.now()
        period = timedelta(days=self._get_oms_days())
        return SQL(
            """
            SELECT sold.*,
                   units - units_before AS units_more,
                   (units - units_before) / NULLIF(units_before, 0) AS trend,
                   revenue - revenue_before AS revenue_more,
                   (revenue - revenue_before) / NULLIF(revenue_before, 0)
                       AS revenue_trend
              FROM (
                SELECT MAX(line.id) AS id, NULL::integer AS order_id, sale.company_id,
                       %(currency)s AS currency_id, sale.oms_channel_id AS channel_id,
                       line.product_id, tmpl.categ_id,
                       COUNT(DISTINCT sale.id) FILTER (WHERE is_now) AS orders,
                       COALESCE(SUM(units) FILTER (WHERE is_now), 0) AS units,
                       COALESCE(SUM(units) FILTER (WHERE NOT is_now), 0)
                           AS units_before,
                       COALESCE(SUM(price) FILTER (WHERE is_now), 0) AS revenue,
                       COALESCE(SUM(price) FILTER (WHERE NOT is_now), 0)
                           AS revenue_before
                  FROM sale_order sale
                  JOIN sale_order_line line ON line.order_id = sale.id
                  JOIN %(company_rates)s ON company.id = sale.company_id
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template tmpl ON tmpl.id = product.product_tmpl_id
                  JOIN uom_uom unit ON unit.id = line.product_uom_id
                  JOIN uom_uom own_unit ON own_unit.id = tmpl.uom_id
            CROSS JOIN LATERAL (
                    SELECT sale.date_order >= %(start)s,
                           line.product_uom_qty * unit.factor / own_unit.factor,
                           line.price_subtotal * company.rate
                               / COALESCE(NULLIF(sale.currency_rate, 0), 1)
                ) AS fact(is_now, units, price)
                 WHERE sale.state = 'sale' AND line.display_type IS NULL
                   AND line.is_delivery IS NOT TRUE
                   AND sale.date_order >= %(before)s AND sale.date_order <= %(now)s
              GROUP BY sale.company_id, sale.oms_channel_id, line.product_id,
                       tmpl.categ_id
            ) AS sold
            """,
            currency=self.env.company.currency_id.id,
            company_rates=self._get_oms_company_rates(),
            now=now,
            start=now - period,
            before=now - 2 * period,
        )

    # === ACTIONS ===

    def action_open_orders(self):
        """Open the orders behind a line, of the period and the one before."""
        self.ensure_one()
        since = fields.Datetime.now() - 2 * timedelta(days=self._get_oms_days())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_order"
        )
        return action | {
            "name": self.product_id.display_name,
            "domain": [
                ("state", "=", "sale"),
                ("oms_channel_id", "=", self.channel_id.id),
                ("order_line.product_id", "=", self.product_id.id),
                ("date_order", ">=", since),
            ],
            "context": {},
        }
