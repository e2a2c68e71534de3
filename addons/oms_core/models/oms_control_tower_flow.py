# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .oms_control_tower import STAGES

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


class OmsControlTower(models.AbstractModel):
    """What flows, what is open and where, and what happened last."""

    _inherit = "oms.control.tower"

    # === FLOW ===

    def _get_flow(self, scope):
        """Orders that reached each stage, by hour or day of the period.

        :return: ``starts`` (when each bucket begins), ``stages`` with their
            ``total``, ``counts`` (None: in the future) and links; and ``channels``,
            the same for the stage that is looked at, if one is
        """
        starts = scope.get_buckets()
        is_hourly = starts[1] - starts[0] < timedelta(days=1)
        granularity = "hour" if is_hourly else "day"
        stages, channels = defaultdict(Counter), defaultdict(Counter)
        for kind, channel, start, number in self._count_flow(scope, granularity):
            stages[kind][start] += number
            if kind == scope.stage:
                channels[channel][start] += number
        return {
            "period": scope.period,
            "granularity": granularity,
            "starts": [
                fields.Datetime.to_string(scope.to_utc(start)) for start in starts[:-1]
            ],
            "stages": [
                {"kind": kind}
                | self._prepare_line(
                    label, scope, kind, scope.orders, starts, stages[kind]
                )
                for kind, label in self._get_stage_labels().items()
            ],
            "channels": [
                {"channel": channel.id}
                | self._prepare_line(
                    channel.name or self.env._("Without a channel"),
                    scope,
                    scope.stage,
                    scope.orders & Domain("oms_channel_id", "=", channel.id),
                    starts,
                    counts,
                )
                for channel, counts in sorted(
                    channels.items(), key=lambda item: -item[1][None]
                )
            ],
        }

    def _count_flow(self, scope, granularity):
        """Rows of stage, channel, start of the bucket, number.

        Without a start: of the whole period. An order has one channel, so the orders
        of the channels add up to all.
        """
        starts = scope.get_buckets()
        events = Domain("kind", "in", STAGES)
        events &= self._get_span_domain(
            scope.to_utc(starts[0]), scope.to_utc(starts[-1])
        )
        if scope.is_filtered:
            events &= Domain("order_id", "any", scope.orders)
        history = self.env["oms.event"].with_context(tz=str(scope.tz))
        number = ["order_id:count_distinct"]
        by = ["kind", "order_id.oms_channel_id"]
        return [
            *history._read_group(events, [*by, f"date:{granularity}"], number),
            *(
                (kind, channel, None, total)
                for kind, channel, total in history._read_group(events, by, number)
            ),
        ]

    def _prepare_line(self, label, scope, kind, orders, starts, counts):
        moments = [scope.to_utc(start) for start in starts]

        def link(start, end):
            happened = Domain("kind", "=", kind) & self._get_span_domain(start, end)
            domain = orders & Domain("oms_event_ids", "any", happened)
            return self._prepare_link(label, "sale.order", domain)

        return {
            "label": label,
            "total": counts[None],
            "link": link(moments[0], moments[-1]),
            "counts": [
                counts[start] if moment <= scope.now else None
                for start, moment in zip(starts[:-1], moments, strict=False)
            ],
            "links": [link(*span) for span in pairwise(moments)],
        }

    def _get_span_domain(self, start, end):
        return Domain("date", ">=", start) & Domain("date", "<", end)

    def _get_stage_labels(self):
        return {
            "capture": self.env._("Captured"),
            "route": self.env._("Routed"),
            "pick": self.env._("Picked"),
            "ship": self.env._("Shipped"),
        }

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
