# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_rule import RuleCommon

LOGGER = "odoo.addons.oms_core.models.oms_order_rule_apply"


@tagged("post_install", "-at_install")
class TestOmsOrderRule(RuleCommon):
    # === CONDITION ===

    def test_order_that_meets_the_condition_is_held(self):
        self._create_rule(self._hold_action(), domain="[('amount_total', '>', 100)]")
        order = self._create_order([(self.lamp, 5)])
        self.assertEqual(order.oms_hold_ids.type_id, self.fraud)

    def test_order_that_does_not_meet_the_condition_is_left_alone(self):
        self._create_rule(self._hold_action(), domain="[('amount_total', '>', 100)]")
        self.assertFalse(self._create_order([(self.mug, 1)]).oms_hold_ids)

    def test_condition_reaches_the_products_of_the_lines(self):
        domain = "[('order_line.product_id.default_code', '=', 'TEST-LAMP')]"
        self._create_rule(self._tag_action(), domain=domain)
        order = self._create_order([(self.mug, 1), (self.lamp, 1)])
        self.assertEqual(order.tag_ids, self.tag)

    def test_order_of_another_channel_is_left_alone(self):
        self._create_rule(self._tag_action())
        other = self.channel.copy({"code": "test_other"})
        self.assertFalse(self._create_order(oms_channel_id=other.id).tag_ids)

    def test_rule_without_channels_concerns_orders_without_a_channel(self):
        self._create_rule(self._tag_action(), channel_ids=False)
        self.assertEqual(self._create_order(oms_channel_id=False).tag_ids, self.tag)

    def test_order_of_another_company_is_left_alone(self):
        other = self.env["res.company"].create({"name": "Test Other"})
        self._create_rule(self._tag_action(), channel_ids=False, company_id=other.id)
        self.assertFalse(self._create_order(oms_channel_id=False).tag_ids)

    def test_rule_that_is_switched_off_does_nothing(self):
        self._create_rule(self._tag_action(), active=False)
        self.assertFalse(self._create_order().tag_ids)

    def test_quotation_is_left_alone(self):
        self._create_rule(self._tag_action())
        self.assertFalse(self._create_order(confirm=False).tag_ids)

    def test_condition_that_cannot_be_read_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no_such_field"):
            self._create_rule(domain="[('no_such_field', '=', 1)]")

    def test_condition_that_is_code_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be read"):
            self._create_rule(domain="[('id', '=', __import__('os').getpid())]")

    # === AT CAPTURE ===

    def test_hold_of_a_rule_stops_allocation_in_the_same_transaction(self):
        self._create_rule(self._hold_action(self.stopping))
        order = self._create_order([(self.mug, 2)])
        self.assertFalse(order.order_line.move_ids)

    def test_hold_names_the_rule(self):
        self._create_rule(self._hold_action(reason="too good to be true"), name="Scam")
        hold = self._create_order().oms_hold_ids
        self.assertEqual(hold.reason, "too good to be true (rule “Scam”)")

    def test_rule_works_the_same_for_a_salesperson(self):
        self._create_rule(self._tag_action())
        seller = self._create_user("test_seller", "sales_team.group_sale_salesman")
        order = self._create_order(confirm=False, user_id=seller.id)
        order.with_user(seller).action_confirm()
        self.assertEqual(order.tag_ids, self.tag)

    def test_history_says_which_rule_did_what(self):
        self._create_rule(self._hold_action(), self._tag_action(), name="Scam")
        event = self._get_rule_events(self._create_order())
        self.assertEqual(
            event.sentence, "Rule “Scam”: hold for “Fraud review”, tag Test VIP."
        )

    def test_history_has_one_row_for_each_rule(self):
        self._create_rule(self._hold_action())
        self._create_rule(self._tag_action())
        self.assertEqual(len(self._get_rule_events(self._create_order())), 2)

    # === ORDER OF THE RULES ===

    def test_rule_below_one_that_stops_is_not_asked(self):
        self._create_rule(sequence=1, stop=True)
        self._create_rule(self._tag_action(), sequence=2)
        self.assertFalse(self._create_order().tag_ids)

    def test_rule_that_stops_lets_pass_what_does_not_concern_it(self):
        self._create_rule(sequence=1, stop=True, domain="[('amount_total', '>', 100)]")
        self._create_rule(self._tag_action(), sequence=2)
        self.assertEqual(self._create_order().tag_ids, self.tag)

    def test_rule_sees_what_the_rule_above_did(self):
        self._create_rule(self._tag_action(), sequence=1)
        domain = f"[('tag_ids', 'in', [{self.tag.id}])]"
        self._create_rule(self._hold_action(), sequence=2, domain=domain)
        self.assertEqual(self._create_order().oms_hold_ids.type_id, self.fraud)

    # === ONCE ===

    def test_released_order_is_not_held_again(self):
        rule = self._create_rule(self._hold_action())
        order = self._create_order()
        order.oms_hold_ids._release("checked")
        rule._apply_to_waiting(0)
        self.assertFalse(order.oms_open_hold_ids)

    def test_order_confirmed_a_second_time_is_not_held_again(self):
        self._create_rule(self._hold_action())
        order = self._create_order()
        order.oms_hold_ids._release("checked")
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertFalse(order.oms_open_hold_ids)

    def test_action_added_later_is_done_to_orders_that_had_the_others(self):
        rule = self._create_rule(self._hold_action())
        order = self._create_order()
        rule.write({"action_ids": [(0, 0, self._tag_action())]})
        rule._apply_to_waiting(0)
        self.assertEqual(order.tag_ids, self.tag)

    # === FAILURES ===

    def _break(self, rule):
        """As after the uninstallation of the addon that the field came from."""
        self.env.cr.execute(
            "UPDATE oms_order_rule SET domain = %s WHERE id = %s",
            ["[('gone_with_its_addon', '=', 1)]", rule.id],
        )
        rule.invalidate_recordset(["domain"])

    @mute_logger(LOGGER)
    def test_order_survives_a_rule_that_cannot_be_read(self):
        self._break(self._create_rule(self._tag_action()))
        self.assertTrue(self._create_order().picking_ids)

    @mute_logger(LOGGER)
    def test_rule_below_a_broken_one_is_asked(self):
        self._break(self._create_rule(sequence=1))
        self._create_rule(self._tag_action(), sequence=2)
        self.assertEqual(self._create_order().tag_ids, self.tag)

    @mute_logger(LOGGER)
    def test_history_says_that_a_rule_failed(self):
        self._break(self._create_rule(self._tag_action(), name="Scam"))
        event = self._get_rule_events(self._create_order())
        self.assertIn("Rule “Scam” could not read its condition", event.sentence)

    @mute_logger(LOGGER)
    def test_whoever_is_responsible_gets_one_activity_for_many_orders(self):
        rule = self._create_rule(self._tag_action())
        self._break(rule)
        self._create_orders(3).action_confirm()
        self._create_order()
        self.assertEqual(len(rule.activity_ids), 1)

    @mute_logger(LOGGER)
    def test_action_that_fails_does_not_undo_the_others(self):
        failing = self.env["ir.actions.server"].create(
            {
                "name": "Test failure",
                "model_id": self.env.ref("sale.model_sale_order").id,
                "state": "code",
                "code": "records.write({'oms_gift_note': 'lost'})\n1 / 0",
            }
        )
        self._create_rule(
            self._hold_action(),
            {"code": "server", "server_action_id": failing.id},
            self._tag_action(),
        )
        order = self._create_order()
        self.assertEqual(
            (order.oms_hold_ids.type_id, order.oms_gift_note, order.tag_ids),
            (self.fraud, False, self.tag),
        )

    @mute_logger(LOGGER)
    def test_action_that_failed_is_done_when_the_rule_is_applied_again(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Test failure",
                "model_id": self.env.ref("sale.model_sale_order").id,
                "state": "code",
                "code": "1 / 0",
            }
        )
        rule = self._create_rule({"code": "server", "server_action_id": action.id})
        order = self._create_order()
        action.code = "records.write({'oms_gift_note': 'found'})"
        rule.action_apply()
        self.assertEqual(order.oms_gift_note, "found")
