# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

DAY = 24 * 60


class OmsChannel(models.Model):
    """What is looked at when an order of the channel arrives."""

    _inherit = "oms.channel"

    duplicate_minutes = fields.Integer(
        default=30,
        help="An order is held if the same buyer (contact, e-mail or phone) ordered "
        "the same products and quantities within so many minutes. 0: never.",
    )
    remorse_minutes = fields.Integer(
        help="For so many minutes after the order nothing is picked, so that the buyer "
        "may change or cancel it. 0: no such time.",
    )

    _duplicate_minutes_day = models.Constraint(
        f"CHECK(duplicate_minutes BETWEEN 0 AND {DAY})",
        "Duplicates are looked for within a day: between 0 and 1440 minutes.",
    )
    _remorse_minutes_week = models.Constraint(
        f"CHECK(remorse_minutes BETWEEN 0 AND {7 * DAY})",
        "A remorse window lasts a week at most: between 0 and 10080 minutes.",
    )
