# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestOmsOrderRuleAction(RuleCommon):
    """What each kind of action does to an order that arrives."""

    def _create_ruled_order(self, code, **values):
        self._create_rule({"code": code, **values})
        return self._create_order()

    def test_priority_makes_the_transfer_urgent(self):
        order = self._create_ruled_order("priority", priority="2")
        self.assertEqual(order.picking_ids.priority, "1")

    def test_priority_is_never_lowered(self):
        self._create_rule({"code": "priority", "priority": "1"})
        self.assertEqual(self._create_order(oms_priority="2").oms_priority, "2")

    def test_warehouse_reads_the_note_on_its_transfer(self):
        order = self._create_ruled_order("warehouse_note", note="wrap it")
        self.assertEqual(order.picking_ids.oms_warehouse_note, "wrap it")

    def test_note_goes_below_what_is_written_already(self):
        self._create_rule({"code": "warehouse_note", "note": "wrap it"})
        order = self._create_order(oms_warehouse_note="fragile")
        self.assertEqual(order.oms_warehouse_note, "fragile\nwrap it")

    def test_gift_note_of_the_buyer_stays(self):
        self._create_rule({"code": "gift_note", "note": "thank you"})
        self.assertEqual(
            self._create_order(oms_gift_note="love, Ada").oms_gift_note, "love, Ada"
        )

    def test_carrier_is_on_the_transfer(self):
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Test Express",
                "product_id": self._create_product("TEST-SHIP", type="service").id,
            }
        )
        order = self._create_ruled_order("carrier", carrier_id=carrier.id)
        self.assertEqual(order.picking_ids.carrier_id, carrier)

    def test_carrier_reaches_the_transfer_of_a_waiting_order(self):
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Test Express",
                "product_id": self._create_product("TEST-SHIP", type="service").id,
            }
        )
        order = self._create_order()
        rule = self._create_rule({"code": "carrier", "carrier_id": carrier.id})
        rule.action_apply()
        self.assertEqual(order.picking_ids.carrier_id, carrier)

    def test_sales_team_gets_the_order(self):
        team = self.env["crm.team"].create({"name": "Test Team"})
        order = self._create_ruled_order("team", team_id=team.id)
        self.assertEqual(order.team_id, team)

    def test_activity_is_due_after_the_days_given(self):
        order = self._create_ruled_order(
            "activity", activity_summary="call", activity_days=3
        )
        self.assertEqual(
            order.activity_ids.date_deadline,
            fields.Date.add(fields.Date.context_today(order), days=3),
        )

    def test_mail_is_queued_for_the_buyer(self):
        self.customer.email = "ada@example.com"
        template = self.env["mail.template"].create(
            {
                "name": "Test Mail",
                "model_id": self.env.ref("sale.model_sale_order").id,
                "subject": "About {{ object.name }}",
                "partner_to": "{{ object.partner_id.id }}",
                "body_html": "<p>Hello</p>",
            }
        )
        order = self._create_ruled_order("mail", mail_template_id=template.id)
        mail = self.env["mail.mail"].search(
            [("model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        self.assertEqual(mail.subject, f"About {order.name}")

    def test_server_action_gets_all_orders_at_once(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Test Code",
                "model_id": self.env.ref("sale.model_sale_order").id,
                "state": "code",
                "code": "records.write({'client_order_ref': str(len(records))})",
            }
        )
        self._create_rule({"code": "server", "server_action_id": action.id})
        orders = self._create_orders(3)
        orders.action_confirm()
        self.assertEqual(orders.mapped("client_order_ref"), ["3", "3", "3"])

    def test_manager_without_rights_on_server_actions_reads_the_rule(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Test Code",
                "model_id": self.env.ref("sale.model_sale_order").id,
                "state": "code",
                "code": "pass",
            }
        )
        rule = self._create_rule({"code": "server", "server_action_id": action.id})
        manager = self._create_user("test_manager", "oms_core.group_oms_manager")
        self.assertIn("run “Test Code”", rule.with_user(manager).summary)
