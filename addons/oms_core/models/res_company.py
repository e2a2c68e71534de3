# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import models

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
DEFAULT_COLOUR = "#3d4f5c"


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_oms_colours(self):
        """The merchant's colour for pages and mails, and what is readable on it."""
        self.ensure_one()
        colour = self.primary_color or ""
        if not COLOUR.match(colour):
            colour = DEFAULT_COLOUR
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        # Weights of the eye for the three lights, ITU-R BT.601.
        is_light = 0.299 * red + 0.587 * green + 0.114 * blue > 150
        return {"main": colour, "text": "#1f2429" if is_light else "#ffffff"}
