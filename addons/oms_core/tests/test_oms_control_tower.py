# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import timedelta
from unittest.mock import patch

import pytz

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..models.oms_control_tower_changes import CHANGED
from ..tools.control_tower_scope import ControlTowerScope, domain_to_json
from .common import OmsCommon

_at = fields.Datetime.to_datetime


class ControlTowerCommon(OmsCommon):
    """A user, and the page as he sees it for the test channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("test_tower_user", "oms_core.group_oms_user")
        cls.user.tz = "UTC"

    # === READING ===

    def _get_page(self, user=None, **filters):
        self.env.flush_all()
        tower = self.env["oms.control.tower"].with_user(user or self.user)
        return tower.get_page({"channel": self.channel.id, **filters})

    def _get_tile(self, code, **filters):
        tiles = self._get_page(**filters)["tiles"]
        return next(tile for tile in tiles if tile["code"] == code)

    def _get_stage(self, kind, **filters):
        stages = self._get_page(**filters)["flow"]["stages"]
        return next(stage for stage in stages if stage["kind"] == kind)

    def _get_row(self, state):
        rows = self._get_page()["orders"]["rows"]
        return next((row for row in rows if row["state"] == state), None)

    def _get_node(self, warehouse):
        nodes = self._get_page()["nodes"]
        return next(node for node in nodes if node["id"] == warehouse.id)

    def _get_linked(self, link):
        return self.env[link["model"]].with_user(self.user).search(link["domain"])

    # === STEPS ===

    def _age(self, records, field, **age):
        """Make a date older, also one that the application does not write."""
        moment = fields.Datetime.now() - timedelta(**age)
        self.env.flush_all()
        self.env.cr.execute(
            f'UPDATE {records._table} SET "{field}" = %s WHERE id IN %s',
            (moment, tuple(records.ids)),
        )
        records.invalidate_recordset()
        return moment

    def _set_due(self, order, **age):
        """Let an order have been promised to leave so long ago."""
        self._promise(order, fields.Datetime.now() - timedelta(**age))

    def _promise(self, order, moment):
        order._write_oms_promises({order: (moment, moment.date(), False)})
        order._push_oms_promises()

    def _record(self, order, kind, **age):
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": kind,
                    "sentence": f"It was {kind}.",
                    "date": fields.Datetime.now() - timedelta(**age),
                }
            ]
        )


class TestControlTowerTiles(ControlTowerCommon):
    def test_held_order_is_to_review(self):
        self._hold(self._create_order(), "manual")
        self.assertEqual(self._get_tile("review")["count"], 1)

    def test_order_held_twice_is_reviewed_once(self):
        order = self._create_order()
        self._hold(order, "manual")
        self._hold(order, "fraud")
        self.assertEqual(self._get_tile("review")["count"], 1)

    def test_hold_that_releases_itself_needs_nobody(self):
        hold = self._hold(self._create_order(), "manual")
        hold.release_date = fields.Datetime.now() + timedelta(hours=1)
        self.assertEqual(self._get_tile("review")["count"], 0)

    def test_released_order_is_not_to_review(self):
        self._hold(self._create_order(), "manual")._release("looked at")
        self.assertEqual(self._get_tile("review")["count"], 0)

    def test_oldest_of_the_held_orders_waits_since_its_hold(self):
        hold = self._hold(self._create_order(), "manual")
        since = self._age(hold, "create_date", hours=5)
        self.assertEqual(
            self._get_tile("review")["oldest"], fields.Datetime.to_string(since)
        )

    def test_review_is_compared_with_this_time_yesterday(self):
        holds = self._hold(self._create_order(), "manual")
        holds |= self._hold(self._create_order(), "manual")
        self._hold(self._create_order(), "manual")
        self._age(holds, "create_date", days=2)
        holds[:1]._release("looked at")
        self.assertEqual(
            [self._get_tile("review")[key] for key in ("count", "before")], [2, 2]
        )

    def test_order_that_no_place_will_fill_is_unfillable(self):
        self._create_order([(self.mug, 11)]).oms_unfillable = True
        self.assertEqual(self._get_tile("unfillable")["count"], 1)

    def test_order_that_should_have_left_is_late(self):
        self._set_due(self._create_order(), seconds=1)
        self.assertEqual(self._get_tile("late")["count"], 1)

    def test_order_to_leave_by_tonight_is_not_late_yet(self):
        order = self._create_order()
        midnight = order.with_user(self.user)._get_oms_end_of_today()
        self._promise(order, midnight - timedelta(seconds=1))
        tile = self._get_tile("late")
        self.assertEqual((tile["count"], tile["notes"][0]["count"]), (0, 1))

    def test_sent_order_is_not_late(self):
        order = self._create_order()
        self._set_due(order, days=2)
        self._ship(order)
        self.assertEqual(self._get_tile("late")["count"], 0)

    def test_order_sent_since_yesterday_was_late_then(self):
        order = self._create_order()
        self._set_due(order, days=3)
        self._ship(order)
        self.assertEqual(self._get_tile("late")["before"], 1)

    def test_order_with_days_to_pay_is_not_unpaid(self):
        terms = self.env.ref("account.account_payment_term_30days")
        self._ship(self._create_order(payment_term_id=terms.id))
        self.assertEqual(self._get_tile("unpaid")["count"], 0)

    def test_shipped_order_without_money_is_unpaid(self):
        self._ship(self._create_order())
        self.assertEqual(self._get_tile("unpaid")["count"], 1)

    def test_unshipped_order_without_money_is_not_yet_a_worry(self):
        self._create_order()
        self.assertEqual(self._get_tile("unpaid")["count"], 0)

    def test_money_of_a_cancelled_order_is_to_be_given_back(self):
        order = self._create_order()
        self.env["oms.payment"].create(
            {
                "order_id": order.id,
                "kind": "capture",
                "external_id": "paid-1",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "date": order.date_order,
            }
        )
        order._action_cancel()
        self.assertEqual(self._get_tile("unpaid")["notes"][0]["count"], 1)

    def test_nothing_has_no_oldest(self):
        self.assertIsNone(self._get_tile("unfillable")["oldest"])

    def test_tile_of_an_extension_takes_its_place(self):
        tower = self.env.registry["oms.control.tower"]
        original = tower._get_tiles

        def with_one_more(self, scope):
            link = self._prepare_link("Mine", "res.company", Domain.TRUE)
            tile = self._prepare_tile(
                "mine", "Mine", link, "create_date:min", sequence=15, level="danger"
            )
            return [*original(self, scope), tile]

        with patch.object(tower, "_get_tiles", with_one_more):
            codes = [tile["code"] for tile in self._get_page()["tiles"]]
        self.assertEqual(codes[:3], ["review", "mine", "unfillable"])


class TestControlTowerFlow(ControlTowerCommon):
    """Of quotations, which nothing else writes a history of."""

    def test_captured_order_flows_today(self):
        self._record(self._create_order(confirm=False), "capture")
        self.assertEqual(self._get_stage("capture")["total"], 1)

    def test_order_sent_in_two_parcels_is_shipped_once(self):
        order = self._create_order(confirm=False)
        self._record(order, "ship")
        self._record(order, "ship")
        self.assertEqual(self._get_stage("ship")["total"], 1)

    def test_order_of_the_day_before_flows_yesterday(self):
        self._record(self._create_order(confirm=False), "route", days=1)
        totals = [
            self._get_stage("route", period=period)["total"]
            for period in ("today", "yesterday", "week")
        ]
        self.assertEqual(totals, [0, 1, 1])

    def test_hours_to_come_are_unknown(self):
        page = self._get_page()
        hour = int(page["now"][11:13])
        counts = page["flow"]["stages"][0]["counts"]
        self.assertEqual(counts[hour + 1 :], [None] * (23 - hour))

    def test_happening_is_drawn_in_the_hour_of_the_reader(self):
        self.user.tz = "Asia/Kolkata"
        self._record(self._create_order(confirm=False), "capture")
        page = self._get_page()
        counts = page["flow"]["stages"][0]["counts"]
        start = fields.Datetime.to_datetime(page["flow"]["starts"][counts.index(1)])
        age = fields.Datetime.to_datetime(page["now"]) - start
        self.assertTrue(timedelta() <= age < timedelta(hours=1), age)

    def test_order_is_counted_in_the_hour_it_happened(self):
        self._record(self._create_order(confirm=False), "capture")
        page = self._get_page()
        hour = int(page["now"][11:13])
        self.assertEqual(page["flow"]["stages"][0]["counts"][hour], 1)

    def test_flow_is_told_by_channel_where_a_stage_is_chosen(self):
        self._record(self._create_order(confirm=False), "capture")
        self._record(self._create_order(confirm=False), "ship")
        lines = self._get_page(stage="capture")["flow"]["channels"]
        self.assertEqual(
            [(line["label"], line["total"]) for line in lines], [("Test Shop", 1)]
        )

    def test_flow_of_all_stages_is_not_told_by_channel(self):
        self._record(self._create_order(confirm=False), "capture")
        self.assertEqual(self._get_page()["flow"]["channels"], [])

    def test_week_is_drawn_by_day(self):
        flow = self._get_page(period="week")["flow"]
        self.assertEqual((flow["granularity"], len(flow["starts"])), ("day", 7))


class TestControlTowerOpenOrders(ControlTowerCommon):
    def test_open_order_stands_under_its_state_and_age(self):
        order = self._create_order()
        order.date_order = fields.Datetime.now() - timedelta(hours=2)
        cells = {
            cell["age"]: cell["count"] for cell in self._get_row("allocated")["cells"]
        }
        self.assertEqual(
            cells, {"hour": 0, "hours": 1, "day": 0, "days": 0, "older": 0}
        )

    def test_old_order_is_older(self):
        self._create_order().date_order = fields.Datetime.now() - timedelta(days=9)
        self.assertEqual(self._get_row("allocated")["cells"][-1]["count"], 1)

    def test_quotation_is_no_open_order(self):
        self._create_order(confirm=False)
        self.assertEqual(self._get_page()["orders"]["total"], 0)

    def test_shipped_order_is_not_open(self):
        self._ship(self._create_order())
        self.assertEqual(self._get_page()["orders"]["total"], 0)

    def test_other_places_are_left_out_where_one_is_chosen(self):
        self._create_order()
        page = self._get_page(node=self.other_warehouse.id)
        self.assertEqual(
            (page["orders"]["total"], [node["id"] for node in page["nodes"]]),
            (0, self.other_warehouse.ids),
        )

    def test_newest_happening_comes_first(self):
        order = self._create_order(confirm=False)
        self._record(order, "note", minutes=5)
        self._record(order, "ship")
        feed = self._get_page()["feed"]
        self.assertEqual([event["kind"] for event in feed[:2]], ["ship", "note"])


class TestControlTowerPage(ControlTowerCommon):
    def _make_a_bit_of_everything(self):
        held, late, sent, poor = (self._create_order() for _i in range(4))
        self._hold(held, "manual")
        self._set_due(late, days=2)
        self._ship(sent)
        poor.oms_unfillable = True
        for kind in ("capture", "route", "pick"):
            self._record(late, kind)

    def _get_numbers(self, part, what="page"):
        """(what, number, link) of all that the page shows."""
        if isinstance(part, list):
            for item in part:
                yield from self._get_numbers(item, what)
        if isinstance(part, dict):
            what = part.get("label", what)
            if "link" in part:
                number = part["count"] if "count" in part else part["total"]
                yield what, number, part["link"]
            for number, link in zip(
                part.get("counts", ()), part.get("links", ()), strict=True
            ):
                yield what, number or 0, link
            for key, value in part.items():
                yield from self._get_numbers(value, key)

    def _count_queries(self, number):
        """Queries of a page over that many orders, with cold records, warm caches."""
        orders = self.env["sale.order"].union(
            *(self._create_order() for _i in range(number))
        )
        self._hold(orders, "manual")
        self.env["oms.event"]._record(
            [
                {"order": order, "kind": "capture", "sentence": "It came."}
                for order in orders
            ]
        )
        self._get_page()
        self.env.flush_all()
        self.env.invalidate_all()
        self.user.read(["tz"])  # the environment remembers it or not, as it likes
        before = self.env.cr.sql_log_count
        self._get_page()
        return self.env.cr.sql_log_count - before

    def test_each_number_is_what_its_link_shows(self):
        self._make_a_bit_of_everything()
        for what, number, link in self._get_numbers(
            self._get_page(channel=False, stage="capture")
        ):
            with self.subTest(what=what, domain=link["domain"]):
                self.assertEqual(len(self._get_linked(link)), number)

    def test_page_is_plain_json(self):
        self._make_a_bit_of_everything()
        page = self._get_page(node=self.warehouse.id)
        self.assertEqual(json.loads(json.dumps(page)), page)

    def test_hundred_orders_take_as_many_queries_as_ten(self):
        few = self._count_queries(10)
        self.assertEqual(self._count_queries(90), few)

    def test_stranger_is_refused_with_the_way_out(self):
        stranger = self._create_user("test_tower_stranger", "base.group_user")
        with self.assertRaisesRegex(AccessError, "Order Management"):
            self._get_page(user=stranger)

    def test_orders_of_another_company_are_not_counted(self):
        self._make_a_bit_of_everything()
        company = self.env["res.company"].create({"name": "Other Company"})
        self.user.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        page = self._get_page(channel=False)
        numbers = [number for _what, number, _link in self._get_numbers(page) if number]
        self.assertEqual((numbers, page["feed"]), ([], []))

    def test_filter_that_is_gone_does_not_filter(self):
        page = self._get_page(channel=-1, node="none", period="never", stage="x")
        self.assertEqual(
            page["filters"],
            {"channel": False, "node": False, "period": "today", "stage": None},
        )

    def test_company_without_orders_is_told_so(self):
        company = self.env["res.company"].create({"name": "New Company"})
        self.user.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        self.assertTrue(self._get_page(channel=False)["is_empty"])

    def test_users_are_told_once_a_transaction(self):
        order = self._create_order()
        self._record(order, "note")
        bus = self.env.registry["bus.bus"]
        with patch.object(bus, "_sendone") as send:
            self.env.cr.precommit.run()
        group = self.env.ref("oms_core.group_oms_user")
        told = [call.args for call in send.call_args_list if call.args[1] == CHANGED]
        self.assertEqual(told, [(group, CHANGED, {})])


class TestControlTowerScope(OmsCommon):
    def _get_scope(self, zone, now, period="today"):
        nothing = self.env["oms.channel"]
        return ControlTowerScope(
            now=now,
            tz=pytz.timezone(zone),
            channels=nothing,
            nodes=nothing,
            channel=nothing,
            node=nothing,
            period=period,
        )

    def test_day_begins_at_the_readers_midnight(self):
        scope = self._get_scope("America/New_York", _at("2026-01-15 03:00:00"))
        self.assertEqual(scope.today, _at("2026-01-14 05:00:00"))

    def test_day_of_a_place_begins_at_its_own_midnight(self):
        scope = self._get_scope("America/New_York", _at("2026-01-15 16:00:00"))
        self.assertEqual(
            scope.get_day(pytz.timezone("Asia/Tokyo")),
            (_at("2026-01-15 15:00:00"), _at("2026-01-16 15:00:00")),
        )

    def test_yesterday_is_the_same_hour_after_the_clocks_changed(self):
        scope = self._get_scope("America/New_York", _at("2026-03-08 16:00:00"))
        self.assertEqual(scope.yesterday, _at("2026-03-07 17:00:00"))

    def test_month_has_thirty_days_and_ends_tonight(self):
        scope = self._get_scope("UTC", _at("2026-03-31 12:00:00"), period="month")
        buckets = scope.get_buckets()
        self.assertEqual(
            (len(buckets), buckets[0], buckets[-1]),
            (31, _at("2026-03-02 00:00:00"), _at("2026-04-01 00:00:00")),
        )

    def test_link_is_written_in_plain_lists(self):
        inner = Domain("date", ">=", _at("2026-03-01 00:00:00")) & Domain(
            "kind", "=", "ship"
        )
        self.assertEqual(
            domain_to_json(Domain("oms_event_ids", "any", inner)),
            [
                [
                    "oms_event_ids",
                    "any",
                    ["&", ["date", ">=", "2026-03-01 00:00:00"], ["kind", "=", "ship"]],
                ]
            ],
        )
