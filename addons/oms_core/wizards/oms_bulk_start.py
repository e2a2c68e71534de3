# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..models.sale_order_type import PRIORITIES


class OmsBulkStart(models.TransientModel):
    """Asks what is to be done with many orders."""

    _name = "oms.bulk.start"
    _description = "Start a Bulk Action"

    # Here and not in the context: thousands of ids would travel with every click.
    order_ids = fields.Json()
    order_count = fields.Integer(readonly=True)
    kind = fields.Selection(
        lambda self: self.env["oms.bulk.action"]._fields["kind"].selection,
        string="Action",
        required=True,
        default="hold",
    )
    hold_type_id = fields.Many2one(
        "oms.hold.type",
        default=lambda self: self.env.ref(
            "oms_core.hold_type_manual", raise_if_not_found=False
        ),
    )
    blocks = fields.Char(compute="_compute_blocks")
    reason = fields.Char()
    cancel_reason_id = fields.Many2one("oms.cancel.reason")
    carrier_id = fields.Many2one("delivery.carrier")
    priority = fields.Selection(PRIORITIES, default="1")
    tag_ids = fields.Many2many("crm.tag", string="Tags")

    # === COMPUTE ===

    @api.depends("hold_type_id")
    def _compute_blocks(self):
        for wizard in self:
            wizard.blocks = wizard.hold_type_id._get_blocked_names()

    # === ACTIONS ===

    def action_start(self):
        self.ensure_one()
        # What the browser sent is not to be trusted: orders of the user, no others.
        orders = self.env["sale.order"].search([("id", "in", self.order_ids or [])])
        action = self.env["oms.bulk.action"]._start(
            self._prepare_action_values(len(orders)), orders.ids
        )
        return action.action_open()

    # === VALUES ===

    def _prepare_action_values(self, count):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "name": self.env._(
                "%(action)s: %(count)s orders", action=labels[self.kind], count=count
            ),
            "kind": self.kind,
            "hold_type_id": self.kind == "hold" and self.hold_type_id.id,
            "carrier_id": self.kind == "carrier" and self.carrier_id.id,
            "priority": self.kind == "priority" and self.priority,
            "tag_ids": (self.kind == "tag" and [(6, 0, self.tag_ids.ids)]) or [],
            "reason": self.reason,
            "cancel_reason_id": self.kind == "cancel" and self.cancel_reason_id.id,
        }
