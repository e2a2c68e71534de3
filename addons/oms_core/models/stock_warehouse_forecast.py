# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockWarehouse(models.Model):
    """How much a place keeps for bad days."""

    _inherit = "stock.warehouse"

    oms_service_level = fields.Float(
        "Service Level (%)",
        default=95.0,
        required=True,
        digits=(5, 2),
        help="Of a hundred times that goods are ordered again, how often nothing may "
        "run out before they arrive. Safety stocks are suggested accordingly.",
    )
    oms_lead_days = fields.Float(
        "Days to Replenish",
        default=7.0,
        required=True,
        digits=(16, 1),
        help="Lead time of products without a vendor.",
    )
    oms_review_days = fields.Float(
        "Days between Orders",
        default=14.0,
        required=True,
        digits=(16, 1),
        help="How many days of demand one order brings: suggested maximum less "
        "suggested minimum.",
    )

    _oms_service_level_range = models.Constraint(
        "CHECK(oms_service_level > 0 AND oms_service_level < 100)",
        "A service level is more than 0 and less than 100 percent: nobody can promise "
        "that goods never run out.",
    )
    _oms_days_positive = models.Constraint(
        "CHECK(oms_lead_days >= 0 AND oms_review_days >= 0)",
        "Days to replenish and days between orders are nothing or more.",
    )
