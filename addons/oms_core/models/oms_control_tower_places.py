# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC

import pytz

from odoo import fields, models
from odoo.fields import Domain

from .oms_control_tower import OUTGOING

OPEN = OUTGOING & Domain("state", "not in", ("draft", "done", "cancel"))
NODE = "picking_type_id.warehouse_id"
# What a place has to do today: what it has done, and what is left of it.
LOAD = ("sent", "ready", "held", "waiting")


class OmsControlTower(models.AbstractModel):
    """What each place has to send today, what it can send, and until when."""

    _inherit = "oms.control.tower"

    def _get_nodes(self, scope):
        """The deliveries of each place, in parts; today is that of its own clock.

        :return: dicts with a number and a link for each of
            :meth:`_get_load_domains`, ``load`` (all of today), ``capacity`` (0:
            unknown) and ``cut_off`` (the next one, None: there is none)
        """
        places = scope.node or scope.nodes
        days = {
            place: scope.get_day(pytz.timezone(place.oms_tz or "UTC"))
            for place in places
        }
        cut_offs = self._get_cut_offs(scope, places)
        parts = {
            place: self._get_load_domains(scope, *day) for place, day in days.items()
        }
        counts = self._count_by_node(parts)
        nodes = [
            {
                "id": place.id,
                "name": place.name,
                "capacity": place.oms_daily_capacity,
                "cut_off": cut_offs[place],
                "load": sum(counts[code].get(place, 0) for code in LOAD),
            }
            | {
                code: {
                    "code": code,
                    "count": counts[code].get(place, 0),
                    "link": self._prepare_link(
                        place.name, "stock.picking", part & Domain(NODE, "=", place.id)
                    ),
                }
                for code, part in parts[place].items()
            }
            for place in places
        ]
        return sorted(nodes, key=lambda node: (-node["load"], -node["total"]["count"]))

    def _get_load_domains(self, scope, start, end):
        """What there is to send; a late delivery is in another part too.

        A delivery that nobody promised for a day may leave today.
        """
        deliveries = OPEN & scope.transfers
        is_later = Domain("date_deadline", ">=", end)
        today = deliveries & (Domain("date_deadline", "=", False) | ~is_later)
        has_goods = Domain("state", "=", "assigned")
        is_held = Domain("oms_is_held", "=", True)
        return {
            "total": deliveries,
            "sent": OUTGOING
            & scope.transfers
            & Domain("state", "=", "done")
            & Domain("date_done", ">=", start)
            & Domain("date_done", "<", end),
            "ready": today & has_goods & ~is_held,
            "held": today & has_goods & is_held,
            "waiting": today & ~has_goods,
            "later": deliveries & is_later,
            "late": deliveries & Domain("date_deadline", "<", scope.now),
        }

    def _count_by_node(self, parts):
        """{code: {place: number}}: a query for each part, whatever the places."""
        transfers = self.env["stock.picking"]
        alike = {}
        for place, domains in parts.items():
            for code, domain in domains.items():
                places = alike.setdefault(code, {}).setdefault(domain, [])
                places.append(place.id)
        return {
            code: dict(
                transfers._read_group(
                    Domain.OR(
                        domain & Domain(NODE, "in", ids)
                        for domain, ids in domains.items()
                    ),
                    [NODE],
                    ["__count"],
                )
            )
            for code, domains in alike.items()
        }

    def _get_cut_offs(self, scope, places):
        now = scope.now.replace(tzinfo=UTC)
        working = places._get_oms_places(scope.now)
        moments = {p: working[p.id].get_next_cut_off(now) for p in places}
        return {
            place: moment
            and fields.Datetime.to_string(moment.astimezone(UTC).replace(tzinfo=None))
            for place, moment in moments.items()
        }
