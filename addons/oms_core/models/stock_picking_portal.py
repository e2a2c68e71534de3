# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from contextlib import suppress

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _get_oms_tracking_url(self):
        """The carrier's page for this parcel, the first one if there are several."""
        self.ensure_one()
        url = self.carrier_tracking_url or ""
        with suppress(ValueError, IndexError, TypeError, KeyError):
            url = json.loads(url)[0][1]
        # The text comes from a carrier: only an address of the web is a link.
        is_address = isinstance(url, str) and url.startswith(("https://", "http://"))
        return url if is_address else False
