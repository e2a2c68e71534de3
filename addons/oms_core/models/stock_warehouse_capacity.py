# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockWarehouse(models.Model):
    """How much a place can send."""

    _inherit = "stock.warehouse"

    oms_daily_capacity = fields.Integer(
        "Parcels a Day",
        help="How many parcels this place can send on a working day. The control tower "
        "compares them with what it has to send. Zero: not known.",
    )

    _oms_daily_capacity_positive = models.Constraint(
        "CHECK(oms_daily_capacity >= 0)",
        "A place sends some parcels a day, or none: enter a number from zero up. Zero "
        "means that nobody has said how many.",
    )
