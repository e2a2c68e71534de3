# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

OPERATIONS = ("allocate", "pick", "ship", "invoice", "refund", "edit", "cancel")


class OmsHoldType(models.Model):
    """What a kind of hold blocks, and who may release it."""

    _name = "oms.hold.type"
    _description = "Hold Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Name that programs use.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    description = fields.Text(
        translate=True,
        help="What a person should do about it, in one or two sentences.",
    )
    blocks_allocate = fields.Boolean("Blocks Allocation")
    blocks_pick = fields.Boolean("Blocks Picking")
    blocks_ship = fields.Boolean("Blocks Shipping")
    blocks_invoice = fields.Boolean("Blocks Invoicing")
    blocks_refund = fields.Boolean("Blocks Refunds")
    blocks_edit = fields.Boolean("Blocks Editing")
    blocks_cancel = fields.Boolean("Blocks Cancelling")
    release_group_id = fields.Many2one(
        "res.groups",
        string="Released By",
        help="Members may release this hold. Empty: every user of Order Management.",
    )
    release_after_hours = fields.Float(
        help="The hold releases itself after this time. 0: only a person releases it."
    )

    stops_fulfilment = fields.Boolean(
        compute="_compute_stops_fulfilment",
        store=True,
        help="Orders with such a hold are shown as on hold.",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "Another hold type has this code.")

    # === COMPUTE ===

    @api.depends("blocks_allocate", "blocks_pick", "blocks_ship")
    def _compute_stops_fulfilment(self):
        for hold_type in self:
            hold_type.stops_fulfilment = (
                hold_type.blocks_allocate
                or hold_type.blocks_pick
                or hold_type.blocks_ship
            )

    # === BUSINESS ===

    def _get_blocked_operations(self):
        """The codes of the operations that these types block together."""
        return {op for op in OPERATIONS if any(self.mapped(f"blocks_{op}"))}
