# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.oms_core.models.res_partner_oms_lists import NEWEST


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
        returns = self.env["oms.return"]._search([("partner_id", "in", list(everyone))])
        rows = self._find_oms_newest(
            SQL(
                "SELECT id, partner_id, create_date FROM oms_return WHERE id IN %s",
                returns.subselect(),
            )
        )
        for partner in self:
            own = members[partner.id]
            ids = [found_id for found_id, owner in rows if owner in own]
            partner.oms_return_ids = ids[:NEWEST]
