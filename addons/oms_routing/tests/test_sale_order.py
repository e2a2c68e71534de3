# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from .common import RENO, RoutingCommon


class TestSaleOrder(RoutingCommon):
    # === WHO SHIPS ===

    def test_order_goes_to_the_nearest_place_that_has_everything(self):
        order = self._route((self.mug, 2), warehouse_id=self.west.id)
        self.assertEqual(order.warehouse_id, self.east)

    def test_order_of_another_buyer_goes_elsewhere(self):
        buyer = self._create_partner("Western Buyer", **RENO)
        order = self._route((self.mug, 2), partner_id=buyer.id)
        self.assertEqual(order.warehouse_id, self.west)

    def test_delivery_address_counts_not_the_buyer(self):
        there = self._create_partner("Reno Office", parent_id=self.customer.id, **RENO)
        order = self._route((self.mug, 2), partner_shipping_id=there.id)
        self.assertEqual(order.warehouse_id, self.west)

    def test_middle_of_the_state_stands_for_an_address_without_coordinates(self):
        buyer = self._create_partner(
            "Nevada Buyer",
            country_id=self.env.ref("base.us").id,
            state_id=self.env.ref("base.state_us_23").id,
        )
        order = self._route((self.mug, 2), partner_id=buyer.id)
        self.assertIn(
            f"the middle of {buyer.state_id.name}", order.oms_routing_sentence
        )

    def test_place_outside_the_channel_does_not_ship(self):
        self.channel.warehouse_ids = self.west
        order = self._route((self.mug, 2))
        self.assertEqual(order.warehouse_id, self.west)

    def test_confirmed_order_takes_its_goods_at_the_routed_place(self):
        order = self._create_order([(self.mug, 2)], warehouse_id=self.west.id)
        self.assertEqual(order.picking_ids.picking_type_id.warehouse_id, self.east)

    def test_order_without_a_channel_keeps_its_place(self):
        order = self._create_order(
            [(self.mug, 2)], oms_channel_id=False, warehouse_id=self.west.id
        )
        self.assertEqual(order.warehouse_id, self.west)

    def test_order_without_goods_needs_no_place(self):
        service = self._create_product(
            "TEST-WARRANTY", type="service", is_storable=False
        )
        order = self._route((service, 1))
        self.assertFalse(order.oms_routing_decision_ids)

    def test_order_on_hold_is_routed_when_the_hold_is_released(self):
        order = self._create_order(
            [(self.mug, 2)], confirm=False, warehouse_id=self.west.id
        )
        hold = self._hold(order, "unknown_product")
        order.action_confirm()
        hold._release("found")
        self.assertEqual(order.picking_ids.picking_type_id.warehouse_id, self.east)

    # === SPLITS ===

    def test_lines_of_two_places_leave_in_two_transfers(self):
        self._add_stock(self.mug, -9)
        order = self._create_order([(self.mug, 2), (self.lamp, 1)])
        self.assertEqual(
            order.picking_ids.picking_type_id.warehouse_id, self.east | self.west
        )

    def test_line_that_two_places_share_asks_each_for_its_share(self):
        order = self._create_order([(self.mug, 15)])
        self.assertEqual(
            order.order_line.oms_sourcing, [[self.east.id, 10.0], [self.west.id, 5.0]]
        )

    def test_shared_line_is_reserved_in_full(self):
        order = self._create_order([(self.mug, 15)])
        self.assertEqual(order.oms_state, "allocated")

    def test_shared_line_in_dozens_is_reserved_in_full(self):
        self._add_stock(self.mug, 2)
        self._add_stock(self.mug, 2, self.west)
        order = self._create_order(confirm=False)
        order.order_line = [
            Command.clear(),
            Command.create(
                {
                    "product_id": self.mug.id,
                    "product_uom_qty": 2,
                    "product_uom_id": self.env.ref("uom.product_uom_dozen").id,
                }
            ),
        ]
        order.action_confirm()
        moves = order.picking_ids.move_ids
        self.assertEqual(
            sorted((move.warehouse_id.name, move.quantity) for move in moves),
            [("Test East", 12.0), ("Test West", 12.0)],
        )

    def test_order_of_one_place_has_no_sourcing(self):
        order = self._create_order([(self.mug, 2)])
        self.assertFalse(order.order_line.oms_sourcing)

    def test_order_routed_again_forgets_the_shares_it_had(self):
        order = self._route((self.mug, 15))
        self._add_stock(self.mug, 10)
        order._oms_route()
        self.assertFalse(order.order_line.oms_sourcing)

    # === KITS ===

    def test_kit_leaves_from_the_place_that_has_all_its_parts(self):
        kit = self._create_kit("TEST-SET", [(self.mug, 2), (self.lamp, 1)])
        buyer = self._create_partner("Western Buyer", **RENO)
        order = self._route((kit, 1), partner_id=buyer.id)
        self.assertEqual(order.warehouse_id, self.east)

    def test_part_that_is_not_counted_does_not_keep_a_kit(self):
        leaflet = self._create_product("TEST-LEAFLET", is_storable=False)
        kit = self._create_kit("TEST-SET", [(self.mug, 2), (leaflet, 1)])
        order = self._route((kit, 1))
        self.assertEqual(order.oms_routing_decision_id.outcome, "whole")

    # === SEVERAL ORDERS ===

    def test_orders_of_one_batch_do_not_get_the_same_last_unit(self):
        product = self._create_product("TEST-LAST")
        self._add_stock(product, 1)
        orders = self.env["sale.order"].union(
            *(self._create_order([(product, 1)], confirm=False) for _i in range(3))
        )
        orders._oms_route()
        self.assertEqual(
            sorted(orders.oms_routing_decision_ids.mapped("outcome")),
            ["waiting", "waiting", "whole"],
        )

    def test_earlier_order_takes_the_last_unit(self):
        product = self._create_product("TEST-LAST")
        self._add_stock(product, 1)
        late = self._create_order([(product, 1)], confirm=False)
        early = self._create_order(
            [(product, 1)], confirm=False, date_order="2020-01-01 10:00:00"
        )
        (late | early)._oms_route()
        self.assertEqual(early.oms_routing_decision_id.outcome, "whole")

    def test_promised_goods_are_not_given_again(self):
        self._create_order([(self.lamp, 9)])
        order = self._route((self.lamp, 2))
        self.assertEqual(order.oms_routing_decision_id.outcome, "partial")

    def test_hundred_orders_take_as_many_queries_as_ten(self):
        self._count_queries(1)  # what is read once per process
        self.assertEqual(self._count_queries(100), self._count_queries(10))

    def _count_queries(self, number):
        for place in (self.east, self.west):
            self._add_stock(self.mug, number, place)
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "oms_channel_id": self.channel.id,
                    "warehouse_id": self.west.id,
                    "order_line": [
                        # One line: the ORM writes a hundred rows at a time.
                        Command.create({"product_id": self.mug.id}),
                    ],
                }
                for _i in range(number)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        orders._oms_route()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    # === UNFILLABLE ===

    def test_order_that_no_place_may_ship_is_unfillable(self):
        self.channel.warehouse_ids = self._create_warehouse("Closed", "TEST3")
        self.channel.warehouse_ids.active = False
        order = self._create_order([(self.mug, 2)])
        self.assertTrue(order.oms_unfillable)

    def test_order_is_fillable_again_when_a_place_may_ship_it(self):
        order = self._create_order([(self.mug, 2)], confirm=False)
        order.oms_unfillable = True
        order._oms_route()
        self.assertFalse(order.oms_unfillable)

    # === HISTORY ===

    def test_history_says_why_the_order_went_there(self):
        order = self._route((self.mug, 2))
        event = order.oms_event_ids.filtered(lambda e: e.kind == "route")
        self.assertEqual(event.sentence, order.oms_routing_sentence)

    def test_history_names_the_policy_that_decided(self):
        order = self._route((self.mug, 2))
        event = order.oms_event_ids.filtered(lambda e: e.kind == "route")
        self.assertEqual(event.actor, "Test Policy")
