# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from ...tools.edit import Edit
from ...tools.unheld import unheld


class SaleOrder(models.Model):
    """A person decides what leaves in a second parcel, and from where."""

    _inherit = "sale.order"

    # === ACTIONS ===

    def action_oms_split(self):
        self.ensure_one()
        return self._get_oms_work_action("oms.order.split", self.env._("Split"))

    def action_oms_cancel_quantities(self):
        self.ensure_one()
        return self._get_oms_work_action("oms.order.cancel", self.env._("Cancel"))

    def _get_oms_work_action(self, model, title):
        return {
            "type": "ir.actions.act_window",
            "name": f"{title} {self.name}",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    # === BUSINESS ===

    def _oms_split(self, quantities, warehouse=None):
        """Let a part leave in a parcel of its own.

        :param dict quantities: {stock.move: quantity in its unit}
        :param warehouse: the place that ships it; none: the one it is at
        :return: the new transfers
        :raise UserError: if a hold, the warehouse's work or the figures forbid it
        """
        self.ensure_one()
        self._oms_check_operation("edit")
        moves = self.env["stock.move"].union(*quantities)
        self._oms_check_not_begun(moves.picking_id, self.env._("The transfer"))
        self._oms_check_split(quantities)
        known = self.picking_ids
        elsewhere = warehouse and warehouse != moves.picking_type_id.warehouse_id
        if elsewhere:
            self._oms_split_to(quantities, warehouse)
        else:
            self._oms_split_here(quantities)
        self.invalidate_recordset(["picking_ids"])
        place = warehouse or moves.picking_type_id.warehouse_id[:1]
        goods = ", ".join(
            f"{quantity:g} × {move.product_id.display_name}"
            for move, quantity in quantities.items()
        )
        self._oms_record_edits(
            {
                self: [
                    Edit(
                        "split",
                        self.env._(
                            "Split: %(goods)s in a parcel of its own, from %(place)s.",
                            goods=goods,
                            place=place.name,
                        ),
                    )
                ]
            }
        )
        return self.picking_ids - known

    def _oms_check_split(self, quantities):
        for move, quantity in quantities.items():
            if (
                quantity < 0
                or move.product_uom.compare(quantity, move.product_uom_qty) > 0
            ):
                raise UserError(
                    self.env._(
                        "%(product)s: %(quantity)g cannot be split off, the transfer "
                        "%(transfer)s has %(demand)g.",
                        product=move.product_id.display_name,
                        quantity=quantity,
                        transfer=move.picking_id.name,
                        demand=move.product_uom_qty,
                    )
                )
        parcels = self.env["stock.move"].union(*quantities).picking_id
        rest = parcels.move_ids.filtered(lambda move: move.state != "cancel")
        if all(
            move.product_uom.compare(quantities.get(move, 0.0), move.product_uom_qty)
            >= 0
            for move in rest
        ):
            raise UserError(
                self.env._(
                    "Nothing would be left in %(transfers)s. Leave at least one unit, "
                    "or change the order's warehouse.",
                    transfers=", ".join(parcels.mapped("name")),
                )
            )

    def _oms_split_here(self, quantities):
        """Into a second transfer of the same place; what was reserved stays so."""
        created = self.env["stock.move"]
        all_moves = self.env["stock.move"].union(*quantities)
        all_moves._do_unreserve()
        for picking, moves in all_moves.grouped("picking_id").items():
            second = picking.copy(
                {
                    "name": "/",
                    "move_ids": [],
                    "move_line_ids": [],
                    "backorder_id": False,
                }
            )
            for move in moves:
                asked = move.product_uom._compute_quantity(
                    quantities[move], move.product_id.uom_id, rounding_method="HALF-UP"
                )
                if not move.product_uom.compare(quantities[move], move.product_uom_qty):
                    move.picking_id = second
                    continue
                values = move._split(asked)
                created |= created.create(
                    [vals | {"picking_id": second.id} for vals in values]
                )
        created._action_confirm(merge=False)
        (all_moves | created)._action_assign()

    def _oms_split_to(self, quantities, warehouse):
        """To another place: given back here and reserved there, in one transaction."""
        for move, quantity in quantities.items():
            line = move.sale_line_id
            if move.product_id != line.product_id:
                raise UserError(
                    self.env._(
                        "%(part)s is a part of %(kit)s: a kit leaves whole, from one "
                        "place. Split it off at the same place.",
                        part=move.product_id.display_name,
                        kit=line.product_id.display_name,
                    )
                )
            here = move.picking_type_id.warehouse_id
            asked = move.product_uom._compute_quantity(quantity, line.product_uom_id)
            places = dict(line.oms_sourcing or [(here.id, line.product_uom_qty)])
            places[here.id] = places.get(here.id, 0.0) - asked
            places[warehouse.id] = places.get(warehouse.id, 0.0) + asked
            if move.product_uom.compare(quantity, move.product_uom_qty) >= 0:
                # Given back, not cancelled: another place ships it.
                unheld(move)._action_cancel()
            else:
                move.product_uom_qty -= quantity
                move._action_assign()
            # What is missing now is asked of the new place alone.
            line.oms_sourcing = [[warehouse.id, asked]]
            line._action_launch_stock_rule()
            line.oms_sourcing = [[w, part] for w, part in places.items() if part > 0]
