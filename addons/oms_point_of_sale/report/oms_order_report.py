# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

COLUMNS = (
    "id",
    "order_id",
    "company_id",
    "currency_id",
    "channel_id",
    "warehouse_id",
    "partner_id",
    "country_id",
    "date",
    "state",
    "oms_state",
    "oms_payment_state",
    "orders",
    "units",
    "revenue",
    "shipping",
    "discount",
    "cost",
    "refunds",
    "turnover",
    "margin",
    "margin_rate",
    "basket",
)


class OmsOrderReport(models.Model):
    """Receipts beside orders; what settles an order is in that order's line."""

    _inherit = "oms.order.report"
    _depends = {
        "pos.config": ["picking_type_id"],
        "pos.order": [
            *("company_id", "currency_rate", "date_order", "oms_channel_id"),
            *("oms_state", "partner_id", "session_id", "shipping_date", "state"),
        ],
        "pos.order.line": [
            *("discount", "is_total_cost_computed", "order_id", "price_subtotal"),
            *("product_id", "qty", "sale_order_origin_id", "total_cost"),
        ],
        "stock.picking.type": ["warehouse_id"],
        "stock.warehouse": ["partner_id"],
    }

    pos_order_id = fields.Many2one("pos.order", "Receipt", readonly=True)

    # === QUERY ===

    @property
    def _table_query(self):
        columns = SQL(", ").join(SQL.identifier(name) for name in COLUMNS)
        return SQL(
            """
            SELECT %(columns)s, NULL::integer AS pos_order_id FROM (%(sales)s) AS sale
             UNION ALL
            SELECT %(columns)s, pos_order_id FROM (%(receipts)s) AS receipt
            """,
            columns=columns,
            sales=super()._table_query,
            receipts=self._query_receipts(),
        )

    def _query_receipts(self):
        """One line is one receipt that is paid; its id is below zero.

        What comes back over the counter is refunded, as a credit note is.
        """
        return SQL(
            """
            SELECT amount.*, revenue - refunds AS turnover,
                   revenue - refunds - cost AS margin,
                   (revenue - refunds - cost) / NULLIF(revenue - refunds, 0)
                       AS margin_rate,
                   revenue AS basket
              FROM (
                SELECT -receipt.id AS id, NULL::integer AS order_id,
                       receipt.id AS pos_order_id, receipt.company_id,
                       %(currency)s AS currency_id,
                       receipt.oms_channel_id AS channel_id, type.warehouse_id,
                       receipt.partner_id,
                       CASE WHEN receipt.shipping_date IS NULL THEN shop.country_id
                            ELSE buyer.country_id END AS country_id,
                       receipt.date_order AS date, 'sale' AS state,
                       receipt.oms_state, 'paid' AS oms_payment_state,
                       line.orders, line.units,
                       line.revenue * price.rate AS revenue,
                       0::numeric AS shipping,
                       line.discount * price.rate AS discount,
                       line.cost * price.rate + line.own_cost * company.rate AS cost,
                       line.refunds * price.rate AS refunds
                  FROM pos_order receipt
                  JOIN %(company_rates)s ON company.id = receipt.company_id
                  JOIN pos_session session ON session.id = receipt.session_id
                  JOIN pos_config config ON config.id = session.config_id
                  JOIN stock_picking_type type ON type.id = config.picking_type_id
             LEFT JOIN stock_warehouse place ON place.id = type.warehouse_id
             LEFT JOIN res_partner shop ON shop.id = place.partner_id
             LEFT JOIN res_partner buyer ON buyer.id = receipt.partner_id
            CROSS JOIN LATERAL (
                    SELECT company.rate
                         / COALESCE(NULLIF(receipt.currency_rate, 0), 1)::numeric
                ) AS price(rate)
            CROSS JOIN LATERAL (%(lines)s) AS line
                 WHERE receipt.state IN ('paid', 'done')
            ) AS amount
            """,
            currency=self.env.company.currency_id.id,
            company_rates=self._get_oms_company_rates(),
            lines=self._query_receipt_lines(),
        )

    def _query_receipt_lines(self):
        """Amounts of one ``receipt``, in its currency; cost that is not known before
        the session is closed in that of the company, at the product's cost of today."""
        return SQL(
            """
            SELECT MAX(CASE WHEN line.qty > 0 THEN 1 ELSE 0 END) AS orders,
                   COALESCE(SUM(line.qty) FILTER (
                       WHERE line.qty > 0 AND tmpl.type = 'consu'), 0) AS units,
                   COALESCE(SUM(line.price_subtotal) FILTER (
                       WHERE line.qty > 0), 0) AS revenue,
                   COALESCE(-SUM(line.price_subtotal) FILTER (
                       WHERE line.qty <= 0), 0) AS refunds,
                   COALESCE(SUM(CASE
                       WHEN line.discount >= 100 THEN line.price_unit * line.qty
                       ELSE line.price_subtotal * line.discount
                           / (100 - line.discount) END) FILTER (
                       WHERE line.qty > 0), 0) AS discount,
                   COALESCE(SUM(line.total_cost) FILTER (
                       WHERE line.is_total_cost_computed), 0) AS cost,
                   COALESCE(SUM(line.qty * (product.standard_price
                           ->> receipt.company_id::text)::numeric) FILTER (
                       WHERE line.is_total_cost_computed IS NOT TRUE), 0) AS own_cost
              FROM pos_order_line line
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template tmpl ON tmpl.id = product.product_tmpl_id
             WHERE line.order_id = receipt.id AND line.sale_order_origin_id IS NULL
            HAVING COUNT(*) > 0
            """
        )

    # === ACTIONS ===

    @api.readonly
    def action_open_order(self):
        """Override of `oms_core`: a receipt is opened as one."""
        self.ensure_one()
        if not self.pos_order_id:
            return super().action_open_order()
        return {
            "type": "ir.actions.act_window",
            "name": self.pos_order_id.display_name,
            "res_model": "pos.order",
            "res_id": self.pos_order_id.id,
            "views": [[False, "form"]],
        }
