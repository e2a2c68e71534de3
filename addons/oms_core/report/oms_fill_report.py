# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

STATUSES = [
    ("complete", "Complete at first try"),
    ("partial", "Partly at first try"),
    ("missed", "Nothing at first try"),
    ("waiting", "Not due yet"),
]


def _share(name, explanation):
    return fields.Float(name, readonly=True, aggregator="avg", help=explanation)


class OmsFillReport(models.Model):
    """What left complete at the first try, and in time; one line is an order line.

    The first try is every transfer that is not the rest of another one (a
    backorder). A line counts as soon as some of it has left, or it is due; until
    then it is waiting and in no rate. Kits count by their scarcest component.
    """

    _name = "oms.fill.report"
    _description = "Fill Rate"
    _inherit = "oms.report.mixin"
    _auto = False
    _rec_name = "order_id"
    _order = "date desc, id desc"
    _oms_ratios = {
        "unit_rate": ("units_first", "units_due"),
        "line_rate": ("lines_first", "lines_due"),
        "on_time_rate": ("lines_on_time", "lines_due"),
    }
    _depends = {
        "sale.order": [
            *("company_id", "date_order", "oms_channel_id", "state", "warehouse_id")
        ],
        "sale.order.line": [
            *("display_type", "order_id", "product_id", "product_uom_id"),
            "product_uom_qty",
        ],
        "stock.move": [
            *("date_deadline", "location_dest_id", "location_final_id", "picking_id"),
            *("product_id", "product_qty", "product_uom_qty", "quantity"),
            *("sale_line_id", "state"),
        ],
        "stock.picking": [
            *("backorder_id", "date_done", "picking_type_id", "scheduled_date", "state")
        ],
        "product.template": ["categ_id", "type", "uom_id"],
        "uom.uom": ["factor"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    channel_id = fields.Many2one("oms.channel", readonly=True)
    warehouse_id = fields.Many2one(
        "stock.warehouse", "Node", readonly=True, help="Where most of it left from."
    )
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    date = fields.Datetime("Order Date", readonly=True)
    due = fields.Datetime(readonly=True, help="When it should have left.")
    date_shipped = fields.Datetime("Left", readonly=True, help="The last of it.")
    status = fields.Selection(STATUSES, readonly=True)
    orders = fields.Integer(
        readonly=True, aggregator="count_distinct", help="How many orders."
    )
    units = fields.Float("Ordered Units", readonly=True)
    units_shipped = fields.Float(readonly=True, help="Units that have left by now.")
    units_due = fields.Float(
        readonly=True,
        help="Ordered units of lines that have begun to leave, or are due.",
    )
    units_first = fields.Float("Units at First Try", readonly=True)
    lines_due = fields.Integer(
        "Lines", readonly=True, help="Lines that have begun to leave, or are due."
    )
    lines_first = fields.Integer("Lines Complete at First Try", readonly=True)
    lines_on_time = fields.Integer(
        "Lines on Time",
        readonly=True,
        help="Lines that left whole before they were due.",
    )
    unit_rate = _share("Unit Fill Rate", "Units at first try, of those ordered.")
    line_rate = _share("Line Fill Rate", "Lines complete at first try, of all lines.")
    order_rate = _share(
        "Order Fill Rate", "Orders whose every line was complete at first try."
    )
    on_time_rate = _share("On Time", "Lines that left whole before they were due.")

    # === QUERY ===

    def _read_group_select(self, aggregate_spec, query):
        """Override: an order is complete only with every line of it."""
        if aggregate_spec.partition(":")[0] != "order_rate":
            return super()._read_group_select(aggregate_spec, query)
        order, complete = (
            self._field_to_sql(self._table, name, query)
            for name in ("orders", "order_rate")
        )
        return SQL(
            "COUNT(DISTINCT %(order)s) FILTER (WHERE %(complete)s = 1)::float"
            " / NULLIF(COUNT(DISTINCT %(order)s)"
            " FILTER (WHERE %(complete)s IS NOT NULL), 0)",
            order=order,
            complete=complete,
        )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH line AS (%(lines)s)
            SELECT line.*,
                   first::float / NULLIF(lines_due, 0) AS line_rate,
                   lines_on_time::float / NULLIF(lines_due, 0) AS on_time_rate,
                   units_first / NULLIF(units_due, 0) AS unit_rate,
                   MIN(first) OVER (PARTITION BY order_id)::float AS order_rate
              FROM (
                SELECT id, order_id, company_id, channel_id, warehouse_id, product_id,
                       categ_id, date, due, date_shipped, order_id AS orders, units,
                       units * shipped AS units_shipped,
                       CASE WHEN counts THEN units ELSE 0 END AS units_due,
                       CASE WHEN counts THEN units * at_first ELSE 0 END AS units_first,
                       CASE WHEN counts THEN 1 ELSE 0 END AS lines_due,
                       CASE WHEN counts AND at_first >= 1 THEN 1 ELSE 0 END
                           AS lines_first,
                       CASE WHEN counts THEN (at_first >= 1)::int END AS first,
                       CASE WHEN counts AND in_time >= 1 THEN 1 ELSE 0 END
                           AS lines_on_time,
                       CASE WHEN NOT counts THEN 'waiting'
                            WHEN at_first >= 1 THEN 'complete'
                            WHEN at_first > 0 THEN 'partial'
                            ELSE 'missed' END AS status
                  FROM line) AS line
            """,
            lines=self._query_lines(),
        )

    def _query_lines(self):
        """Shares of each line of goods that have left: in all, at first, in time."""
        return SQL(
            """
            SELECT line.id, line.order_id, sale.company_id,
                   sale.oms_channel_id AS channel_id,
                   COALESCE(goods.warehouse_id, sale.warehouse_id) AS warehouse_id,
                   line.product_id, tmpl.categ_id, sale.date_order AS date,
                   goods.due, goods.date_shipped, quantity.units,
                   COALESCE(goods.shipped, 0) AS shipped,
                   COALESCE(goods.at_first, 0) AS at_first,
                   COALESCE(goods.in_time, 0) AS in_time,
                   COALESCE(goods.date_shipped IS NOT NULL
                       OR goods.due < %(now)s, FALSE) AS counts
              FROM sale_order_line line
              JOIN sale_order sale ON sale.id = line.order_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template tmpl ON tmpl.id = product.product_tmpl_id
              JOIN uom_uom unit ON unit.id = line.product_uom_id
              JOIN uom_uom own_unit ON own_unit.id = tmpl.uom_id
        CROSS JOIN LATERAL (
                SELECT line.product_uom_qty * unit.factor / own_unit.factor
            ) AS quantity(units)
        CROSS JOIN LATERAL (%(goods)s) AS goods
             WHERE sale.state = 'sale' AND line.display_type IS NULL
               AND tmpl.type = 'consu' AND line.product_uom_qty > 0
            """,
            now=fields.Datetime.now(),
            goods=self._query_goods(),
        )

    def _query_goods(self):
        """The moves of one ``line``, component by component, then the scarcest one.

        A component is due as often as it is needed: what a cancelled rest of a
        transfer should have brought counts, what went elsewhere does not.
        """
        return SQL(
            """
            SELECT MIN(LEAST(part.done / NULLIF(part.needed, 0), 1)) AS shipped,
                   MIN(LEAST(part.first / NULLIF(part.needed, 0), 1)) AS at_first,
                   MIN(LEAST(part.in_time / NULLIF(part.needed, 0), 1)) AS in_time,
                   MIN(part.due) AS due, MAX(part.left_at) AS date_shipped,
                   MIN(part.warehouse_id) AS warehouse_id
              FROM (
                SELECT CASE WHEN move.product_id = line.product_id
                            THEN quantity.units
                            ELSE SUM(move.product_qty) END AS needed,
                       COALESCE(SUM(gone.quantity), 0) AS done,
                       COALESCE(SUM(gone.quantity) FILTER (
                           WHERE parcel.backorder_id IS NULL), 0) AS first,
                       COALESCE(SUM(gone.quantity) FILTER (
                           WHERE parcel.date_done <= COALESCE(
                               move.date_deadline, parcel.scheduled_date)), 0)
                           AS in_time,
                       MIN(COALESCE(move.date_deadline, parcel.scheduled_date)) AS due,
                       MAX(parcel.date_done) FILTER (
                           WHERE gone.quantity > 0) AS left_at,
                       (ARRAY_AGG(kind.warehouse_id ORDER BY gone.quantity DESC
                           NULLS LAST, move.id))[1] AS warehouse_id
                  FROM stock_move move
                  JOIN stock_location here ON here.id = move.location_dest_id
             LEFT JOIN stock_location goal ON goal.id = move.location_final_id
                  JOIN stock_picking parcel ON parcel.id = move.picking_id
                  JOIN stock_picking_type kind ON kind.id = parcel.picking_type_id
            CROSS JOIN LATERAL (
                    SELECT CASE WHEN move.state = 'done' THEN move.quantity
                        * move.product_qty / NULLIF(move.product_uom_qty, 0) END
                ) AS gone(quantity)
                 WHERE move.sale_line_id = line.id
                   AND (here.usage = 'customer'
                        OR (goal.usage = 'customer' AND move.state != 'done'))
                   AND (move.state != 'cancel' OR parcel.state = 'done'
                        OR parcel.backorder_id IS NOT NULL)
              GROUP BY move.product_id) AS part
            """
        )
