# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import math
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..engine.forecast import LeadTime, Suggestion, forecast, suggest

_logger = logging.getLogger(__name__)

# Products whose figures one job works out.
BATCH = 500
# A stock-out beyond this is no date that anybody plans for.
HORIZON = timedelta(days=3650)
PATTERNS = [
    ("none", "No demand"),
    ("smooth", "Smooth"),
    ("erratic", "Erratic"),
    ("intermittent", "Intermittent"),
    ("lumpy", "Lumpy"),
]


class OmsForecast(models.Model):
    """What a product at a node will need: demand, stock-out, and what to keep.

    Worked out every night by the engine (see ``engine/forecast.py``), one line for
    each product and place; a person applies what it suggests.
    """

    _name = "oms.forecast"
    _description = "Stock-Out Forecast"
    _order = "stockout_date, product_id, warehouse_id"
    _rec_name = "product_id"

    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="cascade"
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        "Node",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True)
    categ_id = fields.Many2one(related="product_id.categ_id", string="Category")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    updated_at = fields.Datetime("Worked Out", readonly=True)
    pattern = fields.Selection(
        PATTERNS,
        "Demand",
        readonly=True,
        help="How demand comes. Smooth and erratic: on most days, of like or of very "
        "different size. Intermittent and lumpy: now and then, likewise.",
    )
    method = fields.Selection(
        [
            ("none", "None"),
            ("ses", "Exponential smoothing"),
            ("sba", "Croston, Syntetos-Boylan"),
        ],
        readonly=True,
        help="Exponential smoothing where something is asked for on most days, "
        "Croston's method with the correction of Syntetos and Boylan where it is not.",
    )
    rate = fields.Float(
        "Expected per Day", readonly=True, digits=(16, 3), help="Units a day."
    )
    deviation = fields.Float(
        "Error per Day",
        readonly=True,
        digits=(16, 3),
        aggregator=False,
        help="Standard deviation of the forecast's error of one day, in units.",
    )
    lead_days = fields.Float(
        "Lead Time (d)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Days until the vendor delivers, or those of the place if the product "
        "has no vendor.",
    )
    lead_deviation = fields.Float(
        "Spread of Lead Time (d)",
        readonly=True,
        digits=(16, 1),
        aggregator=False,
        help="Standard deviation of the lead time, from receipts of the last year.",
    )
    available = fields.Float(readonly=True, help="On hand less open demand, then.")
    incoming = fields.Float(
        readonly=True, help="On its way to the place; not counted on."
    )
    stockout_date = fields.Date(
        "Runs Out",
        readonly=True,
        help="When nothing is left at the expected rate, without what is incoming.",
    )
    safety_stock = fields.Float(
        "Suggested Safety Stock",
        readonly=True,
        digits=(16, 0),
        help="Covers the error of the forecast over the lead time, at the service "
        "level of the place; whole units.",
    )
    minimum = fields.Float(
        "Suggested Minimum",
        readonly=True,
        digits=(16, 0),
        help="Order again below this: demand over the lead time, and safety stock.",
    )
    maximum = fields.Float(
        "Suggested Maximum",
        readonly=True,
        digits=(16, 0),
        help="Order up to this: the minimum, and demand between two orders.",
    )

    is_short = fields.Boolean(
        "Below the Minimum",
        readonly=True,
        help="What is available and incoming does not reach the suggested minimum.",
    )

    _product_warehouse_uniq = models.Constraint(
        "UNIQUE(product_id, warehouse_id)",
        "There is a forecast of this product at this node already.",
    )

    # === ACTIONS ===

    @api.model
    def action_refresh(self):
        """Work everything out again, in the background."""
        self.check_access("read")
        jobs = self._delay_refresh()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The forecast is being worked out in %(jobs)s jobs. Reload the "
                    "list in a minute.",
                    jobs=jobs,
                ),
            },
        }

    def action_view_moves(self):
        """The demand behind the figures: goods that went to buyers, or wait."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Demand of %s", self.product_id.display_name),
            "res_model": "stock.move",
            "views": [[False, "list"], [False, "form"]],
            "domain": [
                ("product_id", "=", self.product_id.id),
                ("location_id", "child_of", self.warehouse_id.view_location_id.id),
                ("location_dest_id.usage", "=", "customer"),
            ],
        }

    # === WORKING OUT ===

    @api.model
    def _cron_refresh(self):
        self._delay_refresh()

    def _delay_refresh(self):
        """Ask for the figures of every product that moves or lies, in jobs.

        :return: how many jobs
        """
        batches = list(split_every(BATCH, self._get_product_ids(), tuple))
        for number, product_ids in enumerate(batches):
            self.with_delay(
                identity_key=f"oms:forecast:{product_ids[0]}:{len(product_ids)}",
                description=f"OMS: forecast, batch {number + 1} of {len(batches)}",
            )._refresh(list(product_ids))
        return len(batches)

    @api.model
    def _refresh(self, product_ids):
        """Work out the figures of these products at every place.

        The number of statements depends neither on the products nor on the places.
        """
        # Figures are made for every company, whoever asks; reading them is limited.
        everywhere = self.sudo()  # see above
        companies = everywhere.env["res.company"].search([])  # pylint: disable=no-search-all
        everywhere = everywhere.with_context(allowed_company_ids=companies.ids)
        demands = everywhere._read_demands(product_ids)
        stocks = everywhere._read_stocks(product_ids)
        leads = everywhere._read_lead_times(product_ids)
        known = set(everywhere._read_known(product_ids))
        places = {
            place.id: place for place in everywhere.env["stock.warehouse"].search([])
        }
        keys = sorted(key for key in {*demands, *stocks, *known} if key[1] in places)
        everywhere._write_figures(
            [
                everywhere._work_out(
                    key,
                    places[key[1]],
                    demands.get(key, [0.0]),
                    stocks.get(key, (0.0, 0.0)),
                    leads.get(key, (None, 0.0)),
                )
                for key in keys
            ]
        )
        _logger.info("Forecast: %s products, %s lines.", len(product_ids), len(keys))

    def _work_out(self, key, place, demand, stock, lead):
        product_id, warehouse_id = key
        available, incoming = stock
        days, spread = lead
        lead_time = LeadTime(place.oms_lead_days if days is None else days, spread)
        expected = forecast(demand)
        advice = suggest(
            expected,
            lead_time,
            place.oms_service_level / 100,
            available,
            place.oms_review_days,
        )
        return {
            "product_id": product_id,
            "warehouse_id": warehouse_id,
            "company_id": place.company_id.id,
            "pattern": expected.pattern.kind,
            "method": expected.method,
            "rate": expected.rate,
            "deviation": expected.deviation,
            "lead_days": lead_time.days,
            "lead_deviation": lead_time.deviation,
            "available": available,
            "incoming": incoming,
            "stockout_date": self._get_stockout_date(advice),
            "safety_stock": _whole(advice.safety),
            "minimum": _whole(advice.minimum),
            "maximum": _whole(advice.maximum),
            "is_short": available + incoming < advice.minimum,
        }

    def _get_stockout_date(self, advice: Suggestion):
        if advice.lasts is None or advice.lasts > HORIZON.days:
            return None
        return fields.Date.today() + timedelta(days=math.floor(advice.lasts))

    def _write_figures(self, values_list):
        """Insert or update lines in one statement: there are thousands each night."""
        if not values_list:
            return
        stamp = {
            "updated_at": fields.Datetime.now(),
            "create_uid": self.env.uid,
            "create_date": fields.Datetime.now(),
            "write_uid": self.env.uid,
            "write_date": fields.Datetime.now(),
        }
        names = [*values_list[0], *stamp]
        kept = {"product_id", "warehouse_id", "create_uid", "create_date"}
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO oms_forecast (%(names)s) VALUES %(rows)s
                ON CONFLICT (product_id, warehouse_id) DO UPDATE SET %(changes)s
                """,
                names=SQL(", ").join(map(SQL.identifier, names)),
                rows=SQL(", ").join(
                    SQL("%s", tuple((values | stamp).values()))
                    for values in values_list
                ),
                changes=SQL(", ").join(
                    SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in names
                    if name not in kept
                ),
            )
        )
        self.invalidate_model(flush=False)


def _whole(quantity):
    """Whole units, up; what is 3 but for the last bit is 3."""
    return float(math.ceil(round(quantity, 6)))
