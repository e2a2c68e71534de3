# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    oms_return_location_id = fields.Many2one(
        "stock.location",
        string="Returns Shelf",
        check_company=True,
        copy=False,
        domain="[('usage', '=', 'internal')]",
        help="Where returned goods lie until it is decided what becomes of them. "
        "Outside the stock that can be sold or promised.",
    )

    def _ensure_oms_return_location(self):
        """Give each of these places a returns shelf, if it has none yet.

        The shelf is not inside the warehouse: what lies under it counts as on hand,
        and goods that nobody has looked at must not be promised.
        """
        missing = self.filtered(lambda place: not place.oms_return_location_id)
        # Receiving a return is any warehouse worker's job, creating locations is not.
        locations = (
            self.env["stock.location"]
            .sudo()
            .create(  # see above
                [
                    {
                        "name": self.env._("%(code)s Returns", code=warehouse.code),
                        "usage": "internal",
                        "company_id": warehouse.company_id.id,
                    }
                    for warehouse in missing
                ]
            )
        )
        for warehouse, location in zip(missing, locations, strict=True):
            warehouse.sudo().oms_return_location_id = location  # see above
