# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one definition, in SQL, of what is on hand, promised, kept back, expected."""

from odoo.tools import SQL

# Orders whose hold stops them from asking for goods: no move says what they need.
# The lines in the product's unit; a line that has a move is counted by its move.
HELD_LINES = SQL(
    """
    SELECT line.product_id, orders.company_id,
           COALESCE(line.warehouse_id, orders.warehouse_id) AS warehouse_id,
           line.product_uom_qty * line_uom.factor / product_uom.factor AS quantity,
           TRUE AS waits
      FROM sale_order orders
      JOIN sale_order_line line ON line.order_id = orders.id
      JOIN product_product product ON product.id = line.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom line_uom ON line_uom.id = line.product_uom_id
      JOIN uom_uom product_uom ON product_uom.id = template.uom_id
     WHERE orders.state = 'sale'
       AND orders.id IN (
               SELECT hold.order_id FROM oms_hold hold
                 JOIN oms_hold_type kind ON kind.id = hold.type_id
                WHERE hold.is_open AND kind.blocks_allocate)
       AND line.display_type IS NULL AND line.product_uom_qty > 0
       AND NOT EXISTS (
               SELECT 1 FROM stock_move move
                WHERE move.sale_line_id = line.id AND move.state != 'cancel')
    """
)

# The terms that add up to what is available.
ON_HAND, PROMISED, SAFETY, INCOMING = 1, 2, 3, 4
# Makes change (product_id, warehouse_id, by which quantity it changes what is
# available, and of which term, if asked for) and, of demand without a transfer,
# unmoved_part (product_id, warehouse_id, waits, quantity). Needs goods (id), node (id,
# company_id), recipe (kit_id, company_id, part_id, per_kit), unmoved (as HELD_LINES),
# due (date, or null: whenever it comes) and whether what is expected counts.
CHANGES = """
    place AS (
        SELECT location.id, location.warehouse_id
          FROM stock_location location
          JOIN node ON node.id = location.warehouse_id
         WHERE location.usage = 'internal'
    ), open_move AS (
        SELECT move.id, move.product_id, move.product_qty, move.date,
               source.warehouse_id AS from_warehouse_id,
               target.warehouse_id AS to_warehouse_id,
               -- Where the goods go in the end: picking is only the first step.
               CASE WHEN goal.usage = 'internal' THEN goal.warehouse_id END
                   AS goal_warehouse_id
          FROM stock_move move
          JOIN goods ON goods.id = move.product_id
     LEFT JOIN place source ON source.id = move.location_id
     LEFT JOIN place target ON target.id = move.location_dest_id
     LEFT JOIN stock_location goal
            ON goal.id = COALESCE(move.location_final_id, move.location_dest_id)
         WHERE move.state IN ('waiting', 'confirmed', 'assigned',
                              'partially_available')
           AND (source.id IS NOT NULL OR target.id IS NOT NULL)
    ), unmoved_part AS (
        SELECT goods.id AS product_id, node.id AS warehouse_id, unmoved.waits,
               (unmoved.quantity * COALESCE(recipe.per_kit, 1))::float8 AS quantity
          FROM unmoved
          JOIN node ON node.id = unmoved.warehouse_id
     LEFT JOIN recipe ON recipe.kit_id = unmoved.product_id
           AND recipe.company_id = unmoved.company_id
          JOIN goods ON goods.id = COALESCE(recipe.part_id, unmoved.product_id)
    ), change AS (
        -- Sums of double precision are many times faster than of numeric; the last
        -- digits, where they are not exact, are rounded away in the end.
        SELECT quant.product_id, place.warehouse_id,
               quant.quantity::float8 AS quantity %(on_hand)s
          FROM stock_quant quant
          JOIN goods ON goods.id = quant.product_id
          JOIN place ON place.id = quant.location_id
         UNION ALL
        SELECT move.product_id, from_warehouse_id, -product_qty::float8 %(promised)s
          FROM open_move move
         WHERE from_warehouse_id IS NOT NULL
           AND goal_warehouse_id IS DISTINCT FROM from_warehouse_id
           -- Of the steps of one delivery the last one counts.
           AND NOT EXISTS (
                   SELECT 1 FROM stock_move_move_rel step
                     JOIN open_move later ON later.id = step.move_dest_id
                    WHERE step.move_orig_id = move.id
                      AND later.from_warehouse_id = move.from_warehouse_id)
         UNION ALL
        SELECT product_id, warehouse_id, -quantity %(promised)s FROM unmoved_part
         UNION ALL
        SELECT safety.product_id, safety.warehouse_id,
               -safety.quantity::float8 %(safety)s
          FROM oms_safety_stock safety
          JOIN goods ON goods.id = safety.product_id
          JOIN node ON node.id = safety.warehouse_id
         UNION ALL
        SELECT move.product_id, to_warehouse_id, product_qty::float8 %(incoming)s
          FROM open_move move, due
         WHERE %(counts)s AND to_warehouse_id IS NOT NULL
           AND from_warehouse_id IS DISTINCT FROM to_warehouse_id
           AND (due.date IS NULL OR move.date <= due.date)
    )
"""

# Needs change. The terms of each quantity, or only what they add up to.
SHELF_TERMS = SQL(
    """
    SELECT product_id, warehouse_id,
           COALESCE(SUM(quantity) FILTER (WHERE term = %(on_hand)s), 0) AS on_hand,
           COALESCE(-SUM(quantity) FILTER (WHERE term = %(promised)s), 0) AS promised,
           COALESCE(-SUM(quantity) FILTER (WHERE term = %(safety)s), 0) AS safety,
           COALESCE(SUM(quantity) FILTER (WHERE term = %(incoming)s), 0) AS incoming
      FROM change
     GROUP BY product_id, warehouse_id
    """,
    on_hand=ON_HAND,
    promised=PROMISED,
    safety=SAFETY,
    incoming=INCOMING,
)
SHELF_SUM = SQL(
    """
    SELECT product_id, warehouse_id, SUM(quantity) AS available
      FROM change
     GROUP BY product_id, warehouse_id
    """
)
# Needs unmoved_part: demand that has no place of its own yet, only one expected.
WAITING = SQL(
    """
    SELECT product_id, warehouse_id, SUM(quantity) AS waiting
      FROM unmoved_part
     WHERE waits
     GROUP BY product_id, warehouse_id
    """
)


def get_changes(*, with_terms=False, with_incoming=False):
    """Of which term each change is costs time: only where it is asked for.

    :param with_incoming: whether what is expected is one of the terms
    """
    names = {
        "on_hand": ON_HAND,
        "promised": PROMISED,
        "safety": SAFETY,
        "incoming": INCOMING,
    }
    return SQL(
        CHANGES,
        counts=SQL("TRUE" if with_incoming else "FALSE"),
        **{
            name: SQL(", %s AS term", term) if with_terms else SQL()
            for name, term in names.items()
        },
    )


# Needs node and wanted_channel (id). A channel that names no place ships from every
# place of its company; one whose only places are archived ships from none.
CHANNEL_NODES = SQL(
    """
    channel_node AS (
        SELECT channel.id AS channel_id, node.id AS warehouse_id
          FROM oms_channel channel
          JOIN wanted_channel ON wanted_channel.id = channel.id
          JOIN node ON node.company_id = channel.company_id
          JOIN stock_warehouse warehouse
            ON warehouse.id = node.id AND warehouse.active
     LEFT JOIN oms_channel_stock_warehouse_rel named
            ON named.oms_channel_id = channel.id
           AND named.stock_warehouse_id = node.id
         WHERE named.stock_warehouse_id IS NOT NULL
            OR NOT EXISTS (SELECT 1 FROM oms_channel_stock_warehouse_rel any_place
                            WHERE any_place.oms_channel_id = channel.id)
    )
    """
)

# What the views of people who look over the stock begin with. Kits have no stock of
# their own, so there are no recipes, and no date limits what is expected.
VIEW_HEAD = SQL(
    """
    goods AS (
        SELECT product.id, template.categ_id
          FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE template.is_storable AND product.active
    ), node AS (
        SELECT id, company_id FROM stock_warehouse WHERE active
    ), recipe AS (
        SELECT NULL::int AS kit_id, NULL::int AS company_id,
               NULL::int AS part_id, NULL::float8 AS per_kit
         WHERE FALSE
    ), due AS (
        SELECT NULL::timestamp AS date
    )
    """
)
