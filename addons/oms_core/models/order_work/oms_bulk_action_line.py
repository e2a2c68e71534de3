# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ...tools.attempt import attempt_each
from .oms_bulk_action import BATCH


class OmsBulkActionLine(models.Model):
    """What became of one order in a bulk action."""

    _name = "oms.bulk.action.line"
    _description = "Result of a Bulk Action"
    _order = "id"
    _rec_name = "order_id"
    _log_access = False

    action_id = fields.Many2one(
        "oms.bulk.action", required=True, readonly=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", readonly=True)
    oms_state = fields.Selection(related="order_id.oms_state", string="Order State")
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    result = fields.Selection(
        [("waiting", "Waiting"), ("done", "Done"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="waiting",
    )
    message = fields.Char("Why", readonly=True)

    _progress_idx = models.Index("(action_id, result)")

    # === ACTIONS ===

    def action_retry(self):
        """Try these again."""
        self._retry()
        return True

    def action_view_order(self):
        self.ensure_one()
        return self.order_id.get_formview_action()

    # === BUSINESS ===

    def _retry(self):
        again = self.filtered(lambda line: line.result == "refused")
        # Who started it may have it tried again; results are nobody's to write.
        again.sudo().write({"result": "waiting", "message": False})  # see above
        again._delay()

    def _delay(self):
        """Hand these lines to the queue; few of them are done at once."""
        if len(self) <= BATCH:
            self._run()
            return
        for start in range(0, len(self), BATCH):
            lines = self[start : start + BATCH]
            lines.with_user(lines.action_id.user_id).with_delay(
                identity_key=f"oms:bulk:{lines[0].action_id.id}:{lines[0].id}",
                description=self.env._("OMS: %s", lines.action_id.name),
                channel="root.oms",
            )._run()

    def _run(self):
        """Do one batch. Repeated after a crash, it does what is still waiting."""
        todo = self.filtered(lambda line: line.result == "waiting")
        for action, lines in todo.grouped("action_id").items():
            refusals = attempt_each(lines.order_id, action._act)
            refused = lines.filtered(
                lambda line, refusals=refusals: line.order_id in refusals
            )
            # Results are written here and nowhere else.
            (lines - refused).sudo().write({"result": "done"})  # see above
            for message, same in refused.grouped(
                lambda line, refusals=refusals: refusals[line.order_id]
            ).items():
                same.sudo().write({"result": "refused", "message": message})  # as above
            action._notify_changed()
