# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

OTHER = "other"


class OmsCancelReason(models.Model):
    """Why orders are cancelled, in words that can be counted."""

    _name = "oms.cancel.reason"
    _description = "Cancel Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Name that programs use, and connectors translate."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    is_for_buyers = fields.Boolean(
        "Offered to Buyers", help="Buyers who cancel by themselves may choose it."
    )
    order_ids = fields.One2many("sale.order", "oms_cancel_reason_id")
    order_count = fields.Integer("Orders", compute="_compute_order_count")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another cancel reason has this code."
    )

    # === COMPUTE ===

    def _compute_order_count(self):
        """No dependencies: counted when shown."""
        counts = dict(
            self.env["sale.order"]._read_group(
                [("oms_cancel_reason_id", "in", self.ids)],
                ["oms_cancel_reason_id"],
                ["__count"],
            )
        )
        for reason in self:
            reason.order_count = counts.get(reason, 0)

    # === ACTIONS ===

    def action_view_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_order"
        )
        return action | {
            "domain": [("oms_cancel_reason_id", "=", self.id)],
            "context": {},
        }

    # === BUSINESS ===

    @api.model
    def _find(self, code):
        """The reason of this code; none if it is not one of ours."""
        return self.search([("code", "=", code)], limit=1) if code else self.browse()

    def _tell(self, note=""):
        """The reason, and what somebody has to say about it, in one text."""
        # "Other" says nothing that the words do not say better.
        name = self.name if self.code != OTHER or not note else ""
        return ": ".join(filter(None, (name, note)))
