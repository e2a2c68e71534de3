# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from ...tools.attempt import attempt_each
from ..oms_cancel_reason import OTHER


class OmsApi(models.AbstractModel):
    """What programs may do to orders that are here."""

    _inherit = "oms.api"

    @api.model
    def hold_orders(self, refs, type, reason, channel=None):
        """Put orders on hold.

        :param list refs: order names, the channel's numbers or the channel's keys
        :param str type: code of the hold type
        :param str reason: why, for the person who will look at it
        :return: one dict per ref: {ref, order, result, state, holds, message} with
            ``result`` one of held, unchanged (had such a hold), unknown, refused
        :raise UserError: if there is no such hold type, or no reason
        """
        caller = self._with_rights()
        caller._check_reason(reason)
        caller.env["oms.hold"]._check_type(type)

        def hold(orders):
            placed = caller.env["oms.hold"]._place(
                [{"order": order, "type": type, "reason": reason} for order in orders]
            )
            done.update(placed.order_id.ids)

        done = set()
        return caller._act_on_orders(refs, channel, hold, done, "held")

    @api.model
    def release_holds(self, refs, type=None, reason=None, channel=None):
        """Release open holds of orders.

        :param str type: code of the hold type; empty: all that are open
        :return: as :meth:`hold_orders`, with ``result`` one of released, unchanged
            (no such hold is open), unknown, refused. A hold that only members of a
            group release is refused unless the caller is one of them
        """
        caller = self._with_rights()
        caller._check_reason(reason)
        if type:
            caller.env["oms.hold"]._check_type(type)
        user = self.env.user

        def release(orders):
            holds = orders.oms_hold_ids.filtered(
                lambda hold: hold.is_open and (not type or hold.type_id.code == type)
            )
            holds._check_released_by(user)
            done.update(holds._release(reason).order_id.ids)

        done = set()
        return caller._act_on_orders(refs, channel, release, done, "released")

    @api.model
    def cancel_orders(self, refs, reason, channel=None, note=""):
        """Cancel whole orders.

        :param str reason: code of a cancel reason; any other text is taken as the
            words of a person, and counts as the reason "other"
        :param str note: what else is to be said
        :return: as :meth:`hold_orders`, with ``result`` one of cancelled, unchanged
            (was cancelled before), unknown, refused (a hold, or it has shipped)
        """
        caller = self._with_rights()
        caller._check_reason(reason)

        reasons = caller.env["oms.cancel.reason"]
        known = reasons._find(reason)
        kind = known or reasons._find(OTHER)
        words = note if known else ": ".join(filter(None, (reason, note)))

        def cancel(orders):
            done.update(orders._oms_cancel(words, kind).ids)

        done = set()
        return caller._act_on_orders(refs, channel, cancel, done, "cancelled")

    # === TOGETHER ===

    def _act_on_orders(self, refs, channel, act, done, verb):
        """One answer per ref; what is refused for one is done for the others.

        :param act: function of orders, which adds to ``done`` whom it changed
        :param set done: ids of the orders that were changed
        :param str verb: the result of those
        """
        refs = [str(ref) for ref in refs]
        found = self._find_orders(refs, channel)
        orders = self.env["sale.order"].union(*found.values())

        def attempt(some):
            done.difference_update(some.ids)
            act(some)

        refusals = attempt_each(orders, attempt)
        done.difference_update(order.id for order in refusals)
        return [
            self._prepare_deed(ref, found.get(ref), refusals, done, verb)
            for ref in refs
        ]

    def _prepare_deed(self, ref, order, refusals, done, verb):
        if not order:
            return {
                "ref": ref,
                "order": "",
                "result": "unknown",
                "state": "",
                "holds": [],
                "message": self.env._("No order has the number %(ref)s.", ref=ref),
            }
        result = verb if order.id in done else "unchanged"
        return {
            "ref": ref,
            "order": order.name,
            "result": "refused" if order in refusals else result,
            "state": order.oms_state,
            "holds": [
                {"type": hold.type_id.code, "reason": hold.reason}
                for hold in order.oms_hold_ids.filtered("is_open")
            ],
            "message": refusals.get(order, ""),
        }

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "The reason is empty. Say in a few words why: whoever looks at "
                    "the order will read it in its history."
                )
            )
