# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import WebsiteCommon


@tagged("post_install", "-at_install")
class TestSaleOrder(WebsiteCommon):
    """An order of a website joins channel, states, history, holds, rules, routing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_cart()

    def _add_to_cart(self, quantity):
        """What the cart lets the buyer have of what was asked for, and what it says."""
        line = self.order.order_line
        return self.order._verify_updated_quantity(
            line, self.mug.id, quantity, self.mug.uom_id.id
        )

    # === CHANNEL, STATE, HISTORY ===

    def test_cart_is_no_order_of_the_channel(self):
        self.assertEqual(
            (self.order.oms_channel_id.id, self.channel.order_count), (False, 0)
        )

    def test_confirmed_cart_is_an_order_of_the_channel(self):
        self.order.action_confirm()
        self.assertEqual(self.order.oms_channel_id, self.channel)

    def test_order_that_waits_for_its_money_is_of_the_channel(self):
        self.order.action_quotation_sent()
        self.assertEqual(self.order.oms_channel_id, self.channel)

    def test_quotation_of_a_salesperson_is_no_order_of_a_website(self):
        order = self._create_order(oms_channel_id=False)
        self.assertFalse(order.oms_channel_id)

    def test_order_is_allocated_with_its_promise(self):
        self.order.action_confirm()
        self.assertEqual(
            (self.order.oms_state, bool(self.order.oms_deliver_by)),
            ("allocated", True),
        )

    def test_history_says_on_which_website_it_was_placed(self):
        self.order.action_confirm()
        captured = self.order.oms_event_ids.filtered(lambda e: e.kind == "capture")
        self.assertRegex(captured.sentence, "placed on Test Site: ")

    def test_orders_of_two_websites_belong_to_two_channels(self):
        other = self.env["website"].create({"name": "Other Site"})
        order = self._create_cart(website_id=other.id)
        (self.order | order).action_confirm()
        self.assertEqual(
            (self.order | order).mapped("oms_channel_id"),
            self.channel | other.oms_channel_id,
        )

    def test_order_is_shipped_from_a_place_of_its_channel(self):
        self.channel.warehouse_ids = self.other_warehouse
        self.order.action_quotation_sent()
        self.assertEqual(self.order.warehouse_id, self.other_warehouse)

    # === RULES, HOLDS, ROUTING ===

    def test_order_rule_of_the_channel_acts_on_the_order(self):
        manual = self.env.ref("oms_core.hold_type_manual")
        self.env["oms.order.rule"].create(
            {
                "name": "Look at all",
                "channel_ids": [Command.set(self.channel.ids)],
                "action_ids": [
                    Command.create({"code": "hold", "hold_type_id": manual.id})
                ],
            }
        )
        self.order.action_confirm()
        self.assertEqual(self.order.oms_state, "on_hold")

    def test_remorse_window_of_the_channel_holds_the_order(self):
        self.channel.remorse_minutes = 30
        self.order.action_confirm()
        self.assertEqual(self.order.oms_open_hold_ids.type_id.code, "remorse")

    def test_order_is_routed_to_the_place_that_has_the_goods(self):
        lamps = self._create_cart([(self.lamp, 2)], warehouse_id=self.warehouse.id)
        self._add_stock(self.lamp, -10)
        self._add_stock(self.lamp, 10, self.other_warehouse)
        lamps.action_confirm()
        self.assertEqual(
            (lamps.warehouse_id, bool(lamps.oms_routing_decision_id)),
            (self.other_warehouse, True),
        )

    def test_order_that_the_buyer_fetches_stays_at_its_place(self):
        # As the carrier of click and collect, which need not be installed, says.
        with patch.object(
            type(self.order), "_is_oms_fetched", lambda order: bool(order.website_id)
        ):
            self.order.warehouse_id = self.other_warehouse
            self.order.action_confirm()
        self.assertEqual(
            (self.order.oms_is_pickup, self.order.warehouse_id),
            (True, self.other_warehouse),
        )

    # === THE CART'S LIMITS ===

    def test_cart_takes_what_the_channel_may_sell(self):
        self.channel.buffer_quantity = 3
        self.assertEqual(self._add_to_cart(9)[0], 7)

    def test_cart_says_why_it_takes_less(self):
        self.channel.buffer_quantity = 3
        self.assertIn("only 7", self._add_to_cart(9)[1])

    def test_cart_is_not_paid_when_the_goods_are_gone_meanwhile(self):
        self._create_order([(self.mug, 9)])
        self.env.invalidate_all()
        with self.assertRaisesRegex(ValidationError, "only 1"):
            self.order._check_cart_is_ready_to_be_paid()

    def test_buyer_who_fetches_has_what_is_at_that_place(self):
        self._add_stock(self.mug, 4, self.other_warehouse)
        self.order.warehouse_id = self.other_warehouse
        with (
            patch.object(type(self.order), "_is_oms_fetched", lambda order: True),
            patch.object(
                type(self.order),
                "_get_shop_warehouse_id",
                lambda order: order.warehouse_id.id,
            ),
        ):
            self.assertEqual(self.order._get_free_qty(self.mug), 4)
