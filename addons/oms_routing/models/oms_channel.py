# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    _inherit = "oms.channel"

    routing_policy_id = fields.Many2one(
        "oms.routing.policy",
        check_company=True,
        index="btree_not_null",
        help="How the place that ships is chosen. Empty: the first policy in the list.",
    )
