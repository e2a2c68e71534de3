# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from ..models.sale_order import PAYMENT_STATES, STATES


class OmsOrderReport(models.Model):
    """Orders and what they earn; one line is one order.

    Amounts are before tax, in the currency of the reader's company: from the
    order's currency at the order's own rate, as ``sale.report`` does.

    Cost is what the stock moves were worth when the goods left, less what came
    back; goods that have not left count with their product's cost of today.
    """

    _name = "oms.order.report"
    _description = "Orders and Margin"
    _inherit = "oms.report.mixin"
    _auto = False
    _rec_name = "order_id"
    _order = "date desc, id desc"
    _oms_ratios = {
        "basket": ("revenue", "orders"),
        "margin_rate": ("margin", "turnover"),
    }
    _depends = {
        "sale.order": [
            *("company_id", "currency_rate", "date_order", "oms_channel_id"),
            *("oms_payment_state", "oms_state", "partner_id", "partner_shipping_id"),
            *("state", "warehouse_id"),
        ],
        "sale.order.line": [
            *("discount", "display_type", "is_delivery", "order_id", "price_subtotal"),
            *("price_unit", "product_id", "product_uom_id", "product_uom_qty"),
        ],
        "stock.move": [
            *("location_dest_id", "location_final_id", "location_id", "product_id"),
            *("product_qty", "product_uom_qty", "quantity", "sale_line_id", "state"),
            "value",
        ],
        "account.move": ["move_type", "state"],
        "account.move.line": ["balance", "move_id", "sale_line_ids"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["type", "uom_id"],
        "res.partner": ["country_id"],
        "uom.uom": ["factor"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    channel_id = fields.Many2one("oms.channel", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", "Node", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    country_id = fields.Many2one("res.country", "Ship to Country", readonly=True)
    date = fields.Datetime("Order Date", readonly=True)
    state = fields.Selection(
        [
            ("draft", "Quotation"),
            ("sent", "Quotation Sent"),
            ("sale", "Order"),
            ("cancel", "Cancelled"),
        ],
        "Status",
        readonly=True,
    )
    oms_state = fields.Selection(STATES, "Order State", readonly=True)
    oms_payment_state = fields.Selection(PAYMENT_STATES, "Payment", readonly=True)
    orders = fields.Integer(readonly=True, help="How many orders.")
    units = fields.Float(
        readonly=True,
        help="Goods ordered, in the products' own units; a kit is one, services none.",
    )
    revenue = fields.Monetary(
        readonly=True,
        help="What was sold, before tax and after discounts, without shipping.",
    )
    shipping = fields.Monetary(
        "Shipping Charged",
        readonly=True,
        help="What buyers pay for delivery, before tax.",
    )
    discount = fields.Monetary(
        readonly=True,
        help="Given away: percentages on lines, and lines below zero. The revenue is "
        "what is left.",
    )
    refunds = fields.Monetary(
        readonly=True, help="Posted credit notes, before tax, shipping included."
    )
    turnover = fields.Monetary(
        "Net Sales", readonly=True, help="Revenue and shipping less refunds."
    )
    cost = fields.Monetary(
        readonly=True,
        help="Value of the stock moves that left, less those that came back; what "
        "has not left counts with the product's cost of today.",
    )
    margin = fields.Monetary(
        readonly=True,
        help="Net sales less cost of the goods. What carriers and channels charge "
        "the merchant is not in it.",
    )
    margin_rate = fields.Float(
        "Margin (%)",
        readonly=True,
        aggregator="avg",
        help="Margin as a share of net sales; in totals, of their sums.",
    )
    basket = fields.Monetary(
        "Average Basket",
        readonly=True,
        aggregator="avg",
        help="Revenue per order, without shipping.",
    )

    # === QUERY ===

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT amount.*,
                   turnover - cost AS margin,
                   (turnover - cost) / NULLIF(turnover, 0) AS margin_rate,
                   revenue AS basket
              FROM (
                SELECT sale.id, sale.id AS order_id, sale.company_id,
                       %(currency)s AS currency_id,
                       sale.oms_channel_id AS channel_id, sale.warehouse_id,
                       sale.partner_id, place.country_id, sale.date_order AS date,
                       sale.state, sale.oms_state, sale.oms_payment_state,
                       1 AS orders,
                       COALESCE(line.units, 0) AS units,
                       COALESCE(line.revenue, 0) * price.rate AS revenue,
                       COALESCE(line.shipping, 0) * price.rate AS shipping,
                       COALESCE(line.discount, 0) * price.rate AS discount,
                       COALESCE(line.cost, 0) * company.rate AS cost,
                       COALESCE(credit.refunds, 0) * company.rate AS refunds,
                       COALESCE(line.revenue + line.shipping, 0) * price.rate
                           - COALESCE(credit.refunds, 0) * company.rate AS turnover
                  FROM sale_order sale
                  JOIN %(company_rates)s ON company.id = sale.company_id
                  JOIN res_partner place ON place.id = sale.partner_shipping_id
            CROSS JOIN LATERAL (
                    SELECT company.rate / COALESCE(NULLIF(sale.currency_rate, 0), 1)
                ) AS price(rate)
            CROSS JOIN LATERAL (%(lines)s) AS line
            CROSS JOIN LATERAL (%(credits)s) AS credit
            ) AS amount
            """,
            currency=self.env.company.currency_id.id,
            company_rates=self._get_oms_company_rates(),
            lines=self._query_lines(),
            credits=self._query_credits(),
        )

    def _query_lines(self):
        """Amounts of the lines of one ``sale``: sales in its own currency, cost in
        that of its company."""
        return SQL(
            """
            SELECT SUM(quantity.units) FILTER (WHERE tmpl.type = 'consu') AS units,
                   SUM(CASE WHEN line.is_delivery THEN 0
                            ELSE line.price_subtotal END) AS revenue,
                   SUM(CASE WHEN line.is_delivery THEN line.price_subtotal
                            ELSE 0 END) AS shipping,
                   SUM(CASE WHEN line.is_delivery THEN 0
                            WHEN line.price_subtotal < 0 THEN -line.price_subtotal
                            WHEN line.discount >= 100
                                THEN line.price_unit * line.product_uom_qty
                            ELSE line.price_subtotal * line.discount
                                / (100 - line.discount) END) AS discount,
                   SUM(CASE WHEN line.is_delivery THEN 0
                            ELSE COALESCE(goods.cost,
                                quantity.units * %(own_cost)s) END) AS cost
              FROM sale_order_line line
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template tmpl ON tmpl.id = product.product_tmpl_id
              JOIN uom_uom unit ON unit.id = line.product_uom_id
              JOIN uom_uom own_unit ON own_unit.id = tmpl.uom_id
        CROSS JOIN LATERAL (
                SELECT line.product_uom_qty * unit.factor / own_unit.factor
            ) AS quantity(units)
        CROSS JOIN LATERAL (%(goods)s) AS goods
             WHERE line.order_id = sale.id AND line.display_type IS NULL
            """,
            own_cost=SQL(
                "COALESCE((product.standard_price ->> sale.company_id::text)"
                "::numeric, 0)"
            ),
            goods=self._query_goods(),
        )

    def _query_goods(self):
        """What the goods of one ``line`` cost, components of kits included.

        NULL: no move carries them, as those of a held order or a service.
        """
        return SQL(
            """
            SELECT SUM(CASE
                       WHEN back.usage = 'customer' THEN -worth.value
                       ELSE worth.value END) AS cost
              FROM stock_move move
              JOIN stock_location here ON here.id = move.location_dest_id
              JOIN stock_location back ON back.id = move.location_id
         LEFT JOIN stock_location goal ON goal.id = move.location_final_id
              JOIN product_product part ON part.id = move.product_id
        CROSS JOIN LATERAL (
                SELECT CASE
                    WHEN move.state = 'done' AND move.value != 0 THEN move.value
                    ELSE COALESCE((part.standard_price ->> sale.company_id::text)
                            ::numeric, 0)
                        * CASE WHEN move.state = 'done'
                               THEN move.quantity * move.product_qty
                                   / NULLIF(move.product_uom_qty, 0)
                               ELSE move.product_qty END
                    END
            ) AS worth(value)
             WHERE move.sale_line_id = line.id
               AND move.state != 'cancel'
               AND (here.usage = 'customer'
                    OR (goal.usage = 'customer' AND move.state != 'done')
                    OR (back.usage = 'customer' AND move.state = 'done'))
            """
        )

    def _query_credits(self):
        """Posted credit notes of one ``sale``, in the currency of its company."""
        return SQL(
            """
            SELECT SUM(item.balance) AS refunds
              FROM account_move_line item
              JOIN account_move credit ON credit.id = item.move_id
             WHERE credit.state = 'posted'
               AND credit.move_type = 'out_refund'
               AND item.id IN (
                    SELECT link.invoice_line_id
                      FROM sale_order_line_invoice_rel link
                      JOIN sale_order_line sold ON sold.id = link.order_line_id
                     WHERE sold.order_id = sale.id)
            """
        )
