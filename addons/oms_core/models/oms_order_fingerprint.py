# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 3


class OmsOrderFingerprint(models.Model):
    """A buyer with a basket, and the orders that had both of late.

    One row for each way to know the buyer: contact, e-mail, phone. Two transactions
    that capture the same order at the same moment meet at this row: the later one
    waits for the first, the database has it start again, and it finds the other
    order. Different orders never meet.
    """

    _name = "oms.order.fingerprint"
    _description = "Buyer and Basket of Recent Orders"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(required=True)
    order_ids = fields.Json(required=True)
    date = fields.Datetime(required=True)

    _key_uniq = models.Constraint("UNIQUE(key)", "This buyer and basket are known.")
    _date_idx = models.Index("(date)")

    # === BUSINESS ===

    @api.model
    def _find_duplicates(self, orders):
        """The earlier order that each of these repeats, in one statement.

        Of two orders of the batch the later one repeats the other. Cancelled orders
        do not count.

        :param orders: confirmed orders
        :return: [(order id, id of the order that it repeats)]
        """
        self._flush_what_is_compared()
        return self.env.execute_query(
            SQL(
                """
                WITH fresh AS (%(fresh)s), known AS (%(known)s),
                pairs AS MATERIALIZED (
                    SELECT DISTINCT mine.id::int AS mine_id, its.id::int AS other_id
                      FROM known
                CROSS JOIN JSONB_ARRAY_ELEMENTS_TEXT(known.order_ids) AS mine (id)
                CROSS JOIN JSONB_ARRAY_ELEMENTS_TEXT(known.order_ids) AS its (id)
                     WHERE mine.id != its.id
                )
                SELECT DISTINCT ON (fresh.id) fresh.id, other.id
                  FROM pairs
                  JOIN fresh ON fresh.id = pairs.mine_id
                  JOIN sale_order other ON other.id = pairs.other_id
                 WHERE other.state = 'sale'
                   AND other.date_order
                       BETWEEN fresh.date_order - fresh.span
                           AND fresh.date_order + fresh.span
                   AND ((other.date_order, other.id) < (fresh.date_order, fresh.id)
                        OR NOT EXISTS (SELECT FROM fresh ours WHERE ours.id = other.id))
              ORDER BY fresh.id, other.date_order, other.id
                """,
                fresh=self._get_fresh_query(orders),
                known=self._get_known_query(),
            )
        )

    def _flush_what_is_compared(self):
        for model, names in {
            "oms.channel": ["duplicate_minutes"],
            "product.product": ["default_code"],
            "res.partner": ["email_normalized", "phone"],
            "sale.order": ["company_id", "date_order", "partner_id", "state"],
            "sale.order.line": [
                *("display_type", "is_delivery", "oms_external_sku", "order_id"),
                *("product_id", "product_uom_id", "product_uom_qty"),
            ],
        }.items():
            self.env[model].flush_model(names)

    def _get_fresh_query(self, orders):
        """The orders with what tells their basket, and how far apart they may be.

        A SKU counts where it is not the product's own: unknown products share one.
        """
        return SQL(
            """
            SELECT sale.id, sale.company_id, sale.partner_id, sale.date_order,
                   channel.duplicate_minutes * INTERVAL '1 minute' AS span,
                   STRING_AGG(line.goods, ',' ORDER BY line.goods) AS basket
              FROM sale_order sale
              JOIN oms_channel channel ON channel.id = sale.oms_channel_id
              JOIN (
                    SELECT line.order_id,
                           CONCAT_WS(':', line.product_id, line.product_uom_id,
                               NULLIF(line.oms_external_sku, product.default_code),
                               TRIM_SCALE(SUM(line.product_uom_qty)::numeric)
                           ) AS goods
                      FROM sale_order_line line
                      JOIN product_product product ON product.id = line.product_id
                     WHERE line.order_id = ANY(%s)
                       AND line.display_type IS NULL
                       AND line.is_delivery IS NOT TRUE
                  GROUP BY line.order_id, line.product_id, line.product_uom_id,
                           NULLIF(line.oms_external_sku, product.default_code)
                   ) line ON line.order_id = sale.id
             WHERE sale.id = ANY(%s)
          GROUP BY sale.id, channel.id
            """,
            orders.ids,
            orders.ids,
        )

    def _get_known_query(self):
        """Adds the fresh orders to their rows; rows in order, against deadlocks."""
        return SQL(
            """
            INSERT INTO oms_order_fingerprint AS known (key, order_ids, date)
            SELECT MD5(CONCAT_WS('|', fresh.company_id, buyer.way, fresh.basket)),
                   JSONB_AGG(DISTINCT fresh.id), MAX(fresh.date_order)
              FROM fresh
              JOIN res_partner partner ON partner.id = fresh.partner_id
              JOIN LATERAL (VALUES
                   ('contact ' || partner.id),
                   ('mail ' || LOWER(partner.email_normalized)),
                   ('phone ' || NULLIF(
                       REGEXP_REPLACE(partner.phone, '[^0-9]', '', 'g'), ''))
                   ) AS buyer (way) ON buyer.way IS NOT NULL
          GROUP BY 1
          ORDER BY 1
                ON CONFLICT (key) DO UPDATE
               SET date = GREATEST(known.date, EXCLUDED.date),
                   order_ids = EXCLUDED.order_ids
                       || CASE WHEN known.date > EXCLUDED.date - INTERVAL '2 days'
                               THEN known.order_ids ELSE '[]' END
         RETURNING order_ids
            """
        )

    @api.autovacuum
    def _gc_old(self):
        """Forget what is older than any channel looks back."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.env.cr.execute(
            SQL("DELETE FROM oms_order_fingerprint WHERE date < %s", limit)
        )
