# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from .common import RoutingCommon


class TestOmsRoutingPolicy(RoutingCommon):
    def test_channel_without_a_policy_follows_the_first_in_the_list(self):
        self.channel.routing_policy_id = False
        first = self._create_policy("in_stock", sequence=-1)
        order = self._route((self.mug, 2))
        self.assertEqual(order.oms_routing_decision_id.policy_id, first)

    def test_policy_of_another_company_serves_nobody_here(self):
        self.channel.routing_policy_id = False
        other = self.env["res.company"].create({"name": "Other"})
        self._create_policy("in_stock", sequence=-1, company_id=other.id)
        order = self._route((self.mug, 2))
        self.assertNotEqual(order.oms_routing_decision_id.policy_id.company_id, other)

    def test_archived_policy_is_not_followed(self):
        self.policy.active = False
        order = self._route((self.mug, 2))
        self.assertNotEqual(order.oms_routing_decision_id.policy_id, self.policy)

    def test_without_any_policy_the_first_place_with_everything_ships(self):
        self.env["oms.routing.policy"].search([]).active = False
        self.west.sequence = self.east.sequence - 1
        order = self._route((self.mug, 2))
        self.assertEqual(order.warehouse_id, self.west)

    def test_rules_count_in_their_sequence(self):
        self.channel.routing_policy_id = self._create_policy("priority", "nearest")
        self.west.sequence = self.east.sequence - 1
        order = self._route((self.mug, 2))
        self.assertEqual(order.warehouse_id, self.west)

    def test_archived_rule_does_not_count(self):
        self.policy.rule_ids = [Command.create({"kind": "priority", "sequence": -1})]
        self.policy.rule_ids[0].active = False
        self.west.sequence = self.east.sequence - 1
        order = self._route((self.mug, 2))
        self.assertEqual(order.warehouse_id, self.east)

    def test_policy_that_never_splits_waits_at_one_place(self):
        self.policy.rule_ids[0].never_split = True
        order = self._route((self.mug, 15))
        self.assertEqual(order.oms_routing_decision_id.warehouse_ids, self.east)

    def test_new_policy_is_the_first_version(self):
        self.assertEqual(self._create_policy("in_stock", "nearest").version, 1)

    def test_changed_rule_makes_another_version(self):
        before = self.policy.version
        self.policy.rule_ids[1].band_km = 100
        self.assertEqual(self.policy.version, before + 1)

    def test_new_rule_makes_another_version(self):
        before = self.policy.version
        self.policy.rule_ids = [Command.create({"kind": "priority"})]
        self.assertEqual(self.policy.version, before + 1)

    def test_removed_rule_makes_another_version(self):
        before = self.policy.version
        self.policy.rule_ids[0].unlink()
        self.assertEqual(self.policy.version, before + 1)

    def test_summary_says_what_the_rules_do_in_their_sequence(self):
        self.assertEqual(
            self.policy.summary.splitlines()[1],
            "2. The nearest first, as the crow flies.",
        )

    def test_summary_follows_the_parameters(self):
        self.policy.rule_ids[1].band_km = 50
        self.assertEqual(
            self.policy.rule_ids[1].summary, "The nearest first, in bands of 50 km."
        )

    def test_every_kind_of_rule_has_a_step(self):
        kinds = self.env["oms.routing.rule"]._fields["kind"].get_values(self.env)
        without = [kind for kind in kinds if f"oms.routing.step.{kind}" not in self.env]
        self.assertEqual(without, [])

    def test_policy_comes_with_the_addon(self):
        policy = self.env.ref("oms_routing.policy_nearest")
        self.assertEqual(policy.rule_ids.mapped("kind"), ["in_stock", "nearest"])
