# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import timedelta

from emulators.shopify import orders, payload, pricing, refunds
from emulators.shopify.refund_wishes import refund_by_hand
from emulators.shopify.shipped_by_hand import ship_by_hand

from .test_connector_shopify import ShopifyCommon


class TestShopifyVersions(ShopifyCommon):
    """What a merchant does to an order in the shop, as its webhooks tell it."""

    def setUp(self):
        super().setUp()
        self.company.currency_id = self.env.ref("base.USD")
        self.shop.store.set_catalogue(
            [
                {"sku": "TEST-MUG", "title": "Mug", "price": "10.00"},
                {"sku": "TEST-LAMP", "title": "Lamp", "price": "25.00"},
            ]
        )
        lines = [{"sku": "TEST-MUG", "quantity": 3}, {"sku": "TEST-LAMP"}]
        with self.shop.store.lock:
            self.placed = orders.place(self.shop.store, {"plain": True, "lines": lines})
        self.order = self._hear()

    def _hear(self):
        """The order as the shop's webhook tells it now."""
        with self.shop.store.lock:
            body = json.dumps(payload.order(self.shop.store, self.placed))
        self.channel._receive_orders([json.loads(body)])
        self.channel._process_inbox()
        return self.env["sale.order"].search([("oms_channel_id", "=", self.channel.id)])

    def _act(self, function, *arguments):
        with self.shop.store.lock:
            function(self.shop.store, self.placed, *arguments)
        return self._hear()

    def _assert_same_total(self):
        """What the order comes to here is what it comes to in the shop now."""
        now = pricing.current_total(self.placed).shop
        self.assertEqual(f"{self.order.amount_total:.2f}", f"{now:.2f}")
        self.assertFalse(self.order.oms_open_hold_ids)

    def _get_demand(self):
        moves = self.order.picking_ids.move_ids.filtered(lambda m: m.state != "cancel")
        return {
            product.default_code: sum(group.mapped("product_uom_qty"))
            for product, group in moves.grouped("product_id").items()
        }

    # === IN WHICH ORDER ===

    def _fetch_again(self):
        self.channel._fetch()
        waiting = self.channel.message_ids.filtered(lambda m: m.state == "pending")
        self.channel._process_inbox()
        return waiting

    def test_older_word_of_the_same_second_is_put_right_by_the_next_fetch(self):
        self._fetch_again()
        with self.shop.store.lock:
            older = json.loads(
                json.dumps(payload.order(self.shop.store, self.placed))
            ) | {"note": "the older word"}
        self.channel._receive_orders([older])
        self.channel._process_inbox()
        self.assertIn("the older word", self.order.oms_buyer_note or "")
        self._fetch_again()
        self.assertNotIn("the older word", self.order.oms_buyer_note or "")

    def test_what_the_shop_showed_last_is_not_processed_again(self):
        self._fetch_again()
        self.assertFalse(self._fetch_again())

    # === EDITED ===

    def test_edited_order_is_the_shops_again(self):
        self._act(
            orders.edit,
            {
                "add": [{"sku": "TEST-MUG", "quantity": 1}],
                "set": [{"sku": "TEST-LAMP", "quantity": 2}],
            },
        )
        self.assertEqual(sum(self._get_demand().values()), 6)
        now = pricing.current_total(self.placed).shop
        self.assertEqual(f"{self.order.amount_total:.2f}", f"{now:.2f}")

    def test_removed_units_are_off_the_order(self):
        self._act(orders.edit, {"set": [{"sku": "TEST-MUG", "quantity": 1}]})
        self.assertEqual(self._get_demand(), {"TEST-MUG": 1, "TEST-LAMP": 1})
        self._assert_same_total()

    def test_removed_line_is_off_the_order(self):
        self._act(orders.edit, {"set": [{"sku": "TEST-LAMP", "quantity": 0}]})
        self.assertEqual(self._get_demand(), {"TEST-MUG": 3})
        self._assert_same_total()

    def test_new_address_reaches_the_transfer(self):
        self._act(orders.update, {"shipping_address": {"address1": "9 New Rd"}})
        self.assertEqual(self.order.picking_ids.partner_id.street, "9 New Rd")

    # === REFUNDED ===

    def test_refund_of_unshipped_units_is_off_the_order(self):
        self._act(refund_by_hand, {"lines": [{"sku": "TEST-MUG", "quantity": 1}]})
        self.assertEqual(self._get_demand(), {"TEST-MUG": 2, "TEST-LAMP": 1})
        self._assert_same_total()

    def test_refunds_of_an_invoiced_order_come_to_what_the_shop_gave_back(self):
        self._ship(self.order)
        self._invoice(self.order)
        self._act(ship_by_hand, {})
        for wish in (
            {"lines": [{"sku": "TEST-MUG", "quantity": 1}], "amount": "8.00"},
            {"lines": [{"sku": "TEST-MUG", "quantity": 2}], "shipping": "2.00"},
            {"lines": [{"sku": "TEST-LAMP"}], "shipping": True},
        ):
            self._act(refund_by_hand, wish)
        given = refunds.pricing.refunded(self.placed).shop
        notes = self.order.invoice_ids.filtered(lambda m: m.move_type == "out_refund")
        self.assertEqual(
            (f"{sum(notes.mapped('amount_total')):.2f}", len(notes)),
            (f"{given:.2f}", 3),
        )
        self.assertEqual(set(notes.mapped("payment_state")), {"paid"})

    # === SENT AND CANCELLED THERE ===

    def test_parcel_of_the_shop_leaves_here_with_its_tracking(self):
        self._act(ship_by_hand, {"tracking": "STORE-1", "company": "UPS"})
        self.assertEqual(
            (self.order.oms_state, self.order.picking_ids.carrier_tracking_ref),
            ("shipped", "STORE-1"),
        )

    def test_order_cancelled_in_the_shop_is_cancelled(self):
        with self.shop.store.lock:
            orders.cancel(self.shop.store, self.placed)
        self._hear()
        self.assertEqual((self.order.oms_state, self.mug.free_qty), ("cancelled", 10))

    def test_versions_heard_backwards_end_as_the_newest(self):
        start, bodies = self.shop.store.clock(), []
        with self.shop.store.lock:
            for number, quantity in enumerate((1, 5, 2), 1):
                moment = start + timedelta(minutes=number)
                self.shop.store.clock = lambda moment=moment: moment
                changes = {"set": [{"sku": "TEST-MUG", "quantity": quantity}]}
                orders.edit(self.shop.store, self.placed, changes)
                bodies.append(payload.order(self.shop.store, self.placed))
        for body in reversed(json.loads(json.dumps(bodies))):
            self.channel._receive_orders([body])
            self.channel._process_inbox()
        self.assertEqual(self._get_demand()["TEST-MUG"], 2)
