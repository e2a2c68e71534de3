# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import dataclass, field
from typing import Any

from odoo import api, models

from odoo.addons.oms_core.tools.mark import FROM_CHANNEL

from ..engine import diff, stored
from ..engine.documents import ChannelOrder
from ..engine.results import ImportResult


@dataclass(slots=True)
class Update:
    """One order, what its channel says of it now, and what follows from that."""

    order: Any
    after: ChannelOrder
    before: ChannelOrder | None
    seen: ChannelOrder | None
    facts: diff.Facts
    changes: tuple[diff.Change, ...] = ()
    done: set[str] = field(default_factory=set)

    @property
    def asked(self):
        return {change.group for change in self.changes if change.asks}


class OmsOrderImporter(models.AbstractModel):
    """Newer versions of orders that are here already.

    What changed is found by ``engine.diff``; here it is done, kind by kind for all
    orders of the batch. What the warehouse did is never undone silently: then a
    hold asks a person, and the change waits.
    """

    _inherit = "oms.order.importer"

    @api.model
    def _update_orders(self, channel, pairs, currencies):
        """Bring orders up to date.

        :param pairs: (sale.order, ``ChannelOrder``), each order once
        :return: list of ``ImportResult`` in the same order
        """
        fresh = [
            (order, document)
            for order, document in pairs
            if not diff.is_stale(document.version, order.oms_external_version or "")
        ]
        # Whoever sees this key acts on the shop's word, and need not tell the shop.
        importer = FROM_CHANNEL.put(self)
        updates = importer._plan_updates(channel, fresh)
        changed = [update for update in updates if update.changes]
        if changed:
            importer._apply_updates(channel, changed, currencies)
        importer._store_versions(updates)
        told = {update.order.id for update in importer._record_changes(updates)}
        gone = [
            (update.order, update.after)
            for update in changed
            if diff.get_new_and_gone(update.before, update.after, update.asked)
        ]
        if gone:
            importer._update_orders(channel, gone, currencies)
        return [
            ImportResult(
                document.external_id,
                "updated" if order.id in told else "unchanged",
                order.id,
            )
            for order, document in pairs
        ]

    def _plan_updates(self, channel, pairs):
        orders = self.env["sale.order"].union(*(order for order, _document in pairs))
        facts = self._read_facts(channel, orders)
        updates = []
        for order, document in pairs:
            kept = order.oms_channel_document or {}
            before = self._load_document(kept.get("applied"))
            update = Update(
                order=order.with_env(self.env),
                after=document,
                before=before,
                seen=self._load_document(kept.get("newest")) or before,
                facts=facts[order.id],
            )
            update.changes = diff.compare(before, document, update.facts)
            update.done = diff.applied(update.changes)
            updates.append(update)
        return updates

    def _apply_updates(self, channel, updates, currencies):
        """One step for each kind of change, each for all orders."""
        self._update_payments(updates)
        self._update_cancelled(channel, updates)
        self._update_content(channel, updates, currencies)
        self._update_head(channel, updates)
        self._update_fulfilled(updates)
        self._credit_refunds(updates)
        self._ask_about_changes(updates)

    # === DOCUMENTS ===

    def _prepare_document(self, applied, newest):
        """What is kept of a channel's word, in the form in which it is stored."""
        kept = {"applied": stored.dump_order(applied)} if applied else {}
        if newest != applied:
            kept["newest"] = stored.dump_order(newest)
        return kept

    def _load_document(self, document):
        return stored.load_order(document) if document else None

    def _store_versions(self, updates):
        """Remember what was applied; what waits for a person is compared again."""
        for update in updates:
            applied = diff.advance(update.before, update.after, update.asked)
            document = self._prepare_document(applied, update.after)
            values = {}
            if update.order.oms_channel_document != document:
                values["oms_channel_document"] = document
            if update.order.oms_external_version != update.after.version:
                values["oms_external_version"] = update.after.version
            total = float(self._get_total_left(update))
            if update.order.currency_id.compare_amounts(
                update.order.oms_channel_total, total
            ):
                values["oms_channel_total"] = total
            if values:
                update.order.write(values)

    # === WORDS ===

    def _record_changes(self, updates):
        """One event for each change; what was told once is not told again.

        :return: the updates of which anything was told
        """
        values_list, told = [], []
        for update in updates:
            news = self._list_news(update)
            if news:
                told.append(update)
            values_list += [self._prepare_change_event(update, c) for c in news]
        self.env["oms.event"]._record(values_list)
        return told

    def _list_news(self, update):
        if not update.seen or update.seen == update.before:
            return update.changes
        known = {
            (change.kind, change.key, change.new)
            for change in diff.compare(update.before, update.seen, update.facts)
        }
        return [
            change
            for change in update.changes
            if not change.asks or (change.kind, change.key, change.new) not in known
        ]

    def _prepare_change_event(self, update, change):
        told = (
            self.env._("The shop asks for a change that waits for a person: %s.")
            if change.asks
            else self.env._("Changed in the shop: %s.")
        )
        return {
            "order": update.order,
            "kind": "version",
            "sentence": told % self._describe(change, update.order.currency_id),
            "actor": update.order.oms_channel_id.name,
            "data": {"version": update.after.version, "kind": change.kind},
        }

    # === ASKING ===

    def _ask_about_changes(self, updates):
        """Hold what a person must decide; let go on what is decided by now."""
        asking = {update.order: self._get_questions(update) for update in updates}
        orders = self.env["sale.order"].union(*asking)
        waiting = orders._get_oms_asking_holds().grouped("order_id")
        places, releases = [], self.env["oms.hold"]
        for order, questions in asking.items():
            hold = waiting.get(order)
            if questions and hold and hold.reason == questions:
                continue
            releases |= hold or releases
            if questions:
                places.append(
                    {
                        "order": order,
                        "type": "channel_change",
                        "reason": questions,
                        "data": {"asked": True},
                    }
                )
        # The importer itself placed these holds, for what the shop said before.
        releases.sudo()._release(self.env._("the shop has sent a newer version"))
        self.env["oms.hold"]._place(places)

    def _get_questions(self, update):
        """All that is asked about one order; a reason is given once."""
        parts = []
        for change in update.changes:
            if change.asks:
                text = self._describe(change, update.order.currency_id)
                parts.append((text, self._explain(change)))
        sentences = []
        for reason in dict.fromkeys(reason for _text, reason in parts):
            texts = [text for text, why in parts if why == reason]
            sentences.append(
                self.env._(
                    "%(changes)s: not done, because %(reason)s",
                    changes="; ".join(texts),
                    reason=reason,
                )
            )
        return ". ".join(sentences)
