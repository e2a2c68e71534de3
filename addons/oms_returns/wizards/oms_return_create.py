# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class OmsReturnCreate(models.TransientModel):
    """Asks what of an order comes back, and why."""

    _name = "oms.return.create"
    _description = "Request a Return"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    reason_id = fields.Many2one("oms.return.reason")
    note = fields.Text()
    line_ids = fields.One2many(
        "oms.return.create.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("order_id")
    def _compute_line_ids(self):
        for wizard in self:
            facts = wizard.order_id.order_line._get_oms_return_facts()
            wizard.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "sale_line_id": line.id,
                        "returnable": float(fact.returnable),
                        "quantity": 0.0,
                    }
                )
                for line, fact in facts.items()
                if fact.is_goods and fact.returnable > 0
            ]

    # === ACTIONS ===

    def action_request(self):
        self._check_lines()
        return self._request()

    def action_return_everything(self):
        for line in self.line_ids:
            line.quantity = line.returnable
        return self.action_request()

    def _check_lines(self):
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Nothing of %(order)s can be returned: nothing was delivered, or "
                    "all of it is on a return already.",
                    order=self.order_id.name,
                )
            )
        if not any(self.line_ids.mapped("quantity")):
            raise UserError(
                self.env._(
                    "No quantity entered: say how many of which line come back, or "
                    "choose “Return everything”."
                )
            )

    def _request(self):
        rma = self.env["oms.return"].create(self._prepare_return_values())
        return {
            "type": "ir.actions.act_window",
            "res_model": "oms.return",
            "res_id": rma.id,
            "view_mode": "form",
        }

    def _prepare_return_values(self):
        return {
            "order_id": self.order_id.id,
            "reason_id": self.reason_id.id,
            "note": self.note,
            "line_ids": [
                Command.create(
                    {
                        "sale_line_id": line.sale_line_id.id,
                        "quantity": line.quantity,
                        "reason_id": (line.reason_id or self.reason_id).id,
                    }
                )
                for line in self.line_ids
                if line.quantity
            ],
        }
