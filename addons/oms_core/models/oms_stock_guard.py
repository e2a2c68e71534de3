# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

# What each statement on stock_quant does to the goods that nobody has taken yet.
NEW_ROWS = """
    SELECT product_id, location_id, lot_id, package_id, owner_id,
           COALESCE(quantity, 0) - COALESCE(reserved_quantity, 0) FROM new_rows
"""
OLD_ROWS = """
    SELECT product_id, location_id, lot_id, package_id, owner_id,
           COALESCE(reserved_quantity, 0) - COALESCE(quantity, 0) FROM old_rows
"""
CHANGES = {
    "insert": ("NEW TABLE AS new_rows", NEW_ROWS),
    "delete": ("OLD TABLE AS old_rows", OLD_ROWS),
    "update": (
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        NEW_ROWS + "UNION ALL" + OLD_ROWS,
    ),
}
# %s: the change, one row per quant before and after.
GUARD = """
DECLARE
    credit jsonb := COALESCE(
        NULLIF(current_setting('oms.stock_credit', true), ''), '{}');
    fresh jsonb;
BEGIN
    WITH change (product_id, location_id, lot_id, package_id, owner_id, free) AS (
        %s
    ), shelf AS (
        SELECT change.product_id,
               COALESCE(place.warehouse_id, -place.id) AS place,
               concat_ws(':', change.product_id, change.location_id,
                         COALESCE(lot_id, 0), COALESCE(package_id, 0),
                         COALESCE(owner_id, 0)) AS key,
               SUM(free) AS free
          FROM change
          JOIN stock_location place ON place.id = change.location_id
         WHERE place.usage IN ('internal', 'transit')
         GROUP BY change.product_id, place.warehouse_id, place.id,
                  change.location_id, lot_id, package_id, owner_id
        HAVING SUM(free) != 0
    ), weighed AS (
        SELECT product_id, place, key,
               free + COALESCE((credit ->> key)::numeric, 0) AS balance
          FROM shelf
    ), turn AS (
        INSERT INTO oms_stock_guard AS guard (product_id, place, turn)
        SELECT DISTINCT product_id, place, 1 FROM weighed
         WHERE balance < 0 ORDER BY product_id, place
            ON CONFLICT (product_id, place) DO UPDATE SET turn = guard.turn + 1
    )
    SELECT jsonb_object_agg(key, GREATEST(balance, 0)) INTO fresh FROM weighed
     WHERE balance > 0 OR credit ? key;
    IF fresh IS NOT NULL THEN
        PERFORM set_config('oms.stock_credit', (credit || fresh)::text, true);
    END IF;
    RETURN NULL;
END
"""


class OmsStockGuard(models.Model):
    """Whose turn it is to take goods: one row per product and place.

    Odoo reserves from the state that its transaction saw at the start, and steps
    around a row that another one holds: two transactions may both take the last
    unit. So the database itself, on every statement that leaves less free than
    before, updates the row of that product and place. Of two transactions that do
    so at once the second waits, is refused by PostgreSQL as not serialisable, and
    is started again by Odoo; then it sees what is left. No code can go around it.

    What a transaction has freed itself it may take again without a turn: validating
    a delivery releases its reservation and takes the goods, and hinders nobody.
    See ``docs/decisions/0007-the-last-unit.md``.
    """

    _name = "oms.stock.guard"
    _description = "Turn to Take Stock"
    _log_access = False

    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    place = fields.Integer(
        required=True,
        help="A warehouse; or, outside of any, a location with its sign turned.",
    )
    turn = fields.Integer(required=True)

    _product_place_uniq = models.Constraint("UNIQUE(product_id, place)")

    def init(self):
        """Put the guard where every change of stock passes."""
        for operation, (tables, change) in CHANGES.items():
            name = SQL.identifier(f"oms_stock_guard_{operation}")
            self.env.cr.execute(
                SQL(
                    "CREATE OR REPLACE FUNCTION %s() RETURNS trigger "
                    "LANGUAGE plpgsql AS %s",
                    name,
                    GUARD % change,
                )
            )
            self.env.cr.execute(
                SQL(
                    "DROP TRIGGER IF EXISTS %(name)s ON stock_quant; "
                    "CREATE TRIGGER %(name)s AFTER %(operation)s ON stock_quant "
                    "REFERENCING %(tables)s "
                    "FOR EACH STATEMENT EXECUTE FUNCTION %(name)s()",
                    name=name,
                    operation=SQL(operation),
                    tables=SQL(tables),
                )
            )

    def _remove_guard(self):
        """Take the triggers away with the addon; they would miss its table."""
        for operation in CHANGES:
            name = SQL.identifier(f"oms_stock_guard_{operation}")
            self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", name))

    def _take_turn(self, keys):
        """Wait for one's turn with these goods, before looking what is there.

        All rows are locked by one statement, in one order: those who take several
        products wait for each other and never in a circle.

        :param set keys: (product id, place)
        """
        if not keys:
            return
        products, places = zip(*sorted(keys), strict=True)
        self.env.cr.execute(
            SQL(
                """
                SELECT 1 FROM oms_stock_guard guard
                  JOIN unnest(%s, %s) AS wanted (product_id, place)
                    ON wanted.product_id = guard.product_id
                   AND wanted.place = guard.place
                 ORDER BY guard.product_id, guard.place
                   FOR NO KEY UPDATE OF guard
                """,
                list(products),
                list(places),
            )
        )
