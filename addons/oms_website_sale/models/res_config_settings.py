# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    website_oms_channel_id = fields.Many2one(
        related="website_id.oms_channel_id",
        string="Channel of the Website",
        readonly=False,
        domain="[('company_id', '=', website_company_id)]",
    )
