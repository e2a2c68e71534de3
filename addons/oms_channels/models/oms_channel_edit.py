# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import uuid
from decimal import Decimal

from odoo import fields, models

from ..engine.documents import OrderEdit, UnitEdit

# Edits that are another number of units of a line.
UNITS = ("product_uom_qty", "removed")
# The shop learns of carriers and parcels when they leave.
UNTOLD = ("carrier_id", "split")


class OmsChannel(models.Model):
    """Orders that were edited here are edited in the shop, too."""

    _inherit = "oms.channel"

    edits_told = fields.Selection(
        [
            ("shop", "The shop, by itself"),
            ("person", "A person, who changes it there"),
            ("nobody", "Nobody"),
        ],
        "Edits Are Told To",
        default="person",
        required=True,
        help="An order that is edited here differs from what the shop shows. Units of "
        "its lines can be set in the shop by itself (Shopify; the app needs the "
        "permission write_order_edits); of anything else a person is asked.",
    )

    # === STORE ===

    def _tell_edits(self, edits):
        """Queue what was edited, for the shop as far as it takes it, else a person.

        All edits of an order in one transaction are one message.

        :param dict edits: {order: [``Edit``]}
        """
        self.ensure_one()
        if self.edits_told == "nobody" or not self._get_connector()._keeps_orders:
            return
        orders = self.env["sale.order"].union(*edits)
        former = self._take_back_edits(orders)
        units = orders._get_oms_unit_edits() if self.edits_told == "shop" else {}
        rows = []
        for order, made in edits.items():
            lines = units.get(order, ())
            words = former.get(order, []) + [
                edit.sentence
                for edit in made
                if edit.kind not in (UNTOLD + UNITS if lines else UNTOLD)
            ]
            money = order._get_oms_overpaid_sentence() if lines else ""
            if lines:
                rows.append(self._prepare_unit_edits(order, lines))
            if words or money:
                rows.append(self._prepare_edit_question(order, words, money))
        messages = self.env["oms.channel.message"]._store(self, rows, direction="out")
        self._get_fresh_edits().update(messages.ids)
        if any(message.state == "pending" for message in messages):
            self._delay_processing("out")

    def _get_fresh_edits(self):
        """Ids of the messages of this transaction, which nobody else has seen."""
        return self.env.cr.precommit.data.setdefault("oms_edit_messages", set())

    def _take_back_edits(self, orders):
        """:return: {order: what a person was to be asked about}"""
        fresh = self.env["oms.channel.message"].browse(self._get_fresh_edits())
        # Who edits an order need not be allowed to touch messages.
        mine = fresh.sudo().exists()  # see above
        mine = mine.filtered(lambda message: message.order_id in orders)
        words = {
            message.order_id: message._get_payload()["words"]
            for message in mine
            if message.state == "quarantined"
        }
        mine.unlink()
        return words

    def _prepare_unit_edits(self, order, lines):
        key = f"edit:{order.id}:{uuid.uuid4().hex}"
        rows = [
            [unit.line_external_id, [*map(str, unit.known)], str(unit.wanted)]
            for unit in lines
        ]
        payload = {"key": key, "order": order.oms_external_id, "lines": rows}
        return self._prepare_edit_message(order, key, payload)

    def _prepare_edit_question(self, order, words, money):
        """What only a person can do in the shop; ``money`` changes with each edit."""
        key = f"edit:{order.id}:{uuid.uuid4().hex}"
        edits = self.env._(
            "Edited here: %(edits)s Change it in the shop by hand, too.",
            edits=" ".join(words),
        )
        return self._prepare_edit_message(order, key, {"words": words}) | {
            "state": "quarantined",
            "acts": "clerk",
            "error": self.env._(
                "Order %(order)s (%(number)s in the shop). %(todo)s Then skip this "
                "message.",
                order=order.name,
                number=order.oms_external_number or order.oms_external_id,
                todo=" ".join(filter(None, (words and edits, money))),
            ),
        }

    def _prepare_edit_message(self, order, key, payload):
        return {
            "kind": "edit",
            "key": key,
            "external_id": order.oms_external_id,
            "order_id": order.id,
            "payload": self._dump(payload),
        }

    # === PUSH ===

    def _push_edit_messages(self, messages):
        """:return: {message: error or None}"""
        edits = {m: self._load_edit(m._get_payload()) for m in messages}
        asked = [edit for edit in edits.values() if edit.lines]
        answers = self._get_connector()._push_edits(self, asked) if asked else {}
        return {
            message: answers.get(edit.key) if edit.lines else message._ask_again()
            for message, edit in edits.items()
        }

    def _load_edit(self, payload):
        return OrderEdit(
            key=payload.get("key", ""),
            order_external_id=payload.get("order", ""),
            lines=tuple(
                UnitEdit(line, tuple(map(Decimal, known)), Decimal(wanted))
                for line, known, wanted in payload.get("lines", ())
            ),
        )

    def _get_told_sentence(self, message):
        """Override to tell that the shop has the units of now."""
        if message.kind != "edit":
            return super()._get_told_sentence(message)
        return self.env._("%(channel)s was told of the edit.", channel=self.name)
