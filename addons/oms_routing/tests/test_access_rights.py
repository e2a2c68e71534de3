# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import Form

from .common import RoutingCommon


class TestAccessRights(RoutingCommon):
    def test_salesperson_confirms_a_routed_order(self):
        user = self._create_user("route-sale", "sales_team.group_sale_salesman")
        order = self._create_order([(self.mug, 2)], confirm=False, user_id=user.id)
        order.with_user(user).action_confirm()
        self.assertEqual(order.oms_routing_decision_id.warehouse_id, self.east)

    def test_salesperson_reads_why_an_order_went_there(self):
        user = self._create_user("route-sale", "sales_team.group_sale_salesman")
        order = self._route((self.mug, 2), user_id=user.id)
        decision = order.oms_routing_decision_id.with_user(user)
        self.assertTrue(decision.sentence)

    def test_nobody_makes_a_decision_by_hand(self):
        user = self._create_user("route-admin", "oms_core.group_oms_admin")
        order = self._create_order(confirm=False)
        with self.assertRaises(AccessError):
            self.env["oms.routing.decision"].with_user(user).create(
                {
                    "order_id": order.id,
                    "company_id": self.company.id,
                    "outcome": "whole",
                    "sentence": "Because.",
                }
            )

    def test_user_does_not_change_a_policy(self):
        user = self._create_user("route-user", "oms_core.group_oms_user")
        with self.assertRaises(AccessError):
            self.policy.with_user(user).name = "Mine"

    def test_manager_makes_a_policy(self):
        user = self._create_user("route-manager", "oms_core.group_oms_manager")
        form = Form(self.env["oms.routing.policy"].with_user(user))
        form.name = "Priority only"
        with form.rule_ids.new() as rule:
            rule.kind = "priority"
        self.assertEqual(form.save().rule_ids.kind, "priority")

    def test_user_of_another_company_sees_no_decision(self):
        other = self.env["res.company"].create({"name": "Other"})
        user = self._create_user("route-other", "oms_core.group_oms_user")
        user.write({"company_ids": other.ids, "company_id": other.id})
        decision = self._route((self.mug, 2)).oms_routing_decision_id
        self.assertFalse(
            self.env["oms.routing.decision"]
            .with_user(user)
            .search([("id", "=", decision.id)])
        )

    def test_orders_of_two_companies_are_routed_within_their_own(self):
        other = self.env["res.company"].create({"name": "Other"})
        channel = self.env["oms.channel"].create(
            {"name": "Other Shop", "code": "other", "company_id": other.id}
        )
        there = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        foreign = self._create_order(
            confirm=False,
            company_id=other.id,
            oms_channel_id=channel.id,
            warehouse_id=there.id,
        )
        own = self._create_order(confirm=False)
        (own | foreign)._oms_route()
        self.assertEqual((own.warehouse_id, foreign.warehouse_id), (self.east, there))
