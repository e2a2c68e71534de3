# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.oms_core.models.res_partner_oms import NEWEST


class ResPartner(models.Model):
    """The returns of a customer, beside the orders."""

    _inherit = "res.partner"

    oms_return_ids = fields.Many2many(
        "oms.return",
        string="Returns",
        compute="_compute_oms_return_ids",
        groups="oms_core.group_oms_user",
        help="The newest returns of this customer, over all channels.",
    )

    # === COMPUTE ===

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_oms_return_ids(self):
        members = self._get_oms_members()
        everyone = set().union(*members.values())
        returns = self.env["oms.return"].search(
            [("partner_id", "in", list(everyone))], order="id desc"
        )
        owners = {found.id: found.partner_id.id for found in returns}
        for partner in self:
            own = members[partner.id]
            partner.oms_return_ids = returns.filtered(
                lambda found, own=own: owners[found.id] in own
            )[:NEWEST]
