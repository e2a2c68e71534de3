# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .stock_move_history import TOLD


class StockMoveLine(models.Model):
    """What people took from the shelves and put into parcels, for the history."""

    _inherit = "stock.move.line"

    # === CRUD ===

    def write(self, vals):
        """Override of `stock` to note who has picked what, line by line or by scan."""
        if not vals.get("picked") or self.env.context.get(TOLD):
            return super().write(vals)
        fresh = self.filtered(lambda line: not line.picked and line.state != "done")
        result = super().write(vals)
        fresh._record_oms_picking()
        return result

    # === BUSINESS ===

    def _put_in_pack(self, package_id=False, package_type_id=False, package_name=False):
        """Override of `stock` to note what went into which parcel."""
        package = super()._put_in_pack(package_id, package_type_id, package_name)
        self._record_oms_work(
            "pack", self.env._("Packed into %(parcel)s", parcel=package.name)
        )
        return package

    def _record_oms_picking(self):
        """One event per transfer: picked, or packed if that is its job."""
        for kind, lines in self.grouped(lambda line: line._get_oms_work()).items():
            if kind == "pick":
                lines._record_oms_work(kind, self.env._("Picked"))
            elif kind == "pack":
                lines._record_oms_work(kind, self.env._("Packed"))

    def _get_oms_work(self):
        """What handling this line means for its order; False if nothing new."""
        kind = self.picking_id.picking_type_id
        place = kind.warehouse_id
        if kind == place.pack_type_id:
            return "pack"
        one_step = kind == place.out_type_id and place.delivery_steps == "ship_only"
        return "pick" if one_step or kind == place.pick_type_id else False

    def _record_oms_work(self, kind, doing):
        """Append one event per transfer of an order: “Picked at Paris: 2 × MUG.”"""
        self.env["oms.event"]._record(
            [
                {
                    "order": picking.sale_id,
                    "kind": kind,
                    "sentence": self.env._(
                        "%(doing)s at %(place)s: %(goods)s.",
                        doing=doing,
                        place=picking.picking_type_id.warehouse_id.name,
                        goods=lines._get_oms_goods(),
                    ),
                    "document": picking,
                }
                for picking, lines in self.grouped("picking_id").items()
                if picking.sale_id
            ]
        )

    def _get_oms_goods(self):
        return ", ".join(
            f"{sum(same.mapped('quantity')):g} × {product.default_code or product.name}"
            for product, same in self.grouped("product_id").items()
        )
