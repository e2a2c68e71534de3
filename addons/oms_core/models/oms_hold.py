# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class OmsHold(models.Model):
    """One reason why an order may not go on; open until released."""

    _name = "oms.hold"
    _description = "Order Hold"
    _order = "id desc"
    _rec_name = "reason"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    channel_id = fields.Many2one(related="order_id.oms_channel_id", store=True)
    type_id = fields.Many2one(
        "oms.hold.type", required=True, index=True, ondelete="restrict"
    )
    line_id = fields.Many2one(
        "sale.order.line", ondelete="cascade", help="The line at fault, if it is one."
    )
    reason = fields.Char(required=True, readonly=True)
    data = fields.Json(readonly=True)
    is_open = fields.Boolean(default=True, readonly=True)
    release_date = fields.Datetime(
        readonly=True, help="When the hold releases itself, if it does."
    )
    released_at = fields.Datetime(readonly=True)
    released_by_id = fields.Many2one("res.users", readonly=True)
    release_reason = fields.Char(readonly=True)

    # "What needs a person now" is asked all the time; the past is not.
    _open_idx = models.Index("(type_id, order_id) WHERE is_open")
    _once = models.UniqueIndex(
        "(order_id, type_id, COALESCE(line_id, 0)) WHERE is_open",
        "This order already has an open hold of this type.",
    )

    # === COMPUTE ===

    def _compute_display_name(self):
        for hold in self:
            hold.display_name = f"{hold.type_id.name}: {hold.reason}"

    # === ACTIONS ===

    def action_release(self):
        """Open the dialog that asks why."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release Hold"),
            "res_model": "oms.hold.release",
            "view_mode": "form",
            "target": "new",
            "context": {"default_hold_ids": self.ids},
        }

    # === BUSINESS ===

    @api.model
    def _place(self, values_list):
        """Hold orders, in one go; an open hold of the same type and line is kept.

        :param list values_list: dicts with ``order`` (record), ``type`` (code),
            ``reason``; optionally ``line`` (record) and ``data`` (JSON)
        :return: the holds that were created
        """
        types = {
            t.code: t
            for t in self.env["oms.hold.type"].sudo().search([])  # everyone may hold
        }
        orders = self.env["sale.order"].union(*(v["order"] for v in values_list))
        known = {
            (hold.order_id, hold.type_id, hold.line_id)
            for hold in orders.oms_hold_ids
            if hold.is_open
        }
        wanted = {}
        for values in values_list:
            hold_type = self._get_type(types, values["type"])
            line = values.get("line") or self.env["sale.order.line"]
            key = (values["order"], hold_type, line)
            if key not in known:
                wanted[key] = self._prepare_hold_values(
                    *key, values["reason"], values.get("data")
                )
        # Anybody who may work on an order may put it on hold; who may release it
        # is checked by _release.
        holds = self.sudo().create(list(wanted.values()))  # see above
        self.env["oms.event"]._record(
            [
                {
                    "order": hold.order_id,
                    "kind": "hold",
                    "sentence": self.env._(
                        "Held (%(type)s): %(reason)s",
                        type=hold.type_id.name,
                        reason=hold.reason,
                    ),
                    "document": hold,
                }
                for hold in holds
            ]
        )
        return holds

    def _get_type(self, types, code):
        if code not in types:
            raise UserError(
                self.env._(
                    "There is no hold type with the code “%(code)s”. "
                    "Known are: %(known)s.",
                    code=code,
                    known=", ".join(sorted(types)),
                )
            )
        return types[code]

    def _prepare_hold_values(self, order, hold_type, line, reason, data=None):
        hours = hold_type.release_after_hours
        return {
            "order_id": order.id,
            "type_id": hold_type.id,
            "line_id": line.id,
            "reason": reason,
            "data": data or False,
            "release_date": hours
            and fields.Datetime.add(fields.Datetime.now(), hours=hours),
        }

    def _release(self, reason):
        """Release the open ones among these holds, and let their orders go on.

        Releasing a released hold does nothing: the outside world repeats itself.

        :raise AccessError: if the user is not in the group that may release
        """
        holds = self.filtered("is_open")
        holds._check_may_release()
        holds.sudo().write(  # the right to release was checked one line above
            {
                "is_open": False,
                "released_at": fields.Datetime.now(),
                "released_by_id": self.env.uid,
                "release_reason": reason,
            }
        )
        self.env["oms.event"]._record(
            [
                {
                    "order": hold.order_id,
                    "kind": "release",
                    "sentence": self.env._(
                        "Hold released (%(type)s): %(reason)s",
                        type=hold.type_id.name,
                        reason=reason,
                    ),
                    "document": hold,
                }
                for hold in holds
            ]
        )
        holds.order_id._oms_resume()
        return holds

    def _check_may_release(self):
        for hold_type in self.type_id:
            group = hold_type.release_group_id
            if group and not self.env.su and group not in self.env.user.all_group_ids:
                raise AccessError(
                    self.env._(
                        "A hold of type “%(type)s” is released by members of "
                        "“%(group)s”. Ask one of them, or an administrator.",
                        type=hold_type.name,
                        group=group.sudo().full_name,  # name only, for the message
                    )
                )

    @api.model
    def _cron_release_due(self):
        """Release the holds whose time is over."""
        due = self.search(
            [("is_open", "=", True), ("release_date", "<=", fields.Datetime.now())],
            limit=1000,
        )
        due._release_due()
        self.env["ir.cron"]._commit_progress(
            len(due), remaining=1 if len(due) == 1000 else 0
        )
