# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connectors.file.readers import find_kind, read_file
from ..connectors.file.rejects import write_rejects
from ..connectors.file.transport import check_size
from ..engine.errors import ChannelError

BATCH = 200


class OmsChannelFile(models.Model):
    """A file that came or went: kept as it is, once per content."""

    _name = "oms.channel.file"
    _description = "Channel File"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    channel_id = fields.Many2one(
        "oms.channel", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    direction = fields.Selection(
        [("in", "From the channel"), ("out", "To the channel")],
        required=True,
        readonly=True,
        default="in",
    )
    key = fields.Char(
        required=True,
        readonly=True,
        help="The same for the same content, or for the same answer.",
    )
    content = fields.Binary("File", attachment=True, readonly=True)
    size = fields.Integer("Bytes", readonly=True)
    kind = fields.Char("Form", readonly=True)
    state = fields.Selection(
        [
            ("new", "Waiting"),
            ("done", "Done"),
            ("partial", "Partly imported"),
            ("rejected", "Rejected"),
        ],
        default="new",
        required=True,
        readonly=True,
    )
    error = fields.Text("What is wrong", readonly=True)
    order_count = fields.Integer("Orders", readonly=True)
    bad_count = fields.Integer("Refused", readonly=True)
    rejects = fields.Binary("Refused Part", attachment=True, readonly=True)
    rejects_name = fields.Char(readonly=True)
    message_ids = fields.Many2many("oms.channel.message", readonly=True)

    _key_uniq = models.Constraint(
        "UNIQUE(channel_id, direction, key)", "This file is known already."
    )
    _new_idx = models.Index("(channel_id, id) WHERE state = 'new'")

    # === STORE ===

    @api.model
    def _store(self, channel, name, content):
        """Keep a file that somebody brought; see ``_store_content``.

        :raise UserError: if it is too large
        """
        try:
            check_size(name, len(content))
        except ChannelError as error:
            raise UserError(str(error)) from error
        return self._store_content(channel, name, content)

    @api.model
    def _store_content(self, channel, name, content):
        """Keep a file; a content that is known is the file that it was."""
        key = hashlib.sha256(content).hexdigest()
        known = self._find(channel, key)
        return known or self.create(
            self._prepare_values(channel, name, key)
            | {"content": base64.b64encode(content), "size": len(content)}
        )

    @api.model
    def _store_refused(self, channel, name, error):
        """Note a file that is not even read."""
        return self.create(
            self._prepare_values(channel, name, f"name:{name}")
            | {"state": "rejected", "error": str(error)}
        )

    def _find(self, channel, key, direction="in"):
        return self.search(
            [
                ("channel_id", "=", channel.id),
                ("direction", "=", direction),
                ("key", "=", key),
            ]
        )

    def _prepare_values(self, channel, name, key, direction="in"):
        return {
            "name": name,
            "channel_id": channel.id,
            "company_id": channel.company_id.id,
            "direction": direction,
            "key": key,
        }

    def _get_bytes(self, field="content"):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False)[field] or b"")

    # === IMPORT ===

    def _import(self):
        """Import what is good, and write down what is not, with the reasons."""
        for file in self:
            file._import_one()

    def _import_one(self):
        channel = self.channel_id
        content = self._get_bytes()
        form = self.env["oms.file.format"]._get_format(channel, self.name)
        try:
            kind = find_kind(self.name, content, form)
            documents = read_file(self.name, content, form)
        except ChannelError as error:
            self.write(
                {"state": "rejected", "error": str(error), "order_count": 0}
                | {"bad_count": 0, "rejects": False, "message_ids": [(5,)]}
            )
            return
        messages = self._import_documents(documents)
        refused = self._get_refused(documents, messages)
        bad = {row: reason for document, reason in refused for row in document.rows}
        self.write(
            {
                "kind": kind,
                "state": self._get_state(documents, refused),
                "error": "\n".join(self._tell(*pair) for pair in refused[:20]),
                "order_count": len(documents) - len(refused),
                "bad_count": len(refused),
                "rejects_name": bad and f"rejected_{self.name}",
                "rejects": bad
                and base64.b64encode(write_rejects(kind, content, form, bad)),
                "message_ids": [(6, 0, list({m.id for m in messages}))],
            }
        )

    def _import_documents(self, documents):
        """The message of each document, imported in batches."""
        messages = []
        for start in range(0, len(documents), BATCH):
            payloads = [d.payload for d in documents[start : start + BATCH]]
            received = self.channel_id._receive_orders(payloads)
            waiting = self.env["oms.channel.message"].union(*received)
            todo = waiting.filtered(lambda message: message.state == "pending")
            self.channel_id._process_messages(todo)
            messages += received
        return messages

    def _get_refused(self, documents, messages):
        """[(document, reason)], where the reason names the place in the file."""
        return [
            (document, document.tell(message.error or ""))
            for document, message in zip(documents, messages, strict=True)
            if message.state == "quarantined"
        ]

    def _get_state(self, documents, refused):
        if not refused:
            return "done"
        return "rejected" if len(refused) == len(documents) else "partial"

    def _tell(self, document, reason):
        """The reason, after the order it is about, if the file names it."""
        order = document.payload.get("external_id")
        return (
            self.env._("%(order)s: %(reason)s", order=order, reason=reason)
            if order
            else reason
        )

    # === ACTIONS ===

    def action_import(self):
        """Import once more, as after a change of the format."""
        self.check_access("write")
        # Who may bring files need not have the rights on all that they touch.
        self.sudo().filtered(lambda file: file.direction == "in")._import()  # see above

    def action_view_messages(self):
        return self._get_message_action([])

    def action_view_refused(self):
        return self._get_message_action([("state", "=", "quarantined")])

    def _get_message_action(self, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_channels.action_oms_channel_message"
        )
        return action | {
            "domain": [("id", "in", self.message_ids.ids), *domain],
            "context": {},
        }

    def action_view_orders(self):
        self.ensure_one()
        orders = self.message_ids.order_id
        return self.channel_id._get_orders_action([("id", "in", orders.ids)], self.name)
