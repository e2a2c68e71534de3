# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import SQL

from .common import OmsCommon


class TestOmsStockGuard(OmsCommon):
    """What asks for a turn; that turns are honoured is shown by tests/e2e."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bin = cls.env["stock.location"].create(
            {"name": "Bin", "location_id": cls.warehouse.lot_stock_id.id}
        )
        cls.shelf = cls.warehouse.lot_stock_id

    def setUp(self):
        super().setUp()
        self._forget_credit()

    def _forget_credit(self):
        """As at the start of a transaction."""
        self.env.flush_all()
        self.env.cr.execute("SELECT set_config('oms.stock_credit', '', true)")

    def _get_turns(self, product=None):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT COALESCE(SUM(turn), 0) FROM oms_stock_guard "
                "WHERE product_id = %s AND place = %s",
                (product or self.mug).id,
                self.warehouse.id,
            )
        )
        return self.env.cr.fetchone()[0]

    def _change(self, location, **quantities):
        self.env["stock.quant"]._update_available_quantity(
            self.mug, location, **quantities
        )
        self.env.flush_all()

    def test_reservation_takes_a_turn(self):
        before = self._get_turns()
        self._create_order([(self.mug, 1)])
        self.assertGreater(self._get_turns(), before)

    def test_taking_free_goods_takes_a_turn(self):
        before = self._get_turns()
        self._change(self.shelf, quantity=-1)
        self.assertGreater(self._get_turns(), before)

    def test_goods_that_arrive_need_no_turn(self):
        before = self._get_turns()
        self._change(self.shelf, quantity=5)
        self.assertEqual(self._get_turns(), before)

    def test_shipping_what_was_reserved_needs_no_turn(self):
        order = self._create_order([(self.mug, 4)])
        self._forget_credit()
        before = self._get_turns()
        self._ship(order)
        self.assertEqual(self._get_turns(), before)

    def test_goods_freed_on_one_shelf_are_no_credit_on_another(self):
        self._change(self.bin, quantity=5)
        self._forget_credit()
        self._change(self.shelf, quantity=3)
        before = self._get_turns()
        self._change(self.bin, quantity=-3)
        self.assertGreater(self._get_turns(), before)

    def test_credit_is_used_up(self):
        self._change(self.shelf, quantity=3)
        self._change(self.shelf, quantity=-3)
        before = self._get_turns()
        self._change(self.shelf, quantity=-1)
        self.assertGreater(self._get_turns(), before)

    def test_credit_ends_with_the_savepoint_that_gave_it(self):
        with self.env.cr.savepoint() as savepoint:
            self._change(self.shelf, quantity=3)
            savepoint.rollback()
        self.env.invalidate_all()
        before = self._get_turns()
        self._change(self.shelf, quantity=-3)
        self.assertGreater(self._get_turns(), before)

    def test_batch_takes_one_turn_for_each_product(self):
        products = [self._create_product(f"TEST-T{number}") for number in range(12)]
        for product in products:
            self._add_stock(product, 5)
        orders = self.env["sale.order"].union(
            *(
                self._create_order([(p, 1) for p in products], confirm=False)
                for _order in range(3)
            )
        )
        self._forget_credit()
        orders.with_context(oms_bulk=True).action_confirm()
        self.assertEqual([self._get_turns(product) for product in products], [1] * 12)

    def test_release_comes_off_a_row_that_holds_it(self):
        """Two rows of one shelf, as Odoo makes them when two work on it at once."""
        quants = self.env["stock.quant"].create(
            [
                {
                    "product_id": self.lamp.id,
                    "location_id": self.bin.id,
                    "quantity": quantity,
                    "reserved_quantity": reserved,
                }
                for quantity, reserved in ((2, 0), (5, 4))
            ]
        )
        self.env["stock.quant"]._update_reserved_quantity(self.lamp, self.bin, -3)
        self.assertEqual(quants.mapped("reserved_quantity"), [0, 1])

    def test_release_that_no_row_holds_is_not_lost(self):
        shelf = {"product_id": self.lamp.id, "location_id": self.bin.id}
        quants = self.env["stock.quant"].create(
            [{**shelf, "quantity": 2, "reserved_quantity": 2} for _row in range(2)]
        )
        self.env["stock.quant"]._update_reserved_quantity(self.lamp, self.bin, -3)
        rows = quants._gather(self.lamp, self.bin, strict=True)
        self.assertEqual(sum(rows.mapped("reserved_quantity")), 1)
