# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pos_oms_channel_id = fields.Many2one(
        related="pos_config_id.oms_channel_id",
        string="Channel of the Till",
        readonly=False,
    )
