# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.control_tower_scope import ControlTowerScope, domain_to_json
from .sale_order_promise import UNSENT_STATES

GROUP = "oms_core.group_oms_user"
PERIODS = ("today", "yesterday", "week", "month")
STAGES = ("capture", "route", "pick", "ship")
OUTGOING = Domain("picking_type_code", "=", "outgoing") & Domain("sale_id", "!=", False)
# A hold that releases itself needs nobody.
WAITING_HOLD = Domain("is_open", "=", True) & Domain("release_date", "=", False)


class OmsControlTower(models.AbstractModel):
    """The page that says what needs a person now.

    Every number is counted with the very domain of its link, as the reader, so the
    list behind it has as many rows. The number of queries does not depend on the
    number of orders.
    """

    _name = "oms.control.tower"
    _description = "Control Tower"

    # === READING ===

    @api.model
    @api.readonly
    def get_page(self, filters=None):
        """All that the page shows, as JSON; times are UTC.

        :param dict filters: ``channel`` and ``node`` (ids of an oms.channel and a
            stock.warehouse), ``period`` (one of :data:`PERIODS`) and ``stage`` (one
            of :data:`STAGES`: its flow by channel); what is unknown, as a channel
            that was deleted since, does not filter
        :return: ``tiles``, ``needs`` (they by channel and node), ``flow``, ``orders``
            (state × age), ``nodes``, ``feed``, ``choices``, the ``filters`` in force,
            ``now``, ``tz`` and ``is_empty``
        :raise AccessError: unless the reader is a user of Order Management
        """
        self._check_may_read()
        scope = self._get_scope(filters or {})
        tiles = sorted(self._get_tiles(scope), key=lambda tile: tile["sequence"])
        orders, feed = self._get_open_orders(scope), self._get_feed(scope)
        numbers = [orders["total"], len(feed), *(tile["count"] for tile in tiles)]
        return {
            "tiles": tiles,
            "needs": self._get_needs(scope, tiles),
            "flow": self._get_flow(scope),
            "orders": orders,
            "nodes": self._get_nodes(scope),
            "feed": feed,
            "choices": self._get_choices(scope),
            "filters": {
                "channel": scope.channel.id,
                "node": scope.node.id,
                "period": scope.period,
                "stage": scope.stage,
            },
            "now": fields.Datetime.to_string(scope.now),
            "tz": str(scope.tz),
            "is_empty": not scope.is_filtered and not any(numbers),
        }

    def _check_may_read(self):
        if not self.env.su and not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "%(user)s may not open the control tower: it is for users of "
                    "Order Management. An administrator can give that role under "
                    "Settings, Users.",
                    user=self.env.user.name,
                )
            )

    def _get_scope(self, filters):
        # Channels and places are few, and all of them are filters of the page.
        channels = self.env["oms.channel"].search([])  # pylint: disable=no-search-all
        nodes = self.env["stock.warehouse"].search([])  # pylint: disable=no-search-all
        period, stage = filters.get("period"), filters.get("stage")
        return ControlTowerScope(
            now=fields.Datetime.now(),
            tz=self.env.tz,
            channels=channels,
            nodes=nodes,
            channel=channels.filtered(lambda c: c.id == filters.get("channel")),
            node=nodes.filtered(lambda n: n.id == filters.get("node")),
            period=period if period in PERIODS else PERIODS[0],
            stage=stage if stage in STAGES else None,
        )

    def _get_choices(self, scope):
        return {
            name: [{"id": record.id, "name": record.display_name} for record in records]
            for name, records in (("channels", scope.channels), ("nodes", scope.nodes))
        }

    # === TILES ===

    def _get_tiles(self, scope):
        """The tiles, as dicts; extend to add one, see :meth:`_prepare_tile`."""
        return [
            self._get_review_tile(scope),
            self._get_unfillable_tile(scope),
            self._get_late_tile(scope),
            self._get_unpaid_tile(scope),
        ]

    def _prepare_tile(self, code, label, link, oldest, **extra):
        """One tile, with its number counted from its link.

        :param dict link: see :meth:`_prepare_link`
        :param str oldest: aggregates that say since when the oldest waits, the first
            one that has a value counts; as "create_date:min"
        :param extra: ``sequence``, ``level`` ("danger": a person must act, "warning":
            soon) and ``hint``; optionally ``before`` (the number at this time
            yesterday, where it can be known), ``oldest_label`` (what comes before the
            age of the oldest) and ``notes`` (smaller numbers below, dicts with
            ``code``, ``label``, ``count``, ``oldest``, ``level`` ("info": nobody need
            act) and ``link``, and ``hint`` if there is more to say)
        """
        records = self.env[link["model"]]
        [[count, *since]] = records._read_group(
            link["domain"], aggregates=["__count", *oldest.split()]
        )
        since = next(filter(None, since), None)
        return {
            "code": code,
            "label": label,
            "count": count,
            "oldest": since and fields.Datetime.to_string(since),
            "oldest_label": self.env._("oldest"),
            "link": link,
            "before": None,
            "notes": [],
        } | extra

    def _prepare_link(self, name, model, domain):
        """What the web client opens: the records of a domain, as a list.

        ``action`` is the window action whose views are used, see
        :meth:`_get_actions`; without one they are the model's own.
        """
        return {
            "name": name,
            "model": model,
            "domain": domain_to_json(domain),
            "action": self._get_actions().get(model, False),
        }

    def _get_actions(self):
        """Window action by model; extend to show the records of yours as you do."""
        return {
            "sale.order": "oms_core.action_oms_order",
            "stock.picking": "oms_core.action_oms_waiting_goods",
            "oms.channel": "oms_core.action_oms_channel_configuration",
        }

    def _get_review_tile(self, scope):
        waiting = Domain("oms_hold_ids", "any", WAITING_HOLD)
        orders = scope.orders & Domain("state", "!=", "cancel") & waiting
        name = self.env._("To Review")
        tile = self._prepare_tile(
            "review",
            name,
            self._prepare_link(name, "sale.order", orders),
            "date_order:min",
            sequence=10,
            level="danger",
            hint=self.env._("on hold until a person decides"),
            before=self.env["sale.order"].search_count(
                self._get_review_domain_at(scope)
            ),
        )
        [[held_since]] = self.env["oms.hold"]._read_group(
            WAITING_HOLD & Domain("order_id", "any", orders),
            aggregates=["create_date:min"],
        )
        return tile | {"oldest": held_since and fields.Datetime.to_string(held_since)}

    def _get_review_domain_at(self, scope):
        """Orders that waited for a person at this time yesterday."""
        then = scope.yesterday
        held = Domain("release_date", "=", False) & Domain("create_date", "<=", then)
        held &= Domain("is_open", "=", True) | Domain("released_at", ">", then)
        cancelled_since = Domain("kind", "=", "cancel") & Domain("date", ">", then)
        alive = Domain("state", "!=", "cancel") | Domain(
            "oms_event_ids", "any", cancelled_since
        )
        return scope.orders & alive & Domain("oms_hold_ids", "any", held)

    def _get_unfillable_tile(self, scope):
        name = self.env._("Unfillable")
        domain = scope.orders & Domain("oms_state", "=", "unfillable")
        return self._prepare_tile(
            "unfillable",
            name,
            self._prepare_link(name, "sale.order", domain),
            "date_order:min",
            sequence=20,
            level="danger",
            hint=self.env._("no place can or may ship these"),
        )

    def _get_late_tile(self, scope):
        name = self.env._("Late")
        late = self._get_due_domain(scope, None, scope.now)
        return self._prepare_tile(
            "late",
            name,
            self._prepare_link(name, "sale.order", late),
            "oms_ship_by:min",
            sequence=30,
            level="danger",
            hint=self.env._("promised to have left by now, still here"),
            oldest_label=self.env._("first one due"),
            before=self.env["sale.order"].search_count(self._get_late_domain_at(scope)),
            notes=[self._get_late_today_note(scope)],
        )

    def _get_late_today_note(self, scope):
        """What will be late unless it leaves by tonight."""
        domain = self._get_due_domain(scope, scope.now, scope.days_ago(-1))
        return {
            "code": "late_today",
            "label": self.env._("late today"),
            "hint": self.env._("unless they leave by tonight"),
            "count": self.env["sale.order"].search_count(domain),
            "oldest": None,
            "level": "warning",
            "link": self._prepare_link(self.env._("Late Today"), "sale.order", domain),
        }

    def _get_due_domain(self, scope, start, end):
        """Orders promised to leave from ``start`` on and before ``end``."""
        return scope.orders & self.env["sale.order"]._get_oms_due_domain(start, end)

    def _get_late_domain_at(self, scope):
        """Orders that were late at this time yesterday."""
        then = scope.yesterday
        gone_since = Domain("kind", "in", ("ship", "cancel")) & Domain(
            "date", ">", then
        )
        there = Domain("oms_state", "in", UNSENT_STATES) | Domain(
            "oms_event_ids", "any", gone_since
        )
        return scope.orders & Domain("oms_ship_by", "<", then) & there

    def _get_unpaid_tile(self, scope):
        name = self.env._("Unpaid and Shipped")
        return self._prepare_tile(
            "unpaid",
            name,
            self._prepare_link(name, "sale.order", self._get_unpaid_domain(scope)),
            "effective_date:min",
            sequence=60,
            level="warning",
            hint=self.env._("goods gone, money not taken"),
            notes=[self._get_paid_and_cancelled_note(scope)],
        )

    def _get_unpaid_domain(self, scope):
        """Orders that should have been paid before they left; extend to exempt more."""
        sent = ("partially_shipped", "shipped", "delivered")
        later = Domain("nb_days", ">", 0) | Domain("delay_type", "!=", "days_after")
        return (
            scope.orders
            & Domain("oms_state", "in", sent)
            & Domain("oms_payment_state", "in", ("unpaid", "authorised"))
            # Who has credit pays the invoice, and Odoo reminds of that.
            & ~Domain("payment_term_id.line_ids", "any", later)
        )

    def _get_paid_and_cancelled_note(self, scope):
        """Money that somebody has to give back: no gateway does so by itself."""
        name = self.env._("Paid and Cancelled")
        domain = scope.orders & Domain("oms_state", "=", "cancelled")
        domain &= Domain("oms_payment_state", "in", ("paid", "partially_refunded"))
        domain &= Domain("oms_payment_ids", "any", [("kind", "=", "capture")])
        return {
            "code": "paid_cancelled",
            "label": self.env._("paid and cancelled"),
            "hint": self.env._("money to give back"),
            "count": self.env["sale.order"].search_count(domain),
            "oldest": None,
            "level": "danger",
            "link": self._prepare_link(name, "sale.order", domain),
        }
