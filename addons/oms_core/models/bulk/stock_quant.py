# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models, tools
from odoo.tools import SQL

from ...engine.reservation import Row
from ...tools.mark import STOCK_IS_KNOWN

# What these modules do to the choice of goods is known here. Any other addon that
# overrides the choice is asked move by move, by Odoo's own method.
KNOWN_MODULES = frozenset({"stock", "product_expiry", "oms_core"})
CHOICE = (
    "_gather",
    "_get_gather_domain",
    "_get_removal_strategy_order",
    "_get_available_quantity",
    "_get_reserve_quantity",
    "_update_available_quantity",
    "_update_reserved_quantity",
)
SORTS = {
    "fifo": lambda quant: (quant.in_date, quant.id),
    # Without packages this is first in, first out.
    "least_packages": lambda quant: (quant.in_date, quant.id),
    "lifo": lambda quant: (-quant.in_date.timestamp(), -quant.id),
    "closest": lambda quant: (quant.location_id.complete_name, -quant.id),
}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model
    @tools.ormcache()
    def _oms_is_choice_known(self):
        """No addon that we do not know has a say in which goods are taken."""
        return all(
            cls.__module__.split(".")[2] in KNOWN_MODULES
            for cls in type(self).__mro__
            for name in CHOICE
            if name in vars(cls) and cls.__module__.startswith("odoo.addons.")
        )

    @api.model
    def _oms_read_shelves(self, products, locations):
        """The goods of all these products and locations, locked, in one query each.

        The rows are locked in the order of their ids, so that two batches wait for
        each other and never in a circle.

        :return: (product id, location id) -> quants in the order of removal; None
            in place of the quants where the plain case does not hold
        """
        quants = self.sudo().search(  # as `_get_reserve_quantity` does
            [
                ("product_id", "in", products.ids),
                ("location_id", "child_of", locations.ids),
            ],
            order="id",
        )
        if quants:
            # Reading first, locking after: a row that somebody else has changed in
            # the meantime makes the lock fail, and the transaction starts again.
            quants.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM stock_quant WHERE id IN %s ORDER BY id "
                    "FOR NO KEY UPDATE",
                    tuple(quants.ids),
                )
            )
        by_product = quants.grouped("product_id")
        shelves = {}
        for location in locations:
            for product in products:
                mine = by_product.get(product, quants.browse()).filtered(
                    lambda quant, path=location.parent_path: (
                        quant.location_id.parent_path.startswith(path)
                    )
                )
                shelves[product.id, location.id] = mine._oms_sort_for_removal(
                    product, location
                )
        return shelves

    def _oms_sort_for_removal(self, product, location):
        sort = SORTS.get(self._get_removal_strategy(product, location))
        if sort is None or self.lot_id or self.package_id or self.owner_id:
            return None
        return self.sorted(sort)

    def _oms_get_rows(self):
        return [
            Row(
                quant.id,
                quant.location_id.id,
                quant.quantity,
                quant.reserved_quantity,
            )
            for quant in self
        ]

    def _oms_write_reserved(self, reserved):
        """Write what is reserved on each quant, once.

        :param dict reserved: quant id -> quantity
        """
        places = defaultdict(list)
        for quant in self:
            if quant.product_uom_id.compare(quant.quantity, 0.0) > 0:
                places[quant.product_id.id, quant.location_id.id].append(quant.in_date)
        for quant in self.browse(reserved):
            dates = places[quant.product_id.id, quant.location_id.id]
            values = {"reserved_quantity": reserved[quant.id]}
            # The oldest date of a place is the one that counts.
            if dates and min(dates) != quant.in_date:
                values["in_date"] = min(dates)
            quant.write(values)

    @api.model
    def _update_reserved_quantity(
        self,
        product_id,
        location_id,
        quantity,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        """Override of `stock`: what was distributed in memory is written already,
        and what is released is taken off a row that holds it."""
        if STOCK_IS_KNOWN.is_on(self):
            return None
        quants = self.with_context(oms_booking=quantity)
        return super(StockQuant, quants)._update_reserved_quantity(
            product_id,
            location_id,
            quantity,
            lot_id=lot_id,
            package_id=package_id,
            owner_id=owner_id,
            strict=strict,
        )

    @api.model
    def _gather(self, *args, **kwargs):
        """Override of `stock` to leave out rows that hold less than is released.

        Odoo writes to the first row that nobody else works on, and nothing below
        zero: what that row does not hold would stay reserved for nobody. When no
        row is left, Odoo adds one whose reservation is below zero; the sum is right,
        and its own merging of rows makes them one.
        """
        quants = super()._gather(*args, **kwargs)
        booking = self.env.context.get("oms_booking")
        if booking is None:
            return quants
        return quants.filtered(
            lambda quant: (
                quant.product_uom_id.compare(quant.reserved_quantity + booking, 0.0)
                >= 0
            )
        )
