# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsRoutingRule(models.Model):
    _inherit = "oms.routing.rule"

    kind = fields.Selection(
        selection_add=[("postcode", "Place for a region")],
        ondelete={"postcode": "cascade"},
    )
    postcode_prefixes = fields.Char(
        help="How the postcodes of the region begin, as “02, 03, 04”."
    )
    postcode_warehouse_id = fields.Many2one(
        "stock.warehouse", string="Place for the Region"
    )

    @api.model
    def _get_parameters(self):
        return [
            *super()._get_parameters(),
            "postcode_prefixes",
            "postcode_warehouse_id",
        ]
