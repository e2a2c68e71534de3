# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..engine.promise import Carrier

DELIVERY_DAYS = {
    "weekdays": frozenset(range(5)),
    "saturday": frozenset(range(6)),
    "daily": frozenset(range(7)),
}


class DeliveryCarrier(models.Model):
    """How long a carrier takes, and on which days it drives."""

    _inherit = "delivery.carrier"

    oms_transit_min = fields.Integer(
        "Transit Days, at Least",
        default=1,
        help="Delivery days of the carrier from collection to arrival. 0: the same "
        "day, as for a pick-up in the store.",
    )
    oms_transit_max = fields.Integer(
        "Transit Days, at Most",
        default=3,
        help="What the buyer is promised is counted with this one.",
    )
    oms_delivery_days = fields.Selection(
        [
            ("weekdays", "Monday to Friday"),
            ("saturday", "Monday to Saturday"),
            ("daily", "Every day"),
        ],
        string="Delivery Days",
        default="weekdays",
        required=True,
        help="The carrier collects and delivers on these days.",
    )
    oms_holiday_calendar_id = fields.Many2one(
        "resource.calendar",
        "Carrier's Holidays",
        check_company=True,
        help="On the public holidays of this calendar the carrier does not drive.",
    )

    _oms_transit_in_order = models.Constraint(
        "CHECK(oms_transit_min >= 0 AND oms_transit_max >= oms_transit_min"
        " AND oms_transit_max <= 90)",
        "A carrier takes between 0 and 90 days, and at most not less than at least.",
    )

    # === READING ===

    def _get_oms_carriers(self, since):
        """The transit of carriers as plain data, read once for all of them.

        :param datetime since: holidays that end before this do not matter
        :return: {carrier id: :class:`Carrier`}; under False the one that is not known
        """
        carriers = self.sudo()  # as for the places: dates do not depend on the reader
        off = carriers.oms_holiday_calendar_id._get_oms_days_off(since)
        return {False: Carrier()} | {
            carrier.id: Carrier(
                transit_min=carrier.oms_transit_min,
                transit_max=carrier.oms_transit_max,
                weekdays=DELIVERY_DAYS[carrier.oms_delivery_days],
                holidays=off.get(carrier.oms_holiday_calendar_id.id, frozenset()),
            )
            for carrier in carriers
        }
