# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, format_amount

from ...tools.edit import Edit
from ...tools.mark import FROM_CHANNEL
from ...tools.unheld import is_unheld

FOLLOWED = ("discount", "price_unit", "product_id", "product_uom_qty")


class SaleOrderLine(models.Model):
    """An edit of a confirmed line: what has shipped is the least it can be."""

    _inherit = "sale.order.line"

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to keep the history of confirmed orders."""
        lines = super().create(vals_list)
        added = lines.filtered(lambda line: line._oms_is_followed())
        added._oms_record_edits(
            {
                line: [
                    Edit(
                        "added",
                        self.env._(
                            "Added: %(quantity)g × %(product)s.",
                            quantity=line.product_uom_qty,
                            product=line._get_oms_name(),
                        ),
                    )
                ]
                for line in added
            }
        )
        return lines

    def write(self, vals):
        """Override of `sale` to keep the warehouse's work, and the history."""
        names = [name for name in FOLLOWED if name in vals]
        if FROM_CHANNEL.is_on(self):
            # The importer has asked before whether the warehouse permits it.
            return super().write(vals)
        lines = self.filtered(lambda line: line._oms_is_followed()) if names else None
        if not lines:
            return super().write(vals)
        if "product_uom_qty" in vals:
            lines._oms_check_quantity(vals["product_uom_qty"])
        before = {line: line._get_oms_facts() for line in lines}
        result = super().write(vals)
        lines._oms_record_edits(
            {line: line._get_oms_edits(facts) for line, facts in before.items()}
        )
        return result

    def unlink(self):
        """Override of `sale` to keep the history of confirmed orders."""
        removed = {
            line: [
                Edit(
                    "removed",
                    self.env._(
                        "Removed: %(quantity)g × %(product)s.",
                        quantity=line.product_uom_qty,
                        product=line._get_oms_name(),
                    ),
                )
            ]
            for line in self
            if line._oms_is_followed()
        }
        orders = {line: line.order_id for line in removed}
        result = super().unlink()
        edits = {}
        for line, told in removed.items():
            edits.setdefault(orders[line], []).extend(told)
        self.env["sale.order"]._oms_record_edits(edits)
        return result

    # === CHECK ===

    def _oms_is_followed(self):
        return self.state == "sale" and not (self.display_type or self.is_downpayment)

    def _oms_check_quantity(self, quantity):
        """Refuse a quantity below what has left, or what is in a picker's hands."""
        if is_unheld(self):
            # Who works so has asked already, in words of its own.
            return
        for line in self:
            unit = line.product_uom_id
            if unit.compare(quantity, line.product_uom_qty) >= 0:
                continue
            if unit.compare(quantity, line.qty_delivered) < 0 < line.qty_delivered:
                raise UserError(
                    self.env._(
                        "Order %(order)s: %(shipped)g × %(product)s have shipped, the "
                        "quantity cannot be %(quantity)g. What the buyer does not "
                        "want comes back by a return.",
                        order=line.order_id.name,
                        shipped=line.qty_delivered,
                        product=line._get_oms_name(),
                        quantity=quantity,
                    )
                )
            open_moves = line.move_ids.filtered(
                lambda move: (
                    move.state not in ("done", "cancel") and move._is_oms_outgoing()
                )
            )
            line.order_id._oms_check_not_begun(
                open_moves.picking_id,
                self.env._("The quantity of %s", line._get_oms_name()),
            )

    def _oms_check_cancellable(self, quantity):
        """Refuse to cancel more than is left to ship."""
        left = self._oms_get_left()
        if quantity < 0 or self.product_uom_id.compare(quantity, left) > 0:
            raise UserError(
                self.env._(
                    "Order %(order)s: of %(product)s %(left)g are left to ship, "
                    "%(quantity)g cannot be cancelled. What has shipped comes back "
                    "by a return.",
                    order=self.order_id.name,
                    product=self._get_oms_name(),
                    left=left,
                    quantity=quantity,
                )
            )

    def _oms_get_left(self):
        """What has not shipped, in the line's unit."""
        return self.product_uom_qty - max(self.qty_delivered, 0.0)

    # === SENTENCES ===

    def _get_oms_name(self):
        return self.product_id.display_name or self.name

    def _get_oms_facts(self):
        return {name: self[name] for name in FOLLOWED} | {
            "called": self._get_oms_name()
        }

    def _get_oms_edits(self, before):
        """What has changed since, a list of ``Edit``."""
        words, told = self.env._, {}
        what, unit = before["called"], self.currency_id

        def differs(name):
            return float_compare(before[name], self[name], precision_digits=6)

        if before["product_id"] != self.product_id:
            told["product_id"] = words(
                "%(old)s → %(new)s.", old=what, new=self._get_oms_name()
            )
        if differs("product_uom_qty"):
            told["product_uom_qty"] = words(
                "%(product)s: quantity %(old)g → %(new)g.",
                product=what,
                old=before["product_uom_qty"],
                new=self.product_uom_qty,
            )
        if differs("price_unit"):
            told["price_unit"] = words(
                "%(product)s: price %(old)s → %(new)s.",
                product=what,
                old=format_amount(self.env, before["price_unit"], unit),
                new=format_amount(self.env, self.price_unit, unit),
            )
        if differs("discount"):
            told["discount"] = words(
                "%(product)s: discount %(old)g %% → %(new)g %%.",
                product=what,
                old=before["discount"],
                new=self.discount,
            )
        return [Edit(name, sentence) for name, sentence in told.items()]

    def _oms_record_edits(self, edits):
        """:param dict edits: {line: [``Edit``]}"""
        by_order = {}
        for line, told in edits.items():
            by_order.setdefault(line.order_id, []).extend(told)
        self.env["sale.order"]._oms_record_edits(by_order)

    # === FULFILMENT ===

    def _create_procurements(self, product_qty, procurement_uom, values):
        """Override of `oms_core`: each place gives back of its own share."""
        if not self.oms_sourcing or product_qty >= 0:
            return super()._create_procurements(product_qty, procurement_uom, values)
        procurements, left = [], -product_qty
        for warehouse_id, _quantity in reversed(self.oms_sourcing):
            warehouse = self.env["stock.warehouse"].browse(warehouse_id)
            share = min(left, self._get_oms_open_quantity(warehouse, procurement_uom))
            if share > 0:
                left -= share
                procurements += self._oms_procure(
                    -share, procurement_uom, values | {"warehouse_id": warehouse}
                )
        return procurements

    def _oms_procure(self, quantity, unit, values):
        return [
            self.env["stock.rule"].Procurement(
                self.product_id,
                quantity,
                unit,
                self._get_location_final(),
                self.product_id.display_name,
                self.order_id.name,
                self.order_id.company_id,
                values,
            )
        ]

    def _get_oms_open_quantity(self, warehouse, unit):
        """What a place still has to ship of this line, in a unit."""
        return sum(
            move.product_uom._compute_quantity(move.product_uom_qty, unit)
            for move in self.move_ids
            if move.state not in ("done", "cancel")
            and move.location_id.warehouse_id == warehouse
            and move.product_id == self.product_id
            and move._is_oms_outgoing()
        )
