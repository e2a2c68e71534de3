# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common_bulk import BulkCommon


@tagged("post_install", "-at_install")
class TestBulkReservation(BulkCommon):
    """Goods are taken where plain Odoo takes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelves = cls.env["stock.location"].create(
            [
                {"name": f"Shelf {name}", "location_id": cls.location.id}
                for name in "BAC"
            ]
        )

    def _put(self, product, rows):
        """Rows of stock as they are, two in one place too: (location, on hand,
        reserved, age in days)."""
        return self.env["stock.quant"].create(
            [
                {
                    "product_id": product.id,
                    "location_id": location.id,
                    "quantity": quantity,
                    "reserved_quantity": reserved,
                    "in_date": fields.Datetime.now() - timedelta(days=age),
                }
                for location, quantity, reserved, age in rows
            ]
        )

    def test_every_strategy_of_removal(self):
        a, b, c = self.shelves
        self._put(self.cup, [(a, 2, 0, 1), (b, 2, 0, 3), (c, 2, 0, 2)])
        for method in ("fifo", "lifo", "closest", "least_packages"):
            with self.subTest(method):
                self.cup.categ_id = self.env["product.category"].create(
                    {
                        "name": method,
                        "removal_strategy_id": self.env["product.removal"]
                        .search([("method", "=", method)], limit=1)
                        .id,
                    }
                )
                self.assert_same_as_plain(
                    [[(self.cup, 3)], [(self.cup, 1)], [(self.cup, 4)]]
                )

    def test_rows_that_are_split_or_booked_beyond_what_they_hold(self):
        a, b, _c = self.shelves
        self._put(
            self.cup,
            [(a, 1, 0, 3), (a, 4, 0, 1), (a, 0, 2, 2), (b, -1, 0, 5), (b, 3, 1, 4)],
        )
        self.assert_same_as_plain([[(self.cup, 2)], [(self.cup, 1)], [(self.cup, 9)]])

    def test_goods_in_packages_or_of_others_are_left_to_odoo(self):
        package = self.env["stock.package"].create({"name": "TEST-PACK"})
        update = self.env["stock.quant"]._update_available_quantity
        update(self.cup, self.location, 3, package_id=package)
        update(self.lamp, self.location, 3, owner_id=self.customer)
        self.assert_same_as_plain(
            [[(self.cup, 1), (self.lamp, 11)], [(self.cup, 2), (self.mug, 1)]]
        )

    def test_moves_from_overlapping_locations(self):
        a, _b, _c = self.shelves
        self._put(self.cup, [(a, 3, 0, 2), (self.location, 3, 0, 1)])
        self.other_warehouse.lot_stock_id.write(
            {"replenish_location": False, "location_id": a.id}
        )
        self.env["stock.quant"]._update_available_quantity(
            self.cup, self.other_warehouse.lot_stock_id, 2
        )
        self.assert_same_as_plain(
            [
                self._get_values([(self.cup, 4)]),
                self._get_values([(self.cup, 1)], warehouse_id=self.other_warehouse.id),
                self._get_values([(self.cup, 3)]),
            ]
        )

    def test_fractions(self):
        self.cup.uom_id = self.env.ref("uom.product_uom_kgm")
        a, b, _c = self.shelves
        self._put(self.cup, [(a, 0.3, 0.1, 2), (b, 1.25, 0, 1)])
        self.assert_same_as_plain(
            [[(self.cup, 0.25)], [(self.cup, 0.7)], [(self.cup, 2.1)]]
        )

    def test_random_stock_and_orders(self):
        draw = random.Random(20260304)
        products = self.mug | self.lamp | self.cup
        kit = self._create_kit("TEST-KIT", [(self.cup, 2), (self.mug, 1)])
        sold = [*products, kit, self.service, self.loose]
        for number in range(6):
            with self.subTest(number):
                for product in products:
                    self._put(
                        product,
                        [
                            (
                                draw.choice(self.shelves),
                                draw.randint(-1, 6),
                                draw.randint(0, 3),
                                draw.randint(0, 9),
                            )
                            for _row in range(draw.randint(0, 4))
                        ],
                    )
                self.assert_same_as_plain(
                    [
                        [
                            (product, draw.randint(1, 5))
                            for product in draw.sample(sold, draw.randint(1, 4))
                        ]
                        for _order in range(5)
                    ]
                )
