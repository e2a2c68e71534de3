# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class OmsDispositionScrap(models.AbstractModel):
    """Written off: the goods leave stock and its value."""

    _name = "oms.disposition.scrap"
    _inherit = "oms.disposition"
    _description = "Disposition: Scrap"

    def _get_destinations(self, lines):
        groups = self.env["stock.location"]._read_group(
            [
                ("company_id", "in", lines.company_id.ids),
                ("usage", "=", "inventory"),
            ],
            ["company_id"],
            ["id:min"],
        )
        by_company = {
            company: self.env["stock.location"].browse(location_id)
            for company, location_id in groups
        }
        for company in lines.company_id:
            if company not in by_company:
                raise UserError(
                    self.env._(
                        "%(company)s has no location for scrapped goods. Create one of "
                        "type “Inventory Loss” under Inventory / Configuration / "
                        "Locations, or choose another disposition.",
                        company=company.name,
                    )
                )
        return {line: by_company[line.company_id] for line in lines}
