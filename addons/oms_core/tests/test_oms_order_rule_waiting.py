# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import Form, tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestOmsOrderRuleWaiting(RuleCommon):
    # === WAITING ORDERS ===

    def test_rule_for_waiting_orders_acts_when_it_is_made(self):
        order = self._create_order()
        self._create_rule(self._tag_action(), on_waiting=True)
        self.assertEqual(order.tag_ids, self.tag)

    def test_rule_acts_when_it_is_switched_on(self):
        order = self._create_order()
        rule = self._create_rule(self._tag_action(), on_waiting=True, active=False)
        rule.active = True
        self.assertEqual(order.tag_ids, self.tag)

    def test_rule_acts_when_its_condition_is_widened(self):
        order = self._create_order()
        rule = self._create_rule(
            self._tag_action(), on_waiting=True, domain="[('amount_total', '>', 1000)]"
        )
        rule.domain = "[]"
        self.assertEqual(order.tag_ids, self.tag)

    def test_rule_for_arriving_orders_leaves_waiting_ones_alone(self):
        order = self._create_order()
        self._create_rule(self._tag_action())
        self.assertFalse(order.tag_ids)

    def test_rule_for_arriving_orders_is_applied_to_waiting_ones_on_request(self):
        order = self._create_order()
        self._create_rule(self._tag_action()).action_apply()
        self.assertEqual(order.tag_ids, self.tag)

    def test_order_in_the_picker_s_hands_is_left_alone(self):
        order = self._create_order()
        order.picking_ids.printed = True
        self._create_rule(self._tag_action(), on_waiting=True)
        self.assertFalse(order.tag_ids)

    def test_waiting_order_that_a_rule_above_keeps_is_left_alone(self):
        order = self._create_order()
        self._create_rule(sequence=1, stop=True)
        self._create_rule(self._tag_action(), sequence=2, on_waiting=True)
        self.assertFalse(order.tag_ids)

    def test_order_that_comes_to_meet_the_condition_is_found_by_the_cron(self):
        order = self._create_order()
        self._create_rule(
            self._hold_action(),
            domain="[('client_order_ref', '=', 'URGENT')]",
            on_waiting=True,
        )
        order.client_order_ref = "URGENT"
        self.env["oms.order.rule"]._cron_apply_waiting()
        self.assertEqual(order.oms_hold_ids.type_id, self.fraud)

    def test_condition_may_speak_of_time(self):
        self._create_rule(
            self._tag_action(), domain="[('date_order', '>', 'today -1d')]"
        )
        self.assertEqual(self._create_order().tag_ids, self.tag)

    # === PREVIEW ===

    def _fill_form(self, domain):
        form = Form(self.env["oms.order.rule"])
        form.name = "Test Preview"
        form.domain = domain
        return form

    def test_page_counts_waiting_orders_before_the_rule_is_saved(self):
        self._create_orders(3, client_order_ref="TEST-PREVIEW").action_confirm()
        form = self._fill_form("[('client_order_ref', '=', 'TEST-PREVIEW')]")
        self.assertEqual(form.preview["matched"], 3)

    def test_orders_behind_the_number_are_those_that_were_counted(self):
        orders = self._create_orders(3, client_order_ref="TEST-PREVIEW")
        orders.action_confirm()
        form = self._fill_form("[('client_order_ref', '=', 'TEST-PREVIEW')]")
        self.assertEqual(
            self.env["sale.order"].search(form.preview["domain"]), orders.sorted()
        )

    def test_page_says_what_is_wrong_with_a_half_written_condition(self):
        self.assertIn("never closed", self._fill_form("[('name'").preview["error"])

    def test_page_counts_the_orders_that_had_it_already(self):
        rule = self._create_rule(
            self._tag_action(), domain="[('client_order_ref', '=', 'TEST-PREVIEW')]"
        )
        self._create_orders(2, client_order_ref="TEST-PREVIEW").action_confirm()
        self.assertEqual(rule.preview["done"], 2)

    def test_looking_at_a_rule_changes_no_order(self):
        order = self._create_order(client_order_ref="TEST-PREVIEW")
        self._fill_form("[('client_order_ref', '=', 'TEST-PREVIEW')]")
        self.assertFalse(order.oms_rule_run_ids)

    def test_rule_reads_as_a_sentence(self):
        country = self.env.ref("base.be")
        rule = self._create_rule(
            self._hold_action(),
            self._tag_action(),
            domain="[('amount_total', '>', 500), ('oms_is_first_order', '=', True), "
            f"('partner_id.country_id', '=', {country.id})]",
        )
        self.assertEqual(
            rule.summary,
            "In Test Shop, if Total > 500 and First Order of the Buyer and "
            "Customer / Country is Belgium: hold for “Fraud review”, tag Test VIP.",
        )

    def test_page_links_to_the_orders_of_the_last_days(self):
        rule = self._create_rule(self._tag_action())
        order = self._create_order()
        action = rule.action_view_fired()
        self.assertEqual(self.env["sale.order"].search(action["domain"]), order)

    def test_page_counts_an_order_once_whatever_was_done_to_it(self):
        rule = self._create_rule(self._tag_action(), self._hold_action())
        self._create_orders(2).action_confirm()
        self.assertEqual(rule.fired_count, 2)

    # === BATCHES ===

    def _count(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _create_rules_of_every_kind(self):
        self._create_rule(
            self._hold_action(),
            self._tag_action(),
            {"code": "priority", "priority": "2"},
            {"code": "warehouse_note", "note": "wrap it"},
            {"code": "gift_note", "note": "with love"},
            {"code": "activity", "activity_summary": "call"},
        )

    def test_rules_cost_the_same_for_10_orders_and_for_90(self):
        self._create_rules_of_every_kind()
        sales = [self._create_orders(n) for n in (2, 10, 90)]
        self.env.flush_all()
        sales[0]._oms_on_captured()
        few, many = (self._count(orders._oms_on_captured) for orders in sales[1:])
        self.assertEqual(few, many)

    def test_without_rules_arriving_costs_the_same_for_10_orders_and_for_90(self):
        sales = [self._create_orders(n) for n in (2, 10, 90)]
        self.env.flush_all()
        sales[0]._oms_on_captured()
        few, many = (self._count(orders._oms_on_captured) for orders in sales[1:])
        self.assertEqual(few, many)

    def test_list_of_rules_costs_the_same_for_10_and_for_100(self):
        rules = self.env["oms.order.rule"].concat(
            *(self._create_rule(self._tag_action()) for _number in range(100))
        )
        fields = ["summary", "fired_count", "name"]
        rules[:2].read(fields)
        few = self._count(lambda: rules[:10].read(fields))
        many = self._count(lambda: rules.read(fields))
        self.assertEqual(few, many)
