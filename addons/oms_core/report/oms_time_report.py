# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

# (field, where it begins, where it ends): steps of the way, in hours.
STEPS = (
    ("to_route", "captured", "routed"),
    ("to_reserve", "COALESCE(routed, captured)", "reserved"),
    ("to_pick", "COALESCE(reserved, routed, captured)", "picked"),
    ("to_ship", "COALESCE(picked, reserved, routed, captured)", "shipped"),
    ("to_deliver", "shipped", "delivered"),
    ("until_shipped", "captured", "shipped"),
    ("until_delivered", "captured", "delivered"),
)
WEEKDAYS = [
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("7", "Sunday"),
]


def _hours(name, explanation):
    return fields.Float(
        name, readonly=True, aggregator="avg", digits=(16, 1), help=explanation
    )


class OmsTimeReport(models.Model):
    """How long orders stay in each state; one line is one parcel.

    The moments are those of the history (``oms.event``); where the history is silent
    (a place that does not reserve, say), the step before takes the time.
    """

    _name = "oms.time.report"
    _description = "Time in Each State"
    _inherit = "oms.report.mixin"
    _auto = False
    _rec_name = "picking_id"
    _order = "date desc, id desc"
    _oms_percentiles = {
        "until_shipped_median": ("until_shipped", 0.5),
        "until_shipped_p90": ("until_shipped", 0.9),
        "until_delivered_median": ("until_delivered", 0.5),
        "until_delivered_p90": ("until_delivered", 0.9),
    }
    _depends = {
        "oms.event": ["date", "kind", "order_id", "res_id", "res_model"],
        "oms.hold": ["create_date", "order_id", "released_at"],
        "sale.order": ["date_order", "oms_captured_at"],
        "stock.picking": [
            *("company_id", "date_done", "oms_channel_id", "oms_delivered_at"),
            *("picking_type_id", "sale_id", "state"),
        ],
        "stock.picking.type": ["code", "warehouse_id"],
    }

    picking_id = fields.Many2one("stock.picking", "Parcel", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    channel_id = fields.Many2one("oms.channel", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", "Node", readonly=True)
    date = fields.Datetime("Captured", readonly=True)
    date_shipped = fields.Datetime("Shipped", readonly=True)
    date_delivered = fields.Datetime("Delivered", readonly=True)
    hour = fields.Char(
        "Hour of Capture", readonly=True, help="In the time zone of the reader."
    )
    weekday = fields.Selection(WEEKDAYS, "Weekday of Capture", readonly=True)
    parcels = fields.Integer(readonly=True, help="How many parcels.")
    to_route = _hours("Captured → Routed (h)", "Until a place was chosen.")
    to_reserve = _hours("Routed → Reserved (h)", "Until goods were set aside.")
    to_pick = _hours("Reserved → Picked (h)", "Until the goods were in the cart.")
    to_ship = _hours("Picked → Shipped (h)", "Until the parcel left.")
    to_deliver = _hours("Shipped → Delivered (h)", "On its way with the carrier.")
    held = _hours("On Hold (h)", "How long holds of the order were open, summed up.")
    until_shipped = _hours(
        "Captured → Shipped (h)", "From capture until the parcel left, on average."
    )
    until_shipped_median = _hours(
        "Captured → Shipped, Median (h)", "Half of the parcels left sooner."
    )
    until_shipped_p90 = _hours(
        "Captured → Shipped, 90% (h)", "Nine of ten parcels left sooner."
    )
    until_delivered = _hours(
        "Captured → Delivered (h)", "From capture to the buyer's door, on average."
    )
    until_delivered_median = _hours(
        "Captured → Delivered, Median (h)", "Half of the parcels arrived sooner."
    )
    until_delivered_p90 = _hours(
        "Captured → Delivered, 90% (h)", "Nine of ten parcels arrived sooner."
    )

    # === QUERY ===

    @property
    def _table_query(self):
        hours = SQL(", ").join(
            SQL(
                # Clocks differ a little: nothing ends before it begins.
                "CASE WHEN %(end)s < %(start)s THEN 0 ELSE"
                " EXTRACT(EPOCH FROM %(end)s - %(start)s)::float / 3600 END"
                " AS %(name)s",
                start=SQL(start),
                end=SQL(end),
                name=SQL.identifier(name),
            )
            for name, start, end in STEPS
        )
        return SQL(
            """
            SELECT timed.*,
                   until_shipped AS until_shipped_median,
                   until_shipped AS until_shipped_p90,
                   until_delivered AS until_delivered_median,
                   until_delivered AS until_delivered_p90
              FROM (
                SELECT id, id AS picking_id, order_id, company_id, channel_id,
                       warehouse_id, captured AS date, shipped AS date_shipped,
                       delivered AS date_delivered, 1 AS parcels, held,
                       TO_CHAR(here, 'HH24') AS hour,
                       TO_CHAR(here, 'ID') AS weekday,
                       %(hours)s
                  FROM (%(moments)s) AS moment
            CROSS JOIN LATERAL (
                    SELECT captured AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s
                ) AS local(here)
            ) AS timed
            """,
            hours=hours,
            moments=self._query_moments(),
            tz=self._get_oms_tz(),
        )

    def _query_moments(self):
        """When each parcel reached each step; NULL: not yet, or not told."""
        return SQL(
            """
            SELECT parcel.id, parcel.sale_id AS order_id, parcel.company_id,
                   parcel.oms_channel_id AS channel_id, kind.warehouse_id,
                   COALESCE(sale.oms_captured_at, event.captured, sale.date_order)
                       AS captured,
                   event.routed,
                   COALESCE(event.own_reserved, event.reserved) AS reserved,
                   COALESCE(event.own_picked, event.picked) AS picked,
                   CASE WHEN parcel.state = 'done' THEN parcel.date_done END AS shipped,
                   parcel.oms_delivered_at AS delivered,
                   hold.hours AS held
              FROM stock_picking parcel
              JOIN stock_picking_type kind ON kind.id = parcel.picking_type_id
              JOIN sale_order sale ON sale.id = parcel.sale_id
        CROSS JOIN LATERAL (
                SELECT MIN(date) FILTER (WHERE kind = 'capture') AS captured,
                       MIN(date) FILTER (WHERE kind = 'route') AS routed,
                       MIN(date) FILTER (WHERE kind = 'reserve') AS reserved,
                       MIN(date) FILTER (WHERE kind = 'reserve' AND is_own)
                           AS own_reserved,
                       MIN(date) FILTER (WHERE kind = 'pick') AS picked,
                       MIN(date) FILTER (WHERE kind = 'pick' AND is_own)
                           AS own_picked
                  FROM (
                    SELECT date, kind,
                           res_model = 'stock.picking' AND res_id = parcel.id AS is_own
                      FROM oms_event
                     WHERE order_id = parcel.sale_id) AS told
            ) AS event
        CROSS JOIN LATERAL (
                SELECT SUM(EXTRACT(EPOCH FROM
                           COALESCE(released_at, %(now)s) - create_date))::float / 3600
                           AS hours
                  FROM oms_hold
                 WHERE order_id = parcel.sale_id
            ) AS hold
             WHERE kind.code = 'outgoing' AND parcel.state != 'cancel'
            """,
            now=fields.Datetime.now(),
        )

    # === ACTIONS ===

    @api.readonly
    def action_open_parcel(self):
        """Open the transfer behind a line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.picking_id.display_name,
            "res_model": "stock.picking",
            "res_id": self.picking_id.id,
            "views": [[False, "form"]],
        }
