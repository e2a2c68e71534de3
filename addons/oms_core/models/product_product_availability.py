# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import SQL

from ..engine.availability import Availability, Shelves
from .availability_sql import CHANGES, CHANNEL_NODES, HELD_LINES, get_offers

# Kinds of rows that the statement gives.
SHELF, OFFER, GOODS, KIT = 1, 2, 3, 4
STATEMENT = """
    WITH goods AS MATERIALIZED (
        SELECT product.id FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE product.id = ANY(%(products)s) AND template.is_storable
    ), node AS MATERIALIZED (
        SELECT id, company_id FROM stock_warehouse WHERE id = ANY(%(warehouses)s)
    ), wanted_channel AS (
        SELECT unnest(%(channels)s::int[]) AS id
    ), recipe AS MATERIALIZED (
        SELECT * FROM unnest(%(kits)s::int[], %(companies)s::int[],
                             %(parts)s::int[], %(per_kits)s::float8[])
            AS recipe (kit_id, company_id, part_id, per_kit)
    ), due AS (
        SELECT %(until)s::timestamp AS date
    ), held AS MATERIALIZED (%(held)s), %(changes)s, promise AS (
        SELECT product_id, warehouse_id, on_hand, promised, waiting, safety,
               incoming, on_hand - promised - safety
                   + CASE WHEN due.date IS NULL THEN 0 ELSE incoming END AS available
          FROM shelf
    CROSS JOIN due
         %(kit_items)s
    ), item AS MATERIALIZED (
        SELECT promise.*,
               GREATEST(available, 0) - LEAST(waiting, GREATEST(-available, 0))
                   AS share
          FROM promise
    ), %(channel_nodes)s, %(offers)s
    -- What is nothing is not sent, nor what follows from the rest.
    SELECT 1 AS kind, product_id, warehouse_id AS key, NULLIF(on_hand, 0),
           NULLIF(promised, 0), NULLIF(waiting, 0), NULLIF(safety, 0),
           NULLIF(incoming, 0), %(sent_available)s
      FROM item
     UNION ALL
    SELECT 2, product_id, channel_id, NULL, NULL, NULL, NULL, NULL, sellable
      FROM offer WHERE sellable > 0
     UNION ALL
    SELECT 3, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM goods WHERE id = ANY(%(asked)s)
     UNION ALL
    SELECT DISTINCT 4, product.id, NULL::int, NULL::float8, NULL::float8,
           NULL::float8, NULL::float8, NULL::float8, NULL::float8
      FROM product_product product
      JOIN mrp_bom bom ON bom.product_tmpl_id = product.product_tmpl_id
       AND (bom.product_id IS NULL OR bom.product_id = product.id)
     WHERE bom.type = 'phantom' AND bom.active
       AND (bom.company_id IS NULL
            OR bom.company_id IN (SELECT company_id FROM node))
       AND (product.id = ANY(%(asked)s)
            OR product.id IN (SELECT product_id FROM held))
"""
# What becomes of the shelves when there are kits: parts that nobody asked for go, and
# kits come, as many as their scarcest part allows.
KIT_ITEMS = """
         WHERE product_id = ANY(%(asked)s)
           AND NOT EXISTS (SELECT 1 FROM recipe WHERE kit_id = shelf.product_id
                              AND recipe.company_id = (SELECT company_id FROM node
                                  WHERE node.id = shelf.warehouse_id))
         UNION ALL
        SELECT kit_id, warehouse_id, FLOOR(MIN(on_hand / per_kit) + 1e-6), 0, 0, 0,
               FLOOR(MIN((free + incoming) / per_kit) + 1e-6)
                   - FLOOR(MIN(free / per_kit) + 1e-6),
               FLOOR(MIN((free + counted) / per_kit) + 1e-6)
          FROM (
            SELECT recipe.kit_id, node.id AS warehouse_id, recipe.per_kit,
                   COALESCE(on_hand, 0) AS on_hand,
                   COALESCE(on_hand - promised - safety, 0) AS free,
                   COALESCE(incoming, 0) AS incoming,
                   CASE WHEN due.date IS NULL THEN 0 ELSE COALESCE(incoming, 0) END
                       AS counted
              FROM recipe
              JOIN goods ON goods.id = recipe.part_id
              JOIN node ON node.company_id = recipe.company_id
        CROSS JOIN due
         LEFT JOIN shelf ON shelf.product_id = recipe.part_id
               AND shelf.warehouse_id = node.id
          ) AS part
         WHERE kit_id = ANY(%(asked)s)
         GROUP BY kit_id, warehouse_id
"""
# What the statement reads: written before it, if it is still in memory.
READS = {
    "mrp.bom": ["active", "company_id", "product_id", "product_tmpl_id", "type"],
    "oms.channel": [
        *("buffer_cap", "buffer_percent", "buffer_quantity"),
        *("company_id", "warehouse_ids"),
    ],
    "oms.hold": ["is_open", "order_id", "type_id"],
    "oms.hold.type": ["blocks_allocate"],
    "oms.safety.stock": ["product_id", "quantity", "warehouse_id"],
    "product.template": ["is_storable", "uom_id"],
    "sale.order": ["company_id", "state", "warehouse_id"],
    "sale.order.line": [
        *("order_id", "product_id", "product_uom_id", "product_uom_qty"),
        "warehouse_id",
    ],
    "stock.location": ["usage", "warehouse_id"],
    "stock.move": [
        *("date", "location_dest_id", "location_final_id", "location_id"),
        *("move_dest_ids", "product_id", "product_qty", "sale_line_id", "state"),
    ],
    "stock.quant": ["location_id", "product_id", "quantity"],
    "stock.warehouse": ["active", "company_id"],
}


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_oms_availability(self, warehouses=None, channels=None, until=None):
        """What can still be promised: the one truth, for any number of everything.

        On hand less every open demand, reserved or not, of orders that a hold keeps
        from asking for goods too; less safety stock. With ``until`` also what is
        expected by then. Kits by those of their parts that are kept in stock. A
        service, and a kit of services, is not in the answer.

        One statement; kits, if there are any, cost a few to read their bills of
        materials, whatever their number. The arithmetic is told in
        ``engine/availability.py``.

        :param warehouses: recordset; default all active ones of the companies
        :param channels: ``oms.channel``: also what each may sell of what its own
            places, among the warehouses, have together
        :param datetime until: count what is expected by this moment, in UTC
        :return: :class:`~odoo.addons.oms_core.engine.availability.Availability`
        """
        if warehouses is None:
            warehouses = self.env["stock.warehouse"].search(
                [("company_id", "in", self.env.companies.ids)]
            )
        channels = channels or self.env["oms.channel"]
        if not self.ids or not warehouses.ids:
            return Availability()
        for model, fields in READS.items():
            self.env[model].flush_model(fields)
        rows = self._read_oms_availability(warehouses, channels, until, [])
        recipes = []
        if kits := [row[1] for row in rows if row[0] == KIT]:
            recipes = self.browse(kits)._get_oms_recipes(warehouses.company_id)
        if recipes:
            rows = self._read_oms_availability(warehouses, channels, until, recipes)
        goods = {row[1] for row in rows if row[0] == GOODS}
        return Availability(
            stock=Shelves(
                facts={row[1:3]: row[3:] for row in rows if row[0] == SHELF},
                goods=goods.difference(recipe[0] for recipe in recipes),
                nodes=set(warehouses.ids),
                with_incoming=bool(until),
            ),
            channels={row[1:3]: round(row[8], 6) for row in rows if row[0] == OFFER},
        )

    def _read_oms_availability(self, warehouses, channels, until, recipes):
        columns = [list(column) for column in zip(*recipes, strict=True)]
        kits, companies, parts, per_kits = columns or [[]] * 4
        self.env.cr.execute(
            SQL(
                STATEMENT,
                asked=self.ids,
                products=[*self.ids, *parts],
                warehouses=warehouses.ids,
                channels=channels.ids,
                until=until or None,
                kits=kits,
                companies=companies,
                parts=parts,
                per_kits=per_kits,
                held=HELD_LINES,
                changes=CHANGES,
                channel_nodes=CHANNEL_NODES,
                offers=get_offers(channels.ids),
                kit_items=SQL(KIT_ITEMS, asked=self.ids) if recipes else SQL(),
                sent_available=SQL(
                    "CASE WHEN product_id = ANY(%s) THEN available END", kits
                )
                if recipes
                else SQL("NULL"),
            )
        )
        return self.env.cr.fetchall()

    def _get_oms_recipes(self, companies):
        """Rows (kit, company, part, quantity per kit): a company has its own BoMs."""
        return [
            (kit, company.id, part, per_kit)
            for company in companies
            for kit, parts in self._get_oms_kit_components(company).items()
            for part, per_kit in parts.items()
        ]

    def _get_oms_incoming(self, warehouses, until=None):
        """What is expected to arrive at any of these places: {product id: quantity}."""
        answer = self._get_oms_availability(warehouses, until=until)
        incoming = dict.fromkeys(self.ids, 0.0)
        for (product, _warehouse), stock in answer.stock.items():
            incoming[product] += stock.incoming
        return incoming
