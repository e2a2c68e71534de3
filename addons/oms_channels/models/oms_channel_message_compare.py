# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from decimal import Decimal

from odoo import api, fields, models

from ..engine.diff import Facts, compare
from ..engine.errors import ChannelError
from ..engine.json_diff import differences

SHOWN = 200


class OmsChannelMessage(models.Model):
    """Two versions of an order side by side."""

    _inherit = "oms.channel.message"

    previous_id = fields.Many2one(
        "oms.channel.message",
        string="Version Before",
        compute="_compute_previous_id",
        help="The next older version of the same order that the channel has sent.",
    )
    comparison = fields.Html(
        compute="_compute_comparison",
        sanitize=False,
        help="What this version says that the version before did not.",
    )

    # === COMPUTE ===

    @api.depends("channel_id", "external_id", "version", "kind", "direction")
    def _compute_previous_id(self):
        orders = self.filtered(
            lambda m: m.kind == "order" and m.direction == "in" and m.external_id
        )
        family = self.search_fetch(
            [
                ("channel_id", "in", orders.channel_id.ids),
                ("external_id", "in", orders.mapped("external_id")),
                ("direction", "=", "in"),
                ("kind", "=", "order"),
            ],
            ["channel_id", "external_id", "version"],
        )
        before = {}
        for versions in family.grouped(
            lambda m: (m.channel_id, m.external_id)
        ).values():
            ranked = versions.sorted(lambda m: (m.version or "", m.id))
            before |= dict(zip(ranked[1:], ranked, strict=False))
        for message in self:
            message.previous_id = before.get(message._origin or message)

    @api.depends("previous_id", "payload")
    def _compute_comparison(self):
        # The payloads of all versions, read at once.
        (self | self.previous_id).mapped("payload")
        for message in self:
            message.comparison = message.previous_id and message._render_comparison()

    # === READING ===

    def _render_comparison(self):
        self.ensure_one()
        changes, problem = self._list_changes()
        rows = list(self._list_differences())
        return self.env["ir.qweb"]._render(
            "oms_channels.message_comparison",
            {
                "message": self,
                "previous": self.previous_id,
                "changes": changes,
                "problem": problem,
                "rows": rows[:SHOWN],
                "left_out": max(len(rows) - SHOWN, 0),
            },
        )

    def _list_changes(self):
        """What has changed in people's words: ([(what, before, now)], problem)."""
        connector = self._get_comparing_connector()
        if connector is None:
            return [], self.env._("the platform of this channel is not known here")
        try:
            before, after = (
                connector._map_order(message.channel_id, message._get_payload())
                for message in (self.previous_id, self)
            )
        except ChannelError as error:
            return [], str(error)
        except ValueError:
            return [], self.env._("one of the two versions is not JSON")
        words = self.env["oms.order.importer"]
        currency = self.order_id.currency_id or self.company_id.currency_id
        return [
            (
                words._get_topic(change),
                words._show(change, change.old, currency),
                words._show(change, change.new, currency),
            )
            for change in compare(before, after, Facts())
        ], ""

    def _get_comparing_connector(self):
        channel = self.channel_id
        # Documents of our own format come to channels of every platform by the API.
        own = '"external_id"' in (self.payload or "")[:2000]
        model = f"oms.connector.{'file' if own else channel.platform}"
        return self.env.get(model)

    def _list_differences(self):
        """What differs in the raw payloads: (path, before, now) as text."""
        try:
            old, new = self.previous_id._get_payload(), self._get_payload()
        except ValueError:
            return
        for path, was, now in differences(old, new):
            yield path, self._write_value(was), self._write_value(now)

    def _write_value(self, value):
        if value is None:
            return ""
        if isinstance(value, str | Decimal):
            return str(value)
        return json.dumps(value, default=str, ensure_ascii=False)

    # === ACTIONS ===

    def action_compare(self):
        """Show this version beside the one before."""
        self.ensure_one()
        view = self.env.ref("oms_channels.oms_channel_message_view_compare")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compared with the Version Before"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }
