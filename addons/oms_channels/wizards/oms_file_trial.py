# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import Command, fields, models

from ..connectors.file.readers import read_file
from ..engine.errors import ChannelError

SHOWN = 50


class OmsFileTrial(models.TransientModel):
    """The sample of a format as orders, nothing stored."""

    _name = "oms.file.trial"
    _description = "File Trial"

    format_id = fields.Many2one("oms.file.format", required=True, ondelete="cascade")
    # What of another company's format is not readable is not readable through this.
    sample = fields.Binary(
        related="format_id.sample", readonly=False, related_sudo=False
    )
    sample_name = fields.Char(
        related="format_id.sample_name", readonly=False, related_sudo=False
    )
    good_count = fields.Integer("Good", readonly=True)
    bad_count = fields.Integer("Refused", readonly=True)
    error = fields.Text(readonly=True)
    line_ids = fields.One2many("oms.file.trial.line", "trial_id", readonly=True)

    # === ACTIONS ===

    def action_try(self):
        self.ensure_one()
        self._run()
        return self._get_action()

    # === TRIAL ===

    def _run(self):
        content = base64.b64decode(self.with_context(bin_size=False).sample or b"")
        if not content:
            self._show(
                [], self.env._("Upload a sample: a file as the sender writes it.")
            )
            return
        form = self.format_id._prepare_format()
        try:
            documents = read_file(self.sample_name or "", content, form)
        except ChannelError as error:
            self._show([], str(error))
            return
        channel = self.format_id.channel_id
        # The connector is asked, not the shop: nothing of it is shown.
        connector = channel.sudo()._get_connector()  # see above
        self._show([self._prepare_line(connector, channel, d) for d in documents])

    def _show(self, lines, error=False):
        bad = [line for line in lines if line["error"]]
        self.write(
            {
                "error": error,
                "good_count": len(lines) - len(bad),
                "bad_count": len(bad),
                "line_ids": [
                    Command.clear(),
                    *map(Command.create, self._select(lines)),
                ],
            }
        )

    def _select(self, lines):
        """The first ones, the refused before the good: those are what is looked for."""
        return sorted(lines, key=lambda line: not line["error"])[:SHOWN]

    def _prepare_line(self, connector, channel, document):
        rows = ", ".join(str(row) for row in document.rows[:5])
        try:
            order = connector._map_order(channel, document.payload)
        except ChannelError as error:
            return {
                "rows": rows,
                "number": str(document.payload.get("external_id") or ""),
                "error": document.tell(str(error)),
            }
        return {
            "rows": rows,
            "number": order.number,
            "buyer": order.customer.name or order.bill_to.name or order.ship_to.name,
            "ship_to": ", ".join(
                filter(None, (order.ship_to.city, order.ship_to.country_code))
            ),
            "placed_at": order.placed_at.replace(tzinfo=None),
            "lines": "\n".join(
                f"{line.quantity:f} × {line.sku or line.name} · {line.net:.2f}"
                for line in order.lines[:20]
            ),
            "total": f"{order.total:.2f} {order.currency}",
            "difference": f"{order.total - order.lines_total:.2f}"
            if order.total != order.lines_total
            else False,
            "error": False,
        }

    def _get_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try with a Sample"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class OmsFileTrialLine(models.TransientModel):
    """One order of the sample, or why it is none."""

    _name = "oms.file.trial.line"
    _description = "File Trial Order"

    trial_id = fields.Many2one("oms.file.trial", required=True, ondelete="cascade")
    rows = fields.Char("Row")
    number = fields.Char("Order")
    buyer = fields.Char()
    ship_to = fields.Char()
    placed_at = fields.Datetime("Placed")
    lines = fields.Text()
    total = fields.Char()
    difference = fields.Char(help="By how much the total differs from the lines.")
    error = fields.Text("What is Wrong")
