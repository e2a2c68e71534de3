# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import LockError


class SaleOrder(models.Model):
    """The buyer cancels: the server decides, under a lock."""

    _inherit = "sale.order"

    def _prepare_oms_cancel_action(self):
        """The button of the tracking page, or why there is none."""
        self.ensure_one()
        words = self.env._
        action = {"code": "cancel", "label": words("Cancel this order")}
        reason = self._get_oms_cancel_refusal()
        if reason:
            return action | {"reason": reason}
        return action | {
            "url": self._get_oms_portal_url("/cancel"),
            "confirm": words("Do you really want to cancel the whole order?"),
            "confirm_label": words("Yes, cancel it"),
            "choices": {
                "name": "reason",
                "label": words("Why?"),
                "options": [
                    (reason.code, reason.name)
                    for reason in self._get_oms_buyer_reasons()
                ],
            },
        }

    def _get_oms_buyer_reasons(self):
        """Reasons that a buyer may choose."""
        # They are the merchant's, and read by buyers who are nobody here.
        reasons = self.env["oms.cancel.reason"].sudo()  # see above
        return reasons.search([("is_for_buyers", "=", True)])

    def _get_oms_cancel_refusal(self):
        """Why the buyer may not cancel, in the buyer's words; False if he may."""
        self.ensure_one()
        words = self.env._
        limit = self.oms_channel_id.buyer_cancel or "never"
        facts = self._get_oms_move_facts().get(self.id, {})
        begun = any(facts.get(key) for key in ("picking", "packed"))
        if self.state == "cancel":
            return words("This order is cancelled.")
        if facts.get("shipped"):
            return words("It has been shipped and cannot be cancelled any more.")
        if limit == "never":
            return words("This order cannot be cancelled here. Please contact us.")
        if begun:
            return words("It is being packed and cannot be cancelled any more.")
        if limit == "allocation" and facts.get("allocated"):
            return words("It is being prepared and cannot be cancelled any more.")
        # Which hold it is, is the merchant's affair.
        if self.locked or self._oms_get_holds("cancel"):
            return words("It cannot be cancelled at the moment. Please contact us.")
        return False

    def _oms_cancel_by_buyer(self, reason=""):
        """Cancel if the buyer still may.

        :param str reason: code of one of the reasons that buyers may choose
        :return: False, or why not, in the buyer's words
        """
        self.ensure_one()
        # A picker who starts now waits for us. What changed since this request
        # began makes the database refuse the lock, and the request start again.
        try:
            self.picking_ids.lock_for_update(allow_referencing=True)
            self.lock_for_update(allow_referencing=True)
        except LockError:
            return self.env._(
                "Somebody is working on this order right now. Please try again."
            )
        self.invalidate_recordset()
        self.picking_ids.invalidate_recordset()
        refusal = self._get_oms_cancel_refusal()
        if refusal:
            return refusal
        chosen = self._get_oms_buyer_reasons().filtered(lambda one: one.code == reason)
        self._oms_cancel(reason=chosen)
        self.env["oms.event"]._record(
            [
                {
                    "order": self,
                    "kind": "note",
                    "sentence": self.env._(
                        "The buyer cancelled the order on the tracking page."
                    ),
                    "actor": self.env._("Buyer"),
                }
            ]
        )
        return False
