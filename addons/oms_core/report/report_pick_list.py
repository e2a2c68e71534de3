# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models
from odoo.tools import formatLang


class ReportPickList(models.AbstractModel):
    _name = "report.oms_core.report_pick_list"
    _description = "Pick List"

    @api.model
    def _get_report_values(self, docids, data=None):
        """One list for each picking."""
        pickings = self.env["stock.picking"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": "stock.picking",
            "docs": pickings,
            "printed": fields.Datetime.now(),
            "walks": [(picking, self._get_lines(picking)) for picking in pickings],
        }

    @api.model
    def _get_lines(self, pickings):
        """What to take where, in the order of the walk, then what is missing.

        A list of {"picking", "location", "product", "lot", "package", "quantity",
        "unit", "missing"}; one for each reserved quantity, and one for each demand
        without stock. Extend to add a column.
        """
        moves = pickings.move_ids.filtered(lambda m: m.state not in ("cancel", "done"))
        lines = [
            self._prepare_line_values(
                line.picking_id,
                line.product_id,
                line.quantity,
                line.product_uom_id,
                location=line.location_id,
                lot=line.lot_id.name or line.lot_name,
                package=line.package_id.name,
            )
            for line in pickings.move_line_ids
            if line.quantity
        ]
        lines.sort(key=self._get_walk_key)
        short = [
            (move, move.product_uom_qty - move.quantity)
            for move in moves
            if move.product_uom.compare(move.product_uom_qty, move.quantity) > 0
        ]
        return lines + [
            self._prepare_line_values(
                move.picking_id, move.product_id, quantity, move.product_uom
            )
            for move, quantity in short
        ]

    @api.model
    def _prepare_line_values(
        self, picking, product, quantity, unit, *, location=None, lot="", package=""
    ):
        digits = 0 if quantity == int(quantity) else 2
        return {
            "picking": picking,
            "product": product,
            "quantity": formatLang(self.env, quantity, digits=digits),
            "unit": unit,
            "location": location,
            "lot": lot,
            "package": package,
            "missing": location is None,
        }

    @api.model
    def _get_walk_key(self, line):
        """Order of the walk: by location's path, shelf 2 before shelf 10."""
        path = line["location"].complete_name or ""
        steps = [
            (int(part), "") if part.isdigit() else (0, part.lower())
            for part in re.split(r"(\d+)", path)
        ]
        return steps, line["product"].default_code or "", line["picking"].id
