# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_report import ReportCommon


class ForecastCommon(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("test_planner", "oms_core.group_oms_manager")
        for product in cls.mug | cls.lamp:
            cls._make_older(product)

    # === STEPS ===

    @classmethod
    def _make_older(cls, product):
        cls.env.cr.execute(
            "UPDATE product_product SET create_date = create_date - INTERVAL '1 year'"
            " WHERE id = %s",
            (product.id,),
        )
        product.invalidate_recordset()

    def _sell(self, product, quantity, days, warehouse=None):
        """Goods left for a buyer so many days ago."""
        place = warehouse or self.warehouse
        self._add_stock(product, quantity, place)
        order = self._create_order([(product, quantity)], warehouse_id=place.id)
        self._ship(order)
        self._move_time(order.picking_ids.move_ids, "date", days=days)
        return order

    def _refresh(self, products=None):
        self.env.flush_all()
        self.env["oms.forecast"]._refresh((products or self.mug | self.lamp).ids)
        self.env.invalidate_all()

    def _get_line(self, product=None, warehouse=None):
        return self.env["oms.forecast"].search(
            [
                ("product_id", "=", (product or self.mug).id),
                ("warehouse_id", "=", (warehouse or self.warehouse).id),
            ]
        )

    def _get_days(self, product=None, warehouse=None):
        """Demand that the engine is given, as {days ago: quantity}."""
        self.env.flush_all()
        product, place = product or self.mug, warehouse or self.warehouse
        found = self.env["oms.forecast"]._read_demands(product.ids)
        days = found.get((product.id, place.id), [])
        return {len(days) - i: size for i, size in enumerate(days) if size}

    def _suggest(self, safety, minimum, maximum, product=None):
        """A line with these suggestions, as if worked out."""
        product = product or self.mug
        return self.env["oms.forecast"].create(
            {
                "product_id": product.id,
                "warehouse_id": self.warehouse.id,
                "safety_stock": safety,
                "minimum": minimum,
                "maximum": maximum,
            }
        )


class TestForecast(ForecastCommon):
    def test_goods_that_left_are_demand_of_their_day(self):
        self._sell(self.mug, 3, days=2)
        self._sell(self.mug, 1, days=5)
        self.assertEqual(self._get_days(), {2: 3, 5: 1})

    def test_two_sales_of_a_day_are_one_demand(self):
        self._sell(self.mug, 3, days=2)
        self._sell(self.mug, 1, days=2)
        self.assertEqual(self._get_days(), {2: 4})

    def test_goods_still_asked_for_are_demand_of_the_day_of_the_order(self):
        order = self._create_order([(self.mug, 50)])
        order.date_order -= timedelta(days=4)
        self.assertEqual(self._get_days(), {4: 50})

    def test_what_a_transfer_left_out_for_good_was_asked_for(self):
        order = self._create_order([(self.mug, 5)])
        order.date_order -= timedelta(days=4)
        self._ship_part(order, 2, cancel_backorder=True)
        self._move_time(order.picking_ids.move_ids, "date", days=3)
        self.assertEqual(self._get_days(), {3: 5})

    def test_line_that_a_transfer_left_out_was_asked_for(self):
        order = self._create_order([(self.mug, 5), (self.lamp, 1)])
        order.date_order -= timedelta(days=4)
        for move in order.picking_ids.move_ids:
            move.quantity = 0 if move.product_id == self.mug else 1
            move.picked = bool(move.quantity)
        order.picking_ids.with_context(cancel_backorder=True)._action_done()
        self.assertEqual(self._get_days(), {4: 5})

    def test_unfillable_order_that_was_cancelled_was_asked_for(self):
        order = self._create_order([(self.mug, 5)])
        order.date_order -= timedelta(days=4)
        order.oms_unfillable = True
        order._action_cancel()
        self.assertEqual(self._get_days(), {4: 5})

    def test_cancelled_order_is_no_demand(self):
        order = self._create_order([(self.mug, 5)])
        order.date_order -= timedelta(days=4)
        order._action_cancel()
        self.assertEqual(self._get_days(), {})

    def test_kit_is_demand_for_its_components(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2)])
        order = self._create_order([(kit, 3)])
        order.date_order -= timedelta(days=4)
        self.assertEqual(self._get_days(), {4: 6})

    def test_demand_is_the_places_own(self):
        self._sell(self.mug, 3, days=2)
        self._sell(self.mug, 1, days=2, warehouse=self.other_warehouse)
        self.assertEqual(self._get_days(warehouse=self.other_warehouse), {2: 1})

    def test_young_product_is_not_judged_by_days_before_it_was(self):
        product = self._create_product("TEST-NEW")
        self._sell(product, 2, days=3)
        found = self.env["oms.forecast"]._read_demands(product.ids)
        self.assertEqual(found[product.id, self.warehouse.id], [2, 0, 0])

    def test_rare_demand_is_forecast_by_croston(self):
        for days in (10, 30, 60):
            self._sell(self.mug, 2, days=days)
        self._refresh()
        line = self._get_line()
        self.assertEqual((line.pattern, line.method), ("intermittent", "sba"))

    def test_daily_demand_is_forecast_by_smoothing(self):
        product = self._create_product("TEST-DAILY")
        for days in range(1, 6):
            self._sell(product, 2, days=days)
        self._refresh(product)
        line = self._get_line(product)
        self.assertEqual((line.pattern, line.method), ("smooth", "ses"))
        self.assertAlmostEqual(line.rate, 2)

    def _sell_daily(self):
        """Two a day, ten left: they last five days."""
        product = self._create_product("TEST-DAILY")
        for days in range(1, 6):
            self._sell(product, 2, days=days)
        self._add_stock(product, 10)
        return product

    def test_stock_runs_out_when_the_rate_has_used_it_up(self):
        product = self._sell_daily()
        self._refresh(product)
        self.assertEqual(
            self._get_line(product).stockout_date,
            fields.Date.today() + timedelta(days=5),
        )

    def test_lead_time_is_that_of_the_vendor(self):
        product = self._sell_daily()
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.customer.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "delay": 3,
            }
        )
        self._refresh(product)
        line = self._get_line(product)
        # Two a day without any error: 3 days of it, and 14 days more.
        self.assertEqual(
            (line.lead_days, line.safety_stock, line.minimum, line.maximum),
            (3, 0, 6, 34),
        )

    def test_product_without_vendor_takes_as_long_as_the_place_says(self):
        product = self._sell_daily()
        self.warehouse.oms_lead_days = 9
        self._refresh(product)
        self.assertEqual(self._get_line(product).minimum, 18)

    def test_unsteady_vendor_asks_for_safety_stock(self):
        product = self._sell_daily()
        for days in (1, 5, 9):
            move = self.env["stock.move"].create(
                {
                    "product_id": product.id,
                    "product_uom_qty": 1,
                    "location_id": self.env.ref("stock.stock_location_suppliers").id,
                    "location_dest_id": self.warehouse.lot_stock_id.id,
                }
            )
            move._action_confirm()
            move.write({"quantity": 1, "picked": True})
            move._action_done()
            self._move_time(move, "create_date", days=days)
        self._refresh(product)
        line = self._get_line(product)
        # 4 days of spread at 2 a day, 1.645 times at 95 percent: 13.2.
        self.assertAlmostEqual(line.lead_deviation, 4, 2)
        self.assertEqual(line.safety_stock, 14)

    def test_better_service_keeps_more(self):
        self._sell(self.mug, 2, days=3)
        self._sell(self.mug, 9, days=30)
        self._refresh()
        before = self._get_line().safety_stock
        self.warehouse.oms_service_level = 99.9
        self._refresh()
        self.assertGreater(self._get_line().safety_stock, before)

    def test_product_without_demand_needs_nothing(self):
        self._refresh()
        line = self._get_line()
        self.assertEqual((line.pattern, line.maximum), ("none", 0))
        self.assertFalse(line.stockout_date)

    def test_figures_are_worked_out_again_on_the_same_line(self):
        self._refresh()
        line = self._get_line()
        self._sell(self.mug, 2, days=3)
        self._refresh()
        self.assertEqual(self._get_line(), line)
        self.assertGreater(line.rate, 0)

    def test_line_is_seen_by_its_company_only(self):
        self._refresh()
        other = self.env["res.company"].create({"name": "Other Company"})
        self.user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        mine = self.env["oms.forecast"].with_user(self.user)
        lines = mine.with_context(allowed_company_ids=other.ids).search(
            [("warehouse_id", "in", (self.warehouse.id, self.other_warehouse.id))]
        )
        self.assertFalse(lines)

    def test_night_asks_for_jobs_by_the_batch(self):
        with trap_jobs() as trap:
            self.env["oms.forecast"]._cron_refresh()
        products = sum(len(job.args[0]) for job in trap.enqueued_jobs)
        self.assertGreaterEqual(products, 2)
        self.assertLessEqual(len(trap.enqueued_jobs), 1 + products // 500)

    def test_statements_do_not_grow_with_the_products(self):
        products = self.env["product.product"]
        for number in range(12):
            product = self._create_product(f"TEST-{number}")
            self._add_stock(product, 5)
            products |= product

        def work_out(some):
            return lambda: self.env["oms.forecast"]._refresh(some.ids)

        few = self._count_statements(work_out(products[:2]))
        self.assertEqual(self._count_statements(work_out(products)), few)


class TestForecastApply(ForecastCommon):
    def _get_safety(self):
        return self.env["oms.safety.stock"].search(
            [
                ("product_id", "=", self.mug.id),
                ("warehouse_id", "=", self.warehouse.id),
            ]
        )

    def _get_rule(self):
        return self.env["stock.warehouse.orderpoint"].search(
            [
                ("product_id", "=", self.mug.id),
                ("location_id", "=", self.warehouse.lot_stock_id.id),
            ]
        )

    def _apply(self, lines, **options):
        return lines.with_user(self.manager)._apply(**options)

    def test_suggestion_becomes_safety_stock(self):
        self._apply(self._suggest(4, 9, 20), rules=False)
        self.assertEqual(self._get_safety().quantity, 4)
        self.assertFalse(self._get_rule())

    def test_suggestion_becomes_a_reordering_rule(self):
        self._apply(self._suggest(4, 9, 20), safety=False)
        rule = self._get_rule()
        self.assertEqual((rule.product_min_qty, rule.product_max_qty), (9, 20))
        self.assertEqual(rule.trigger, "manual")
        self.assertFalse(self._get_safety())

    def test_change_says_what_it_was_and_what_it_becomes(self):
        line = self._suggest(4, 9, 20)
        self._apply(line)
        line.write({"safety_stock": 6, "minimum": 10, "maximum": 30})
        changes = self._apply(line)
        self.assertEqual(
            [(change.kind, change.was, change.became) for change in changes],
            [("safety", "4", "6"), ("rule", "9 – 20", "10 – 30")],
        )
        self.assertEqual(changes.user_id, self.manager)

    def test_what_is_kept_already_is_not_changed(self):
        line = self._suggest(4, 9, 20)
        self._apply(line)
        self.assertFalse(self._apply(line))

    def test_undo_brings_back_what_was(self):
        line = self._suggest(4, 9, 20)
        self._apply(line)
        line.write({"safety_stock": 6, "minimum": 10, "maximum": 30})
        changes = self._apply(line)
        self.assertFalse(changes._undo())
        rule = self._get_rule()
        self.assertEqual(
            (self._get_safety().quantity, rule.product_min_qty, rule.product_max_qty),
            (4, 9, 20),
        )
        self.assertTrue(all(changes.mapped("undone_at")))

    def test_undo_removes_what_was_not_there(self):
        self._apply(self._suggest(4, 9, 20))._undo()
        self.assertFalse(self._get_safety() or self._get_rule())

    def test_undo_leaves_alone_what_a_person_changed_since(self):
        changes = self._apply(self._suggest(4, 9, 20))
        self._get_safety().quantity = 7
        kept = changes._undo()
        self.assertEqual(kept.kind, "safety")
        self.assertEqual(self._get_safety().quantity, 7)
        self.assertFalse(self._get_rule())

    def test_undo_says_what_it_left_alone(self):
        changes = self._apply(self._suggest(4, 9, 20), rules=False)
        self._get_safety().quantity = 7
        params = changes.action_undo()["params"]
        self.assertEqual(params["type"], "warning")
        self.assertIn("Test-Mug", params["message"])

    def test_line_shows_what_is_kept_beside_what_is_suggested(self):
        line = self._suggest(4, 9, 20)
        self.assertEqual((line.safety_now, line.is_safety_applied), (0, False))
        self._apply(line)
        line.invalidate_recordset()
        self.assertEqual((line.safety_now, line.minimum_now), (4, 9))
        self.assertTrue(line.is_safety_applied and line.is_rule_applied)

    def test_lines_that_differ_are_found(self):
        line = self._suggest(4, 9, 20)
        same = self._suggest(0, 0, 0, self.lamp)
        for name in ("is_safety_applied", "is_rule_applied"):
            domain = [("id", "in", (line | same).ids), (name, "=", False)]
            self.assertEqual(self.env["oms.forecast"].search(domain), line, name)
        self._apply(line)
        for name in ("is_safety_applied", "is_rule_applied"):
            domain = [("id", "in", (line | same).ids), (name, "=", True)]
            self.assertEqual(self.env["oms.forecast"].search_count(domain), 2, name)

    def test_user_may_not_apply(self):
        line = self._suggest(4, 9, 20)
        with self.assertRaisesRegex(AccessError, "managers of Order Management"):
            line.with_user(self.user)._apply()

    def test_user_may_not_undo(self):
        changes = self._apply(self._suggest(4, 9, 20))
        with self.assertRaisesRegex(AccessError, "managers of Order Management"):
            changes.with_user(self.user)._undo()

    def _open_dialog(self, lines):
        context = lines.with_user(self.manager).action_apply()["context"]
        wizard = self.env["oms.forecast.apply"].with_user(self.manager)
        return Form(wizard.with_context(**context))

    def test_dialog_says_how_many_figures_change(self):
        lines = self._suggest(4, 9, 20) | self._suggest(0, 1, 2, self.lamp)
        dialog = self._open_dialog(lines)
        self.assertEqual((dialog.safety_count, dialog.rule_count), (1, 2))

    def test_dialog_shows_what_has_changed(self):
        wizard = self._open_dialog(self._suggest(4, 9, 20)).save()
        action = wizard.action_confirm()
        changes = self.env["oms.forecast.change"].search(action["domain"])
        self.assertEqual(sorted(changes.mapped("kind")), ["rule", "safety"])

    def test_dialog_with_nothing_chosen_is_refused(self):
        dialog = self._open_dialog(self._suggest(4, 9, 20))
        dialog.apply_safety = dialog.apply_rules = False
        with self.assertRaisesRegex(UserError, "Nothing is chosen"):
            dialog.save().action_confirm()

    def _suggest_many(self, number):
        lines = self.env["oms.forecast"]
        for index in range(number):
            product = self._create_product(f"TEST-{number}-{index}")
            lines |= self._suggest(4, 9, 20, product)
        return lines

    def _count_apply(self, lines):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        # Odoo looks up the routes of each reordering rule anew; ours is the rest.
        self._apply(lines, rules=False)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_statements_do_not_grow_with_the_lines_applied(self):
        self._count_apply(self._suggest(4, 9, 20))
        few = self._count_apply(self._suggest_many(3))
        self.assertEqual(self._count_apply(self._suggest_many(12)), few)

    def test_statements_do_not_grow_with_the_lines_changed(self):
        few, many = self._suggest_many(3), self._suggest_many(12)
        lines = few | many | self._suggest(4, 9, 20)
        self._apply(lines)
        for number, line in enumerate(lines, 10):
            line.write({"safety_stock": number, "minimum": number, "maximum": 99})
        self._count_apply(lines - few - many)
        self.assertEqual(self._count_apply(few), self._count_apply(many))

    def test_statements_do_not_grow_with_the_lines_shown(self):
        names = ["safety_now", "minimum_now", "is_rule_applied"]
        few, many = self._suggest_many(3), self._suggest_many(12)
        self.assertEqual(
            self._count_statements(lambda: few.read(names)),
            self._count_statements(lambda: many.read(names)),
        )
