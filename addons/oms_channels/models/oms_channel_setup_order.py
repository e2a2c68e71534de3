# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannelSetupOrder(models.Model):
    """An order of the shop as it would be here; nothing of it was written."""

    _name = "oms.channel.setup.order"
    _description = "Trial Order"
    _order = "id"
    _rec_name = "number"

    setup_id = fields.Many2one(
        "oms.channel.setup", required=True, index=True, ondelete="cascade"
    )
    number = fields.Char(readonly=True)
    placed_at = fields.Datetime(readonly=True)
    buyer = fields.Char(readonly=True)
    ship_to = fields.Char(readonly=True)
    line_count = fields.Integer("Lines", readonly=True)
    total = fields.Char("In the Shop", readonly=True)
    ours = fields.Char("Here", readonly=True)
    outcome = fields.Selection(
        [("good", "As it should"), ("held", "Would be held"), ("refused", "Refused")],
        readonly=True,
    )
    problems = fields.Text(readonly=True)
