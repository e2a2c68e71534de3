# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.attempt import attempt_each
from .bulk.batch import with_batch


class OmsHold(models.Model):
    """What placing a hold does to the goods, and what it says when it refuses."""

    _inherit = "oms.hold"

    # === SENTENCES ===

    def _get_refusal(self, operation):
        """Why an operation is refused, and the way out; one line per hold."""
        # The words of a hold are for whoever it stops, whatever he may read.
        return "\n".join(hold._get_refusal_line(operation) for hold in self.sudo())

    def _get_refusal_line(self, operation):
        values = {
            "order": self.order_id.name,
            "type": self.type_id.name,
            "reason": self.reason,
            "operation": self.type_id._get_operation_name(operation),
            "group": self.type_id.release_group_id.full_name,
        }
        if values["group"]:
            return self.env._(
                "Order %(order)s is on hold (%(type)s): %(reason)s. This hold blocks "
                "%(operation)s. Ask a member of “%(group)s” to release it.",
                **values,
            )
        return self.env._(
            "Order %(order)s is on hold (%(type)s): %(reason)s. This hold blocks "
            "%(operation)s. Release the hold to go on.",
            **values,
        )

    # === PLACE ===

    @api.model
    def _place(self, values_list):
        """Override of `oms_core` to give back goods that may not be allocated."""
        holds = super()._place(values_list)
        holds._give_back_goods()
        return holds

    def _give_back_goods(self):
        blocking = self.filtered("type_id.blocks_allocate")
        orders = blocking.order_id.filtered(lambda order: order.state == "sale")
        if not orders:
            return
        # Whoever may hold an order may not be allowed to touch the stock.
        bulk, batch = with_batch(
            orders.sudo().with_context(  # see above
                oms_bulk=True, tracking_disable=True
            )
        )
        moves = bulk.order_line.move_ids
        batch.product_ids.update(moves.product_id.ids)
        moves = moves._oms_give_back()
        bulk.env.flush_all()
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "reserve",
                    "sentence": self.env._(
                        "Goods given back, others may have them: the order is on hold."
                    ),
                }
                for order in orders & moves.sale_line_id.order_id
            ]
        )

    # === CHECK ===

    @api.model
    def _check_type(self, code):
        """Refuse the code of a hold type that does not exist; names those that do."""
        types = self.env["oms.hold.type"].sudo()  # everyone may hold
        types = types.search([("active", "=", True)])
        self._get_type({kind.code: kind for kind in types}, code)

    def _check_released_by(self, user):
        """Refuse what this user may not release, whatever rights are at work.

        A program that may call the API releases what every user of Order Management
        may; what is reserved to a group, its members only.
        """
        for hold_type in self.type_id:
            group = hold_type.release_group_id
            if group and group not in user.all_group_ids:
                raise AccessError(
                    self.env._(
                        "A hold of type “%(type)s” is released by members of "
                        "“%(group)s”. Ask one of them, or an administrator.",
                        type=hold_type.name,
                        group=group.full_name,
                    )
                )

    # === RELEASE ===

    def _release_each(self, reason):
        """Release those that can be; one refusal does not keep the others.

        :return: {hold: (result, message)} with result "released", "unchanged" (it
            was not open any more) or "refused" (the message says why)
        """
        answers = dict.fromkeys(self, ("unchanged", ""))
        todo = self.filtered("is_open")
        allowed = todo.filtered("may_release") if not self.env.su else todo
        answers |= {
            hold: ("refused", hold.release_hint or "") for hold in todo - allowed
        }
        refusals = attempt_each(allowed, lambda holds: holds._release(reason))
        return answers | {
            hold: ("refused", refusals[hold]) if hold in refusals else ("released", "")
            for hold in allowed
        }

    def _release_due(self):
        """Release holds whose time is over; what cannot be, is left to a person."""
        answers = self._release_each(self.env._("its time was over"))
        refused = {
            hold: message
            for hold, (result, message) in answers.items()
            if result == "refused"
        }
        self.browse(hold.id for hold in refused).release_date = False
        self.env["oms.event"]._record(
            [
                {
                    "order": hold.order_id,
                    "kind": "note",
                    "sentence": self.env._(
                        "The hold (%(type)s) did not release itself: %(why)s",
                        type=hold.type_id.name,
                        why=message,
                    ),
                    "document": hold,
                }
                for hold, message in refused.items()
            ]
        )
