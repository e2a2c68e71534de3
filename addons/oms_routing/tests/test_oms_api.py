# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError

from .common import RoutingCommon


class TestOmsApi(RoutingCommon):
    def _ask(self, order, **options):
        return self.env["oms.api"].route_orders([order.name], **options)[0]

    def test_dry_run_says_what_would_be_decided(self):
        order = self._create_order(confirm=False)
        answer = self._ask(order, dry_run=True)
        self.assertEqual(
            answer["nodes"],
            [{"code": "TEST1", "lines": [{"sku": "TEST-MUG", "quantity": 2.0}]}],
        )

    def test_dry_run_changes_nothing(self):
        order = self._create_order(confirm=False, warehouse_id=self.west.id)
        self._ask(order, dry_run=True)
        self.assertEqual(
            (order.warehouse_id, len(order.oms_routing_decision_ids)), (self.west, 0)
        )

    def test_order_is_routed(self):
        order = self._create_order(confirm=False, warehouse_id=self.west.id)
        self._ask(order)
        self.assertEqual(order.warehouse_id, self.east)

    def test_order_whose_transfer_was_cancelled_is_routed_again(self):
        order = self._create_order()
        order.picking_ids.action_cancel()
        self.channel.warehouse_ids = self.west
        self._ask(order)
        transfer = order.picking_ids.filtered(lambda p: p.state != "cancel")
        self.assertEqual(transfer.picking_type_id.warehouse_id, self.west)

    def test_order_at_work_is_refused_with_its_transfer(self):
        order = self._create_order()
        self.assertIn(order.picking_ids.name, self._ask(order)["message"])

    def test_cancelled_order_is_refused(self):
        order = self._create_order(confirm=False)
        order._action_cancel()
        self.assertEqual(self._ask(order)["result"], "refused")

    def test_held_order_is_refused_with_the_hold(self):
        order = self._create_order(confirm=False)
        self._hold(order, "unknown_product")
        self.assertIn("(Unknown product)", self._ask(order)["message"])

    def test_unknown_number_is_named(self):
        answer = self.env["oms.api"].route_orders(["NO-SUCH"])[0]
        self.assertEqual(answer["message"], "No order has the number NO-SUCH.")

    def test_answers_come_in_the_sequence_of_the_question(self):
        names = [self._create_order(confirm=False).name for _i in range(3)]
        refs = [names[2], "NO-SUCH", names[0]]
        answers = self.env["oms.api"].route_orders(refs, dry_run=True)
        self.assertEqual([answer["ref"] for answer in answers], refs)

    def test_every_place_has_a_reason_or_ships(self):
        answer = self._ask(self._create_order(confirm=False), dry_run=True)
        silent = [
            place["code"]
            for place in answer["candidates"]
            if not place["chosen"] and not place["reason"]
        ]
        self.assertEqual(silent, [])

    def test_order_without_goods_says_so(self):
        service = self._create_product("TEST-CARE", type="service", is_storable=False)
        order = self._create_order([(service, 1)], confirm=False)
        self.assertEqual(self._ask(order)["result"], "nothing")

    def test_caller_who_may_not_change_orders_routes_none(self):
        order = self._create_order(confirm=False)
        reader = self._create_user("route-reader", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["oms.api"].with_user(reader).route_orders([order.name])
