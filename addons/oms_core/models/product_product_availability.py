# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from itertools import product

from odoo import api, models
from odoo.tools import SQL

from ..engine.availability import Availability, Buffer, Stock, get_offers
from .availability_sql import (
    CHANNEL_NODES,
    HELD_LINES,
    SHELF_SUM,
    SHELF_TERMS,
    WAITING,
    get_changes,
)

# What each row of the answer is about.
NODE, WAITS, GOODS, KIT, SERVES, BUFFER = 1, 2, 3, 4, 5, 6
STATEMENT = """
    WITH asked AS MATERIALIZED (
        SELECT unnest(%(products)s::int[]) AS id
    ), goods AS MATERIALIZED (
        SELECT product.id FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE template.is_storable AND product.id = ANY(%(wanted)s)
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
    ), unmoved AS MATERIALIZED (%(unmoved)s), %(changes)s, shelf AS (
        %(shelf)s
    ), promise AS (
        %(promise)s
    ), %(channel_nodes)s
    -- Arrays: twenty thousand rows take longer to send than to find.
    SELECT %(node)s AS kind, warehouse_id AS about, array_agg(product_id) AS ids,
           array_agg(round(available * 1e6) / 1e6) AS figures %(terms)s
      FROM promise GROUP BY warehouse_id
     UNION ALL
    SELECT %(waits)s, warehouse_id, array_agg(product_id),
           array_agg(waiting) %(no_terms)s
      FROM (%(waiting)s) AS unmoved_sum GROUP BY warehouse_id
     UNION ALL
    SELECT %(goods)s, NULL, array_agg(id), NULL %(no_terms)s
      FROM goods WHERE id IN (SELECT id FROM asked)
     UNION ALL
    SELECT %(serves)s, channel_id, array_agg(warehouse_id), NULL %(no_terms)s
      FROM channel_node GROUP BY channel_id
     UNION ALL
    SELECT %(buffer)s, channel.id, NULL,
           ARRAY[COALESCE(buffer_quantity, 0), COALESCE(buffer_percent, 0),
                 COALESCE(buffer_cap, 0)]::float8[] %(no_terms)s
      FROM oms_channel channel
      JOIN wanted_channel ON wanted_channel.id = channel.id
     UNION ALL
    SELECT %(kit)s, NULL, array_agg(DISTINCT product.id), NULL %(no_terms)s
      FROM product_product product
      JOIN mrp_bom bom ON bom.product_tmpl_id = product.product_tmpl_id
       AND (bom.product_id IS NULL OR bom.product_id = product.id)
     WHERE bom.type = 'phantom' AND bom.active
       AND (bom.company_id IS NULL
            OR bom.company_id IN (SELECT company_id FROM node))
       AND (product.id IN (SELECT id FROM asked)
            OR product.id IN (SELECT product_id FROM unmoved))
"""
PROMISE_SUM = SQL("SELECT product_id, warehouse_id, available FROM shelf")
PROMISE_TERMS = """
        SELECT product_id, warehouse_id, on_hand, promised, safety, incoming,
               on_hand - promised - safety + incoming * %(counts)s AS available
          FROM shelf
         %(kit_items)s
"""
TERMS = SQL(
    ", array_agg(on_hand), array_agg(promised), array_agg(safety), array_agg(incoming)"
)
NO_TERMS = SQL(", NULL" * 4)
# What becomes of the shelves when there are kits: parts that nobody asked for go, and
# kits come, as many as their scarcest part allows.
KIT_ITEMS = """
         WHERE product_id IN (SELECT id FROM asked)
           AND NOT EXISTS (SELECT 1 FROM recipe WHERE kit_id = shelf.product_id
                              AND recipe.company_id = (SELECT company_id FROM node
                                  WHERE node.id = shelf.warehouse_id))
         UNION ALL
        SELECT kit_id, warehouse_id, FLOOR(MIN(on_hand / per_kit) + 1e-6), 0, 0,
               FLOOR(MIN((free + incoming) / per_kit) + 1e-6)
                   - FLOOR(MIN(free / per_kit) + 1e-6),
               FLOOR(MIN((free + incoming * %(counts)s) / per_kit) + 1e-6)
          FROM (
            SELECT recipe.kit_id, node.id AS warehouse_id, recipe.per_kit,
                   COALESCE(on_hand, 0) AS on_hand,
                   COALESCE(on_hand - promised - safety, 0) AS free,
                   COALESCE(incoming, 0) AS incoming
              FROM recipe
              JOIN goods ON goods.id = recipe.part_id
              JOIN node ON node.company_id = recipe.company_id
         LEFT JOIN shelf ON shelf.product_id = recipe.part_id
               AND shelf.warehouse_id = node.id
          ) AS part
         WHERE kit_id IN (SELECT id FROM asked)
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

    def _get_oms_availability(
        self, warehouses=None, channels=None, until=None, *, with_terms=False
    ):
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
        :param bool with_terms: also what the quantities are made of, in ``stock``
        :return: :class:`~odoo.addons.oms_core.engine.availability.Availability`
        """
        if warehouses is None:
            warehouses = self.env["stock.warehouse"].search(
                [("company_id", "in", self.env.companies.ids)]
            )
        channels = channels or self.env["oms.channel"]
        if not self.ids or not warehouses.ids:
            return Availability()
        for model, fields in self._get_oms_availability_reads().items():
            self.env[model].flush_model(fields)
        ask = (warehouses, channels, until, with_terms)
        found = self._read_oms_availability(*ask, [])
        recipes = []
        [(_about, kits, *_rest)] = found[KIT]
        if kits:
            recipes = self.browse(kits)._get_oms_recipes(warehouses.company_id)
        if recipes:
            found = self._read_oms_availability(*ask, recipes)
        kits = {recipe[0] for recipe in recipes}
        return self._prepare_oms_availability(found, kits, frozenset(warehouses.ids))

    # === HOOKS ===

    @api.model
    def _query_oms_unmoved_demand(self):
        """Goods that are promised, or gone already, and that no stock move tells of.

        Extend it with UNION ALL, and the fields that it reads with
        :meth:`_get_oms_availability_reads`.

        :return: SQL with product_id, company_id, warehouse_id, quantity (in the
            product's own unit) and waits: whether the goods may come from another
            place once they are asked for
        """
        return HELD_LINES

    @api.model
    def _get_oms_availability_reads(self):
        """{model: fields} to be written before the database is asked."""
        return READS

    # === STATEMENT ===

    def _prepare_oms_availability(self, found, kits, nodes):
        [(_about, goods, *_rest)] = found[GOODS]
        goods = set(goods or ()) - kits
        shelves, waits = (
            {
                place: dict(zip(products, quantities, strict=True))
                for place, products, quantities, *_terms in found[kind]
            }
            for kind in (NODE, WAITS)
        )
        stock = {}
        if found[NODE] and found[NODE][0][3:]:
            stock = dict.fromkeys(product(goods, nodes), Stock())
            stock |= self._prepare_oms_stock(found[NODE], waits)
        return Availability(
            shelves=shelves,
            goods=goods,
            nodes=nodes,
            channels=get_offers(
                shelves,
                waits,
                {channel: places for channel, places, *_rest in found[SERVES]},
                {
                    channel: Buffer(*buffer)
                    for channel, _ids, buffer, *_rest in found[BUFFER]
                },
            ),
            stock=stock,
        )

    def _prepare_oms_stock(self, rows, waits):
        """The terms of each quantity: {(product id, warehouse id): ``Stock``}"""
        return {
            (product_id, place): Stock(
                *(on_hand, promised, waits.get(place, {}).get(product_id, 0.0)),
                *facts,
            )
            for place, products, quantities, *terms in rows
            for product_id, on_hand, promised, *facts in zip(
                products, *terms, quantities, strict=True
            )
        }

    def _read_oms_availability(self, warehouses, channels, until, with_terms, recipes):
        """{kind: rows of (whose, ids, figures, and the terms if asked)}"""
        columns = [list(column) for column in zip(*recipes, strict=True)]
        kits, companies, parts, per_kits = columns or [[]] * 4
        counts = SQL("1" if until else "0")
        if with_terms or recipes:
            kit_items = SQL(KIT_ITEMS, counts=counts) if recipes else SQL()
            pieces = {
                "shelf": SHELF_TERMS,
                "changes": get_changes(with_terms=True, with_incoming=True),
                "promise": SQL(PROMISE_TERMS, counts=counts, kit_items=kit_items),
                "terms": TERMS,
                "no_terms": NO_TERMS,
            }
        else:
            pieces = {
                "shelf": SHELF_SUM,
                "changes": get_changes(with_incoming=bool(until)),
                "promise": PROMISE_SUM,
                "terms": SQL(),
                "no_terms": SQL(),
            }
        kinds = {"node": NODE, "waits": WAITS, "goods": GOODS}
        kinds |= {"kit": KIT, "serves": SERVES, "buffer": BUFFER}
        self.env.cr.execute(
            SQL(
                STATEMENT,
                products=self.ids,
                wanted=[*{*self.ids, *parts}],
                warehouses=warehouses.ids,
                channels=channels.ids,
                until=until or None,
                kits=kits,
                companies=companies,
                parts=parts,
                per_kits=per_kits,
                unmoved=self._query_oms_unmoved_demand(),
                waiting=WAITING,
                channel_nodes=CHANNEL_NODES,
                **pieces,
                **kinds,
            )
        )
        found = defaultdict(list)
        for kind, *row in self.env.cr.fetchall():
            found[kind].append(row)
        return found

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
        answer = self._get_oms_availability(warehouses, until=until, with_terms=True)
        incoming = dict.fromkeys(self.ids, 0.0)
        for (product_id, _warehouse), stock in answer.stock.items():
            incoming[product_id] += stock.incoming
        return incoming
