# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time

from emulators.shopify import orders
from emulators.shopify.refund_wishes import refund_by_hand

from ..engine.errors import Retry
from .test_connector_shopify import ShopifyCommon


class OutboxCommon(ShopifyCommon):
    def _sell(self, **wishes):
        """An order of two mugs, paid, as the shop and as we have it."""
        lines = [{"sku": "TEST-MUG", "quantity": 2, "price": 10}]
        with self.shop.store.lock:
            self.sold = orders.place(
                self.shop.store, {"plain": True, "lines": lines, **wishes}
            )
        self.channel.fetched_until = False
        self.channel._fetch()
        self.channel._process_inbox()
        return self.env["sale.order"].search(
            [("oms_external_id", "=", str(self.sold.id))]
        )

    def _message(self, kind):
        return self.env["oms.channel.message"].search(
            [
                ("channel_id", "=", self.channel.id),
                ("direction", "=", "out"),
                ("kind", "=", kind),
            ]
        )


class TestOutage(OutboxCommon):
    def setUp(self):
        super().setUp()
        order = self._sell()
        self._ship(order, "OUT-1")
        self.parcel = self._message("shipment")

    def _stop_shop(self):
        self.shop.faults.set({"error_5xx_before": True})
        self.channel._process_outbox()

    def _start_shop(self):
        self.shop.faults.set({"clear": True})

    def test_outage_counts_against_no_message(self):
        self._stop_shop()
        self.assertEqual((self.parcel.state, self.parcel.attempts), ("failed", 0))

    def test_shop_that_does_not_answer_is_left_alone_for_a_while(self):
        self._stop_shop()
        self.shop.faults.set({"clear": True})
        self.channel._process_outbox()
        self.assertEqual(self.parcel.state, "failed")

    def test_channel_says_since_when_it_cannot_be_reached(self):
        with freeze_time("2026-03-01 10:00:00"):
            self._stop_shop()
            self.assertEqual(self.channel.outage_since, fields.Datetime.now())
            self.assertIn("503", self.channel.outage_error)

    def test_after_an_hour_everything_arrives_without_a_person(self):
        start = fields.Datetime.now()
        for minute in range(60):
            with freeze_time(start + timedelta(minutes=minute)):
                self._stop_shop()
        self._start_shop()
        with freeze_time(start + timedelta(minutes=66)):
            self.channel._process_outbox()
        self.assertEqual(self.parcel.state, "done")
        self.assertFalse(self.channel.outage_since)

    def test_first_answer_makes_everything_due(self):
        later = self.parcel.copy({"key": "shipment:later"})
        later._set_waiting(Retry("not yet"), 3600)
        self._stop_shop()
        self._start_shop()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=1)):
            self.channel._process_outbox()
        self.assertFalse(later.next_try)

    def test_refused_token_is_told_to_an_administrator_and_tried_again(self):
        self.shop.faults.set({"expired_token": True})
        self.channel._process_outbox()
        self.assertEqual(
            (self.parcel.state, self.parcel.acts), ("failed", "administrator")
        )

    def test_new_token_sends_what_waited(self):
        self.shop.faults.set({"expired_token": True})
        self.channel._process_outbox()
        self._start_shop()
        self.channel.api_token = self.shop.token
        self.channel._process_outbox()
        self.assertEqual(self.parcel.state, "done")


class TestKitParcel(OutboxCommon):
    def setUp(self):
        super().setUp()
        self._create_kit("TEST-SET", [(self.mug, 1), (self.lamp, 2)])
        lines = [{"sku": "TEST-SET", "quantity": 2, "price": 60}]
        self.order = self._sell(lines=lines)

    def _get_told(self):
        # Of one order, one message after the other.
        while self.channel._process_outbox():
            pass
        return [
            [(part.line.sku, part.quantity) for part in made.lines]
            for made in self.sold.fulfillments
        ]

    def _ship_some(self, mugs, lamps):
        for product, quantity in ((self.mug, mugs), (self.lamp, lamps)):
            move = self.order.order_line.move_ids.filtered(
                lambda m, product=product: m.product_id == product and m.state != "done"
            )
            move.quantity = quantity
        picking = self.order.picking_ids.filtered(lambda p: p.state != "done")
        picking.with_context(skip_backorder=True, skip_sms=True).button_validate()

    def test_kit_is_told_as_it_was_sold(self):
        self._ship(self.order, "KIT-1")
        self.assertEqual(self._get_told(), [[("TEST-SET", 2)]])

    def test_parcel_tells_the_kits_that_it_completes(self):
        self._ship_some(mugs=2, lamps=2)
        self._ship_some(mugs=0, lamps=2)
        self.assertEqual(self._get_told(), [[("TEST-SET", 1)], [("TEST-SET", 1)]])

    def test_parcel_of_single_parts_tells_no_kit(self):
        self._ship_some(mugs=2, lamps=0)
        self.assertEqual(self._get_told(), [])


class TestReversal(OutboxCommon):
    def test_order_cancelled_here_is_cancelled_in_the_shop(self):
        self.shop.cancel_delay = 0
        order = self._sell()
        order._oms_cancel("out of stock")
        self.channel._process_outbox()
        self.assertEqual(self._message("cancel").state, "done")
        self.assertTrue(self.sold.cancelled_at)

    def test_shop_is_told_the_reason_in_its_own_words(self):
        self.shop.cancel_delay = 0
        reason = self.env.ref("oms_core.cancel_reason_out_of_stock")
        self._sell()._oms_cancel("none until May", reason)
        self.channel._process_outbox()
        self.assertEqual(self.sold.cancel_reason, "inventory")

    def test_reason_of_the_shop_is_one_of_ours(self):
        order = self._sell()
        with self.shop.store.lock:
            orders.cancel(self.shop.store, self.sold, reason="customer")
        self.channel._fetch()
        self.channel._process_inbox()
        self.assertEqual(order.oms_cancel_reason_id.code, "buyer_changed_mind")

    def test_cancellation_heard_back_changes_nothing(self):
        self.shop.cancel_delay = 0
        order = self._sell()
        order._oms_cancel("out of stock")
        self.channel._process_outbox()
        self.channel.fetched_until = False
        self.channel._fetch()
        self.channel._process_inbox()
        self.assertEqual(order.state, "cancel")
        self.assertFalse(order.oms_open_hold_ids)

    def test_order_cancelled_in_the_shop_is_not_told_back(self):
        self._sell()
        with self.shop.store.lock:
            orders.cancel(self.shop.store, self.sold)
        self.channel._fetch()
        self.channel._process_inbox()
        self.assertFalse(self._message("cancel"))

    def test_order_cancelled_before_it_came_is_not_told_back(self):
        with self.shop.store.lock:
            sold = orders.place(self.shop.store, {"plain": True})
            orders.cancel(self.shop.store, sold, refund=False)
        self.channel._fetch()
        self.channel._process_inbox()
        order = self.env["sale.order"].search([("oms_external_id", "=", str(sold.id))])
        self.assertEqual(order.state, "cancel")
        self.assertFalse(self._message("cancel"))

    def test_cancellation_of_what_has_left_is_left_to_a_person(self):
        order = self._sell()
        with self.shop.store.lock:
            self.sold.lines[0].fulfilled = 1
        order._oms_cancel("changed my mind")
        self.channel._process_outbox()
        message = self._message("cancel")
        self.assertEqual((message.state, bool(message.acts)), ("quarantined", True))

    def test_units_cancelled_here_are_told_to_a_person(self):
        order = self._sell()
        order._oms_cancel_quantities({order.order_line[0]: 1.0}, "broken")
        message = self._message("cancel")
        self.assertEqual((message.state, message.acts), ("quarantined", "clerk"))
        self.assertIn("1 × TEST-MUG", message.error)

    # === THE MONEY OF CANCELLED ORDERS ===

    def _cancel(self, order, **context):
        self.shop.cancel_delay = 0
        order.with_context(**context)._oms_cancel("out of stock")
        self.channel._process_outbox()
        return [row for row in self.sold.transactions if row.kind == "refund"]

    def test_cancelled_order_is_refunded_by_the_shop(self):
        self.assertEqual(len(self._cancel(self._sell())), 1)

    def test_channel_may_keep_refunds_to_itself(self):
        self.channel.cancel_refund = "here"
        self.assertFalse(self._cancel(self._sell()))
        self.assertTrue(self.sold.cancelled_at)

    def test_who_cancels_may_choose_otherwise(self):
        order = self._sell()
        reason = self.env["oms.cancel.reason"].search([], limit=1)
        self.shop.cancel_delay = 0
        dialog = self.env["oms.order.cancel"].create(
            {"order_id": order.id, "reason_id": reason.id}
        )
        self.assertTrue(dialog.refund_by_shop)
        dialog.refund_by_shop = False
        dialog.action_fill()
        dialog.action_cancel()
        self.channel._process_outbox()
        kinds = [row.kind for row in self.sold.transactions]
        self.assertEqual((bool(self.sold.cancelled_at), kinds), (True, ["sale"]))

    def test_money_that_a_credit_note_gave_back_is_not_given_back_again(self):
        order = self._sell()
        self._refund(order)
        self.channel._process_outbox()
        self.assertEqual(len(self._cancel(order)), 1)
        self.assertFalse(self._message("cancel")._get_payload()["refund"])

    def test_credit_note_after_the_cancellation_gives_nothing_back_twice(self):
        order = self._sell()
        self._invoice(order)
        given = self._cancel(order)
        self._refund(order)
        self.channel._process_outbox()
        again = [row for row in self.sold.transactions if row.kind == "refund"]
        self.assertEqual((again, self._message("refund").state), (given, "done"))

    def test_credit_note_pays_out_what_the_cancellation_left(self):
        self.channel.cancel_refund = "here"
        order = self._sell()
        self._invoice(order)
        self._cancel(order)
        credit = self._refund(order)
        self.channel._process_outbox()
        (row,) = [row for row in self.sold.transactions if row.kind == "refund"]
        self.assertEqual(float(row.amount.shop), credit.amount_total)

    # === REFUNDS ===

    def _refund(self, order):
        invoice = order.invoice_ids or self._invoice(order)
        credit = invoice._reverse_moves([{"ref": "two mugs back"}])
        credit.action_post()
        return credit

    def test_refund_made_here_is_made_in_the_shop(self):
        credit = self._refund(self._sell())
        self.channel._process_outbox()
        message = self._message("refund")
        self.assertEqual((message.state, message.error), ("done", False))
        self.assertEqual(
            float(self.sold.refunds[0].transactions[0].amount.shop),
            credit.amount_total,
        )

    def test_refund_whose_answer_was_lost_is_made_once(self):
        self._refund(self._sell())
        self.shop.faults.set({"error_5xx_after_effect": {"match": "refundCreate"}})
        self.channel._process_outbox()
        self.shop.faults.set({"clear": True})
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self.channel._process_outbox()
        self.assertEqual(self._message("refund").state, "done")
        self.assertEqual(len(self.sold.refunds), 1)

    def test_refund_of_what_the_shop_has_given_back_already_asks_a_person(self):
        order = self._sell()
        with self.shop.store.lock:
            refund_by_hand(self.shop.store, self.sold, {"amount": 20})
        self._refund(order)
        self.channel._process_outbox()
        message = self._message("refund")
        self.assertEqual(message.state, "quarantined")
        self.assertIn("left to give back", message.error)


class TestStockPush(OutboxCommon):
    def setUp(self):
        super().setUp()
        with self.shop.store.lock:
            self.shop.store.set_catalogue(
                [{"sku": sku, "title": sku, "price": 10} for sku in ("TEST-MUG",)]
            )
        self.channel._list_products([("id", "in", (self.mug | self.lamp).ids)])
        self.places = list(self.shop.store.locations.values())

    def _get_available(self, sku, place):
        return next(
            level.available
            for level in self.shop.store.levels.values()
            if level.variant.sku == sku and level.location is place
        )

    def _map(self, *warehouses):
        for place, warehouse in zip(self.places, warehouses, strict=False):
            self.env["oms.channel.location"].create(
                {
                    "channel_id": self.channel.id,
                    "external_id": str(place.id),
                    "name": place.name,
                    "warehouse_id": warehouse.id,
                }
            )

    def test_each_location_is_told_what_its_warehouse_has(self):
        self._add_stock(self.mug, 3, self.other_warehouse)
        self._map(self.warehouse, self.other_warehouse)
        self.channel._queue_stock()
        self.channel._process_outbox()
        self.assertEqual(
            [self._get_available("TEST-MUG", place) for place in self.places[:2]],
            [10, 3],
        )

    def test_locations_are_told_no_more_than_the_channel_may_sell(self):
        self._add_stock(self.mug, 3, self.other_warehouse)
        self.channel.buffer_cap = 11
        self._map(self.warehouse, self.other_warehouse)
        self.channel._queue_stock()
        self.channel._process_outbox()
        told = [self._get_available("TEST-MUG", place) for place in self.places[:2]]
        self.assertEqual(sum(told), 11)

    def test_goods_that_moved_to_another_place_are_told(self):
        self._map(self.warehouse, self.other_warehouse)
        self.channel._queue_stock()
        self.channel._process_outbox()
        self._add_stock(self.mug, -4)
        self._add_stock(self.mug, 4, self.other_warehouse)
        self.assertTrue(self.channel._queue_stock())

    def test_unknown_sku_has_a_message_of_its_own(self):
        self.channel._queue_stock()
        self.channel._process_outbox()
        states = {m.external_id: m.state for m in self._message("stock")}
        self.assertEqual(states, {"stock": "done", "stock:TEST-LAMP": "quarantined"})

    def test_refused_sku_is_not_told_again_and_again(self):
        self.channel._queue_stock()
        self.channel._process_outbox()
        self.assertFalse(self.channel._queue_stock())

    def test_retry_of_a_refused_sku_tells_the_figure_of_now(self):
        self.channel._queue_stock()
        self.channel._process_outbox()
        with self.shop.store.lock:
            self.shop.store.set_catalogue(
                [{"sku": "TEST-LAMP", "title": "Lamp", "price": 10}]
            )
        self._add_stock(self.lamp, 5)
        self._message("stock").filtered("error").action_retry()
        self.channel._process_outbox()
        self.assertEqual(self._get_available("TEST-LAMP", self.places[0]), 15)

    def test_message_that_waited_tells_the_figure_of_now(self):
        self.channel._queue_stock()
        self._add_stock(self.mug, 5)
        self.channel._process_outbox()
        self.assertEqual(self._get_available("TEST-MUG", self.places[0]), 15)

    def test_what_waits_already_is_not_queued_twice(self):
        self.channel._queue_stock()
        self._add_stock(self.mug, 5)
        self.assertFalse(self.channel._queue_stock())
