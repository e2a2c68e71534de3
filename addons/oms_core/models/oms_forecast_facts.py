# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Days of demand that are looked at.
HISTORY = 180
# Receipts of so many days tell how punctual a vendor is, if there are enough.
RECEIPTS, ENOUGH_RECEIPTS = 365, 3
# What left for buyers or should have, and what is asked for, by product, place and day.
DEMANDS = """
        SELECT move.product_id, place.warehouse_id, asked.day,
               MIN(product.create_date)::date AS born,
               SUM(asked.quantity)::float
          FROM stock_move move
          JOIN product_product product ON product.id = move.product_id
          JOIN stock_location place ON place.id = move.location_id
          JOIN stock_location here ON here.id = move.location_dest_id
     LEFT JOIN stock_location goal ON goal.id = move.location_final_id
     LEFT JOIN stock_picking parcel ON parcel.id = move.picking_id
     LEFT JOIN sale_order_line line ON line.id = move.sale_line_id
     LEFT JOIN sale_order sale ON sale.id = line.order_id
    CROSS JOIN LATERAL (
            SELECT CASE WHEN move.state = 'done' THEN move.date
                        ELSE COALESCE(sale.date_order, move.create_date)
                        END::date,
                   CASE WHEN move.state = 'done' THEN GREATEST(
                            move.product_qty,
                            move.quantity * move.product_qty
                            / NULLIF(move.product_uom_qty, 0))
                        ELSE move.product_qty END
        ) AS asked(day, quantity)
         WHERE move.product_id = ANY(%(products)s)
           AND place.usage = 'internal' AND place.warehouse_id IS NOT NULL
           AND (here.usage = 'customer'
                OR (goal.usage = 'customer' AND move.state != 'done'))
           AND (move.state IN ('done', 'waiting', 'confirmed', 'assigned',
                               'partially_available')
                OR (move.state = 'cancel' AND (
                    parcel.state = 'done'
                    OR (sale.oms_unfillable AND sale.state = 'cancel'))))
           AND asked.day >= %(start)s AND asked.day < %(today)s
      GROUP BY move.product_id, place.warehouse_id, asked.day
"""
# Days that the first vendor of a product takes to each place, and how they vary.
LEAD_TIMES = """
        SELECT product.id, node.id, vendor.delay, receipt.deviation
          FROM product_product product
    CROSS JOIN stock_warehouse node
     LEFT JOIN LATERAL (
            SELECT delay FROM product_supplierinfo info
             WHERE info.product_tmpl_id = product.product_tmpl_id
               AND (info.product_id IS NULL OR info.product_id = product.id)
               AND (info.company_id IS NULL
                    OR info.company_id = node.company_id)
          ORDER BY info.product_id NULLS LAST, info.sequence, info.id
             LIMIT 1
        ) AS vendor ON TRUE
     LEFT JOIN (
            SELECT move.product_id, place.warehouse_id,
                   STDDEV_SAMP(EXTRACT(EPOCH FROM move.date - move.create_date)
                       / 86400)::float AS deviation
              FROM stock_move move
              JOIN stock_location place ON place.id = move.location_dest_id
              JOIN stock_location origin ON origin.id = move.location_id
             WHERE move.product_id = ANY(%(products)s)
               AND move.state = 'done' AND move.date >= %(since)s
               AND origin.usage = 'supplier' AND place.usage = 'internal'
          GROUP BY move.product_id, place.warehouse_id
            HAVING COUNT(*) >= %(enough)s
        ) AS receipt ON receipt.product_id = product.id
                    AND receipt.warehouse_id = node.id
         WHERE product.id = ANY(%(products)s)
           AND (vendor.delay IS NOT NULL OR receipt.deviation IS NOT NULL)
"""


class OmsForecast(models.Model):
    """What the forecast is made from; each answer is one statement."""

    _inherit = "oms.forecast"

    @api.model
    def _get_product_ids(self):
        """Products that lie somewhere, were asked for, or had a forecast."""
        self.env["stock.move"].flush_model()
        self.env["stock.quant"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT product.id
                  FROM product_product product
                  JOIN product_template tmpl ON tmpl.id = product.product_tmpl_id
                 WHERE product.active AND tmpl.is_storable
                   AND (EXISTS (SELECT FROM stock_quant
                                 WHERE product_id = product.id AND quantity != 0)
                        OR EXISTS (SELECT FROM stock_move
                                    WHERE product_id = product.id AND date >= %s)
                        OR EXISTS (SELECT FROM oms_forecast
                                    WHERE product_id = product.id))
              ORDER BY product.id
                """,
                fields.Datetime.now() - timedelta(days=HISTORY),
            )
        )
        return [product_id for [product_id] in rows]

    def _read_known(self, product_ids):
        return self.env.execute_query(
            SQL(
                "SELECT product_id, warehouse_id FROM oms_forecast"
                " WHERE product_id = ANY(%s)",
                list(product_ids),
            )
        )

    def _read_demands(self, product_ids):
        """Demand of each product at each place, day by day, oldest first.

        Goods that went to buyers count on the day on which they left, with what
        should have left and was given up; goods that are still asked for, and those
        of an order cancelled as unfillable, on the day of the order.

        A product that is younger than the history begins with its own first day.

        :return: {(product id, warehouse id): [quantity of each day]}
        """
        today = fields.Date.today()
        start = today - timedelta(days=HISTORY)
        rows = self._read_daily_demands(product_ids, start, today)
        demands, first_days = {}, {}
        for product_id, warehouse_id, day, born, quantity in rows:
            key = product_id, warehouse_id
            demands.setdefault(key, [0.0] * HISTORY)[(day - start).days] = quantity
            # Goods may have been sold before their record here was made.
            first_days[key] = min(first_days.get(key, max(born, start)), day)
        return {
            key: days[(first_days[key] - start).days :] for key, days in demands.items()
        }

    def _read_daily_demands(self, product_ids, start, end):
        """Rows (product id, warehouse id, day, day of its record, quantity)."""
        for model in ("stock.move", "stock.picking", "sale.order", "sale.order.line"):
            self.env[model].flush_model()
        return self.env.execute_query(
            SQL(DEMANDS, products=list(product_ids), start=start, today=end)
        )

    def _read_stocks(self, product_ids):
        """As the stock cover says: {(product id, warehouse id): (free, incoming)}."""
        lines = self.env["oms.cover.report"].search_fetch(
            [("product_id", "in", list(product_ids))],
            ["product_id", "warehouse_id", "free", "incoming"],
        )
        return {
            (line.product_id.id, line.warehouse_id.id): (line.free, line.incoming)
            for line in lines
        }

    def _read_lead_times(self, product_ids):
        """Days until a vendor delivers, and how they vary.

        The first vendor of the product in the company of the place; the variance is
        that of its receipts there.

        :return: {(product id, warehouse id): (days or None, standard deviation)}
        """
        self.env["product.supplierinfo"].flush_model()
        rows = self.env.execute_query(
            SQL(
                LEAD_TIMES,
                products=list(product_ids),
                since=fields.Datetime.now() - timedelta(days=RECEIPTS),
                enough=ENOUGH_RECEIPTS,
            )
        )
        return {
            (product_id, warehouse_id): (days, deviation or 0.0)
            for product_id, warehouse_id, days, deviation in rows
        }
