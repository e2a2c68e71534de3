# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.geo import Place, locate


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_oms_place(self) -> Place:
        """This address as the routing engine reads it; an empty one is nowhere."""
        country, state = self.country_id, self.state_id
        codes = {"country": country.code or "", "state": state.code or ""}
        position = locate(
            latitude=self.partner_latitude,
            longitude=self.partner_longitude,
            zip_code=self.zip or "",
            country_name=country.name or "",
            state_name=state.name or "",
            **codes,
        )
        return Place(position=position, zip=self.zip or "", **codes)
