# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from itertools import pairwise

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .oms_control_tower import OPEN_TRANSFER

STAGES = ("capture", "route", "pick", "ship")
OPEN_STATES = (
    "quarantined",
    "captured",
    "on_hold",
    "backordered",
    "unfillable",
    "allocated",
    "picking",
    "packed",
    "partially_shipped",
)
# Ages of open orders: each column ends where the next one begins.
AGES = (
    ("hour", timedelta(hours=1)),
    ("hours", timedelta(hours=4)),
    ("day", timedelta(days=1)),
    ("days", timedelta(days=3)),
    ("older", None),
)
FEED_LENGTH = 25
NODE = "picking_type_id.warehouse_id"


class OmsControlTower(models.AbstractModel):
    """What flows, what is open and where, and what happened last."""

    _inherit = "oms.control.tower"

    # === FLOW ===

    def _get_flow(self, scope):
        """Orders that reached each stage, by hour or day of the period.

        :return: ``starts`` (when each bucket begins), ``stages`` with their
            ``total``, ``counts`` (None: in the future) and links
        """
        starts = scope.get_buckets()
        moments = [scope.to_utc(start) for start in starts]
        events = self._get_event_domain(scope, STAGES, moments[0], moments[-1])
        history = self.env["oms.event"].with_context(tz=str(scope.tz))
        granularity = "hour" if starts[1] - starts[0] < timedelta(days=1) else "day"
        counts = {
            (kind, start): number
            for kind, start, number in history._read_group(
                events, ["kind", f"date:{granularity}"], ["order_id:count_distinct"]
            )
        }
        totals = dict(
            history._read_group(events, ["kind"], ["order_id:count_distinct"])
        )
        return {
            "period": scope.period,
            "granularity": granularity,
            "starts": [fields.Datetime.to_string(moment) for moment in moments[:-1]],
            "stages": [
                self._prepare_stage(kind, scope, starts, moments, counts, totals)
                for kind in STAGES
            ],
        }

    def _prepare_stage(self, kind, scope, starts, moments, counts, totals):
        label = self._get_stage_labels()[kind]
        return {
            "kind": kind,
            "label": label,
            "total": totals.get(kind, 0),
            "link": self._prepare_flow_link(
                label, scope, kind, moments[0], moments[-1]
            ),
            "counts": [
                counts.get((kind, start), 0) if moment <= scope.now else None
                for start, moment in zip(starts[:-1], moments, strict=False)
            ],
            "links": [
                self._prepare_flow_link(label, scope, kind, *span)
                for span in pairwise(moments)
            ],
        }

    def _get_stage_labels(self):
        return {
            "capture": self.env._("Captured"),
            "route": self.env._("Routed"),
            "pick": self.env._("Picked"),
            "ship": self.env._("Shipped"),
        }

    def _get_event_domain(self, scope, kinds, start, end):
        domain = Domain("kind", "in", kinds)
        domain &= Domain("date", ">=", start) & Domain("date", "<", end)
        if scope.is_filtered:
            domain &= Domain("order_id", "any", scope.orders)
        return domain

    def _prepare_flow_link(self, name, scope, kind, start, end):
        happened = Domain("kind", "=", kind)
        happened &= Domain("date", ">=", start) & Domain("date", "<", end)
        return self._prepare_link(
            name,
            "sale.order",
            scope.orders & Domain("oms_event_ids", "any", happened),
        )

    # === OPEN ORDERS ===

    def _get_open_orders(self, scope):
        """Open orders by state and age, counted from when the buyer ordered.

        :return: ``ages``, ``rows`` (state, label, cells, total) and the ``total``
        """
        labels = self.env["sale.order"]._fields["oms_state"]._description_selection
        labels = dict(labels(self.env))
        counts = self._count_open_orders(scope)
        rows = [
            self._prepare_state_row(scope, state, labels[state], counts.get(state, {}))
            for state in OPEN_STATES
        ]
        name = self.env._("Open Orders")
        return {
            "ages": [code for code, _limit in AGES],
            "rows": [row for row in rows if row["count"]],
            "total": sum(row["count"] for row in rows),
            "link": self._prepare_link(
                name, "sale.order", self._get_open_domain(scope)
            ),
        }

    def _get_open_domain(self, scope):
        # A quotation of a salesperson is no order yet; what a channel sent is one.
        orders = Domain("state", "=", "sale") | Domain("oms_external_id", "!=", False)
        return scope.orders & orders & Domain("oms_state", "in", OPEN_STATES)

    def _count_open_orders(self, scope):
        """{state: {index of the age: number}}, in one query with the reader's rules."""
        orders = self.env["sale.order"]
        query = orders._search(self._get_open_domain(scope))
        limits = [scope.now - limit for _code, limit in reversed(AGES) if limit]
        # 0 is what is older than the first limit, then ever younger.
        age = SQL(
            "width_bucket(%s, %s)",
            orders._field_to_sql(query.table, "date_order", query),
            limits,
        )
        state = orders._field_to_sql(query.table, "oms_state", query)
        query.groupby = SQL("1, 2")
        rows = self.env.execute_query(query.select(state, age, SQL("COUNT(*)")))
        counts = {}
        for name, bucket, number in rows:
            cells = counts.setdefault(name, {})
            cells[len(AGES) - 1 - bucket] = number
        return counts

    def _prepare_state_row(self, scope, state, label, counts):
        domain = self._get_open_domain(scope) & Domain("oms_state", "=", state)
        cells, younger = [], None
        for index, (code, limit) in enumerate(AGES):
            older = limit and scope.now - limit
            span = Domain("date_order", ">=", older) if older else Domain.TRUE
            if younger:
                span &= Domain("date_order", "<", younger)
            cells.append(
                {
                    "age": code,
                    "count": counts.get(index, 0),
                    "link": self._prepare_link(label, "sale.order", domain & span),
                }
            )
            younger = older
        return {
            "state": state,
            "label": label,
            "cells": cells,
            "count": sum(counts.values()),
            "link": self._prepare_link(label, "sale.order", domain),
        }

    # === NODES ===

    def _get_nodes(self, scope):
        """Open deliveries of each place: ready, held, waiting for goods; and late."""
        parts = self._get_load_domains(scope)
        counts = {code: self._count_by_node(part) for code, part in parts.items()}
        nodes = [
            self._prepare_node(place, parts, counts)
            for place in scope.node or scope.nodes
        ]
        return sorted(nodes, key=lambda node: -node["total"])

    def _get_load_domains(self, scope):
        """What there is to send, in parts; a late delivery is in another part too."""
        deliveries = OPEN_TRANSFER & scope.transfers
        has_goods = Domain("state", "=", "assigned")
        is_held = Domain("oms_is_held", "=", True)
        return {
            "total": deliveries,
            "ready": deliveries & has_goods & ~is_held,
            "held": deliveries & has_goods & is_held,
            "waiting": deliveries & ~has_goods,
            "late": deliveries & Domain("date_deadline", "<", scope.now),
        }

    def _count_by_node(self, domain):
        return dict(self.env["stock.picking"]._read_group(domain, [NODE], ["__count"]))

    def _prepare_node(self, place, parts, counts):
        node = {"id": place.id, "name": place.name}
        numbers = {
            code: {
                "code": code,
                "count": counts[code].get(place, 0),
                "link": self._prepare_link(
                    place.name, "stock.picking", part & Domain(NODE, "=", place.id)
                ),
            }
            for code, part in parts.items()
        }
        total = numbers.pop("total")
        return node | numbers | {"total": total["count"], "link": total["link"]}

    # === FEED ===

    def _get_feed(self, scope):
        """The newest happenings, newest first."""
        domain = Domain.TRUE
        if scope.is_filtered:
            domain = Domain("order_id", "any", scope.orders)
        events = self.env["oms.event"].search(domain, limit=FEED_LENGTH)
        # Read as the reader: a happening of an order he may not see is left out.
        orders = self.env["sale.order"].search_fetch(
            [("id", "in", events.order_id.ids)], ["name"]
        )
        return [
            {
                "id": event.id,
                "kind": event.kind,
                "date": fields.Datetime.to_string(event.date),
                "sentence": event.sentence,
                "order": {"id": event.order_id.id, "name": event.order_id.name},
                "channel": event.channel_id.name or "",
                "who": event.actor or self._get_person(event),
            }
            for event in events
            if event.order_id in orders
        ]

    def _get_person(self, event):
        user = event.sudo().user_id  # colleagues of other companies have names too
        return "" if user._is_superuser() else user.name
