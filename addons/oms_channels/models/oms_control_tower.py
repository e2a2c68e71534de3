# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.fields import Domain

FAILED = ("quarantined", "dead")
WAITING = ("pending", "failed")


class OmsControlTower(models.AbstractModel):
    """What the channels and we could not tell each other."""

    _inherit = "oms.control.tower"

    # === LINKS ===

    def _get_actions(self):
        """Override of `oms_core` to show messages as their own menu does."""
        return super()._get_actions() | {
            "oms.channel.message": "oms_channels.action_oms_channel_message"
        }

    # === NEEDS ===

    def _get_need_fields(self):
        """Override of `oms_core` to tell whose messages they are."""
        return super()._get_need_fields() | {
            "oms.channel.message": {"channel": "channel_id"}
        }

    # === TILES ===

    def _get_tiles(self, scope):
        """Override of `oms_core` to add the messages that failed."""
        return [*super()._get_tiles(scope), self._get_failed_messages_tile(scope)]

    def _get_failed_messages_tile(self, scope):
        name = self.env._("Failed Messages")
        domain = self._get_message_domain(scope) & (
            Domain("state", "in", FAILED)
            # What is tried again in vain until somebody changes a setting.
            | Domain("state", "=", "failed")
            & Domain("acts", "in", ("administrator", "clerk"))
        )
        return self._prepare_tile(
            "failed_messages",
            name,
            self._prepare_link(name, "oms.channel.message", domain),
            "create_date:min",
            sequence=50,
            level="danger",
            hint=self.env._("not understood, or given up"),
            notes=[self._get_lag_note(scope), self._get_silent_note(scope)],
        )

    def _get_unpaid_domain(self, scope):
        """Override of `oms_core`: what is sold on account is paid later."""
        return (
            super()._get_unpaid_domain(scope)
            & Domain("oms_on_account", "=", False)
            & Domain("oms_channel_id.sells_on_account", "!=", True)
        )

    def _get_message_domain(self, scope):
        domain = Domain.TRUE
        if scope.channel:
            domain &= Domain("channel_id", "=", scope.channel.id)
        if scope.node:
            # What belongs to no order (yet) concerns every place.
            domain &= Domain("order_id", "=", False) | Domain(
                "order_id", "any", scope.orders
            )
        return domain

    def _get_lag_note(self, scope):
        """How far behind the channels are: what waits, and since when."""
        name = self.env._("Waiting Messages")
        domain = self._get_message_domain(scope) & Domain("state", "in", WAITING)
        [[count, since]] = self.env["oms.channel.message"]._read_group(
            domain, aggregates=["__count", "create_date:min"]
        )
        return {
            "code": "lag",
            "label": self.env._("waiting"),
            "count": count,
            "oldest": since and fields.Datetime.to_string(since),
            "level": "info",
            "link": self._prepare_link(name, "oms.channel.message", domain),
        }

    def _get_silent_note(self, scope):
        """Channels that could not be read the last time, or take nothing now."""
        name = self.env._("Channels That Cannot Be Reached")
        domain = Domain("outage_since", "!=", False) | (
            Domain("fetch_orders", "=", True) & Domain("last_error", "!=", False)
        )
        if scope.channel:
            domain &= Domain("id", "=", scope.channel.id)
        return {
            "code": "silent",
            "label": self.env._("of the channels cannot be reached"),
            "count": self.env["oms.channel"].search_count(domain),
            "oldest": None,
            "level": "danger",
            "link": self._prepare_link(name, "oms.channel", domain),
        }
