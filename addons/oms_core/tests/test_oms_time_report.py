# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common_report import ReportCommon


class TestTimeReport(ReportCommon):
    def _create_shipped(self, **hours):
        """An order captured so many hours ago that took these steps since."""
        order = self._create_order([(self.mug, 1)])
        picking = self._ship(order)
        self._forget(order)
        self._tell(order, "capture", hours=hours["captured"])
        for kind in ("route", "reserve"):
            if kind in hours:
                self._tell(order, kind, hours=hours[kind])
        if "pick" in hours:
            self._tell(order, "pick", document=picking, hours=hours["pick"])
        self._move_time(picking, "date_done", hours=hours["shipped"])
        if "delivered" in hours:
            self._move_time(picking, "oms_delivered_at", hours=hours["delivered"])
        return order

    def _read_hours(self, *names, **options):
        found = self._read("time", list(names), **options)
        return {name: round(value, 1) for name, value in found.items()}

    def test_each_step_lasts_until_the_next_one(self):
        self._create_shipped(
            captured=100, route=99, reserve=96, pick=90, shipped=80, delivered=50
        )
        steps = ["to_route", "to_reserve", "to_pick", "to_ship", "to_deliver"]
        self.assertEqual(
            list(self._read_hours(*steps, "until_delivered").values()),
            [1, 3, 6, 10, 30, 50],
        )

    def test_step_without_history_leaves_its_time_to_the_next(self):
        self._create_shipped(captured=100, route=90, shipped=70)
        self.assertEqual(
            self._read_hours("to_route", "to_ship"), {"to_route": 10, "to_ship": 20}
        )

    def test_average_leaves_out_what_has_not_happened(self):
        self._create_shipped(captured=100, shipped=90, delivered=60)
        self._create_shipped(captured=100, shipped=80)
        self.assertEqual(
            self._read_hours("until_shipped", "to_deliver"),
            {"until_shipped": 15, "to_deliver": 30},
        )

    def test_nine_of_ten_parcels_left_sooner_than_the_percentile(self):
        self._add_stock(self.mug, 1)
        for hours in range(11):
            self._create_shipped(captured=100, shipped=100 - hours)
        self.assertEqual(
            self._read_hours("until_shipped_median", "until_shipped_p90"),
            {"until_shipped_median": 5, "until_shipped_p90": 9},
        )

    def test_pick_of_another_parcel_is_not_this_ones(self):
        order = self._create_order([(self.mug, 4)])
        first = self._ship_part(order, 1)
        second = self._ship(order)
        self._forget(order)
        self._tell(order, "capture", hours=100)
        self._tell(order, "pick", document=first, hours=90)
        self._tell(order, "pick", document=second, hours=40)
        self._move_time(first | second, "date_done", hours=30)
        lines = self._report("time").search([("order_id", "=", order.id)])
        hours = {line.picking_id: round(line.to_pick) for line in lines}
        self.assertEqual(hours, {first: 10, second: 60})

    def test_hour_of_capture_is_the_readers(self):
        order = self._create_order()
        self._tell(order, "capture")
        domain = [("order_id", "=", order.id)]
        utc = self._report("time").search(domain)
        hour = int(utc.hour)
        self.env.invalidate_all()
        tokyo = utc.with_context(tz="Asia/Tokyo").search(domain)
        self.assertEqual(int(tokyo.hour), (hour + 9) % 24)

    def test_cancelled_parcel_is_not_timed(self):
        order = self._create_order()
        order.picking_ids.action_cancel()
        self.assertFalse(self._report("time").search([("order_id", "=", order.id)]))

    def test_line_opens_its_parcel(self):
        order = self._create_order()
        line = self._report("time").search([("order_id", "=", order.id)])
        self.assertEqual(line.action_open_parcel()["res_id"], order.picking_ids.id)

    def test_statements_do_not_grow_with_the_parcels(self):
        def read():
            self._read("time", ["until_shipped", "until_shipped_p90"])

        self._create_order()
        few = self._count_statements(read)
        for _number in range(9):
            self._create_order([(self.mug, 1)])
        self.assertEqual(self._count_statements(read), few)
