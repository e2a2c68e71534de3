# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields

from .common_report import ReportCommon

RATES = ["unit_rate", "line_rate", "order_rate"]


class TestFillReport(ReportCommon):
    def _read_rates(self, *names):
        found = self._read("fill", list(names or RATES))
        return [value and round(value, 3) for value in found.values()]

    def _set_due(self, order, **ago):
        order.picking_ids.move_ids.date_deadline = fields.Datetime.now() - timedelta(
            **ago
        )

    def test_order_that_left_whole_is_filled(self):
        self._ship(self._create_order([(self.mug, 2), (self.lamp, 1)]))
        self.assertEqual(self._read_rates(), [1, 1, 1])

    def test_backorder_that_left_later_was_not_filled_at_first_try(self):
        order = self._create_order([(self.mug, 4)])
        self._ship_part(order, 1)
        self._ship(order)
        self.assertEqual(self._read_rates(), [0.25, 0, 0])

    def test_one_short_line_spoils_its_order_only(self):
        order = self._create_order([(self.mug, 4), (self.lamp, 1)])
        self._ship_part(order, 2)
        self._ship(self._create_order([(self.lamp, 1)]))
        self.assertEqual(self._read_rates(), [round(4 / 6, 3), round(2 / 3, 3), 0.5])

    def test_cancelled_rest_was_not_filled(self):
        order = self._create_order([(self.mug, 4)])
        self._ship_part(order, 1, cancel_backorder=True)
        self.assertEqual(self._read_rates(), [0.25, 0, 0])

    def test_order_that_waits_and_is_not_due_is_in_no_rate(self):
        order = self._create_order([(self.mug, 4)])
        self._set_due(order, days=-2)
        self.assertEqual(self._read_rates(), [False, False, False])

    def test_order_that_waits_and_is_due_was_missed(self):
        order = self._create_order([(self.mug, 4)])
        self._set_due(order, days=2)
        self.assertEqual(self._read_rates(), [0, 0, 0])

    def test_kit_is_filled_as_far_as_its_scarcest_component(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2), (self.lamp, 1)])
        order = self._create_order([(kit, 4)])
        for move in order.picking_ids.move_ids:
            move.quantity = 4 if move.product_id == self.mug else 3
            move.picked = True
        order.picking_ids._action_done()
        self.assertEqual(self._read_rates("unit_rate", "units"), [0.5, 4])

    def test_parcel_after_its_time_was_not_on_time(self):
        late, early = (self._create_order([(self.mug, 1)]) for _ in range(2))
        self._set_due(late, days=2)
        self._set_due(early, days=-2)
        self._ship(late)
        self._ship(early)
        self.assertEqual(self._read_rates("line_rate", "on_time_rate"), [1, 0.5])

    def test_line_is_filled_by_the_place_that_sent_it(self):
        self._add_stock(self.mug, 5, self.other_warehouse)
        self._ship(self._create_order(warehouse_id=self.other_warehouse.id))
        line = self._report("fill").search([("channel_id", "=", self.channel.id)])
        self.assertEqual(line.warehouse_id, self.other_warehouse)

    def test_split_order_without_a_rest_is_filled_at_first_try(self):
        self._add_stock(self.mug, 5, self.other_warehouse)
        order = self._create_order([(self.mug, 4)], confirm=False)
        order.oms_channel_id = False
        order.order_line.oms_sourcing = [
            [self.warehouse.id, 3],
            [self.other_warehouse.id, 1],
        ]
        order.action_confirm()
        order.oms_channel_id = self.channel
        self.assertEqual(len(order.picking_ids), 2)
        self._ship(order)
        self.assertEqual(self._read_rates(), [1, 1, 1])

    def test_statements_do_not_grow_with_the_lines(self):
        self._create_order()
        few = self._count_statements(self._read_rates)
        for _number in range(9):
            self._create_order([(self.mug, 1)])
        self.assertEqual(self._count_statements(self._read_rates), few)
