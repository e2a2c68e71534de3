# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from emulators.shopify import orders, payouts, pricing

from .test_connector_shopify import ShopifyCommon
from .test_money import MoneyCommon


class ShopifyMoneyCommon(ShopifyCommon, MoneyCommon):
    """A shop whose orders come here and whose money is taken and paid out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls._create_gateway(
            "shopify_payments",
            clearing_account_id=cls.clearing.id,
            fee_account_id=cls._create_account("Fees", "TST601", "expense").id,
        )
        cls.company.currency_id = cls.env.ref("base.USD")

    def _buy(self, **wishes):
        """An order placed in the shop, as it is here."""
        wishes = {"plain": True, "lines": [{"sku": "TEST-MUG", "price": 20}]} | wishes
        with self.shop.store.lock:
            placed = orders.place(self.shop.store, wishes)
        return placed, self._fetch(placed)

    def _fetch(self, placed):
        payloads, _cursor = self.connector._fetch_orders(
            self.channel, placed.created_at.replace(tzinfo=None)
        )
        messages = self.env["oms.channel.message"].union(
            *self.channel._receive_orders(payloads)
        )
        self.channel._process_messages(
            messages.filtered(lambda m: m.state == "pending"), self.connector
        )
        return self.env["sale.order"].search(
            [
                ("oms_channel_id", "=", self.channel.id),
                ("oms_external_id", "=", str(placed.id)),
            ]
        )

    def _send(self):
        """Work off the outbox until nothing is due."""
        for _turn in range(5):
            if not self.channel._process_outbox():
                return


class TestShopifyCapture(ShopifyMoneyCommon):
    def setUp(self):
        super().setUp()
        self.channel.capture_at_shipment = True
        self.placed, self.order = self._buy(financial_status="authorized")

    def _get_message(self, kind="capture"):
        return self.env["oms.channel.message"].search(
            [("order_id", "=", self.order.id), ("kind", "=", kind)]
        )

    def _get_kinds(self):
        return [row.kind for row in self.placed.transactions]

    def test_money_is_taken_when_the_goods_have_left(self):
        self._ship(self.order)
        self._send()
        self.assertEqual(pricing.financial_status(self.placed), "paid")

    def test_money_is_not_taken_before(self):
        self._send()
        self.assertEqual(self._get_kinds(), ["authorization"])

    def test_money_is_taken_once_though_the_answer_was_lost(self):
        self._ship(self.order)
        self.shop.faults.set(
            {"error_5xx_after_effect": {"times": 1, "match": "OmsCapture"}}
        )
        self._send()
        self._get_message().next_try = False
        self.channel.outage_until = False
        self._send()
        self.assertEqual(self._get_kinds().count("capture"), 1)
        self.assertEqual(self._get_message().state, "done")

    def test_money_taken_in_the_shop_is_not_asked_for_again(self):
        with self.shop.store.lock:
            orders.pay(self.shop.store, self.placed)
        self._ship(self.order)
        self._send()
        self.assertEqual(
            (self._get_kinds().count("capture"), self._get_message().state),
            (1, "done"),
        )

    def test_second_parcel_asks_for_nothing_more(self):
        self._ship(self.order)
        self.order._ask_for_money("capture")
        self.assertEqual(len(self._get_message()), 1)

    def test_channel_that_takes_money_itself_is_not_asked(self):
        self.channel.capture_at_shipment = False
        self._ship(self.order)
        self.assertFalse(self._get_message())

    def test_only_what_the_order_costs_by_now_is_taken(self):
        self.order.order_line.filtered("is_delivery").price_unit = 0.0
        self.env["oms.payment"].sudo().create(
            {
                "order_id": self.order.id,
                "external_id": "cash",
                "kind": "capture",
                "amount": 5.0,
                "currency_id": self.order.currency_id.id,
                "date": "2026-01-01",
            }
        )
        wish = next(iter(self.order._get_open_authorisations("capture")))
        self.assertEqual(float(wish.amount), round(self.order.amount_total - 5.0, 2))

    def test_order_cancelled_here_asks_to_let_the_money_go(self):
        self.order._action_cancel()
        self.assertEqual(len(self._get_message("void")), 1)

    def test_money_that_is_not_wanted_is_let_go(self):
        self.order._ask_for_money("void")
        self._send()
        self.assertEqual(self._get_kinds(), ["authorization", "void"])

    def test_order_cancelled_in_the_shop_needs_no_second_void(self):
        with self.shop.store.lock:
            orders.cancel(self.shop.store, self.placed)
        self.order._action_cancel()
        self._send()
        self.assertEqual(
            (self._get_kinds().count("void"), self._get_message("void").state),
            (1, "done"),
        )

    def test_money_that_was_let_go_cannot_be_taken_and_a_person_is_told(self):
        with self.shop.store.lock:
            orders.cancel(self.shop.store, self.placed)
        self.order._ask_for_money("capture")
        self._send()
        message = self._get_message()
        self.assertEqual(message.state, "quarantined")
        self.assertIn("voided", message.error)

    def test_history_tells_that_the_money_was_taken(self):
        self._ship(self.order)
        self._send()
        sentences = " ".join(self.order.oms_event_ids.mapped("sentence"))
        self.assertIn("has taken the authorised", sentences)

    def test_platform_that_takes_no_money_on_demand_says_so(self):
        self.channel.platform = "woocommerce"
        self.order._ask_for_money("capture")
        self._send()
        self.assertIn("take it there", self._get_message().error)


class TestShopifyPayouts(ShopifyMoneyCommon):
    def _pay_out(self, **wishes):
        with self.shop.store.lock:
            payouts.pay_out(self.shop.store, wishes)
        return self.channel._fetch_settlements()

    def test_payout_is_matched_and_leaves_nothing_on_the_clearing_account(self):
        _placed, order = self._buy()
        self._invoice(order)
        settlement = self._pay_out()
        settlement.action_post()
        self.assertEqual(
            (settlement.unmatched_count, self._get_balance(self.clearing)), (0, 0.0)
        )

    def test_every_kind_of_line_is_read(self):
        self._buy()
        settlement = self._pay_out(reserve="-5", dispute="-20", adjustment="1")
        self.assertEqual(
            sorted(settlement.line_ids.mapped("kind")),
            ["adjustment", "charge", "dispute", "reserve"],
        )
        self.assertEqual(settlement.difference, 0.0)

    def test_payout_that_does_not_add_up_is_refused(self):
        self._buy()
        settlement = self._pay_out(difference="0.12")
        self.assertEqual((settlement.state, settlement.difference), ("refused", -0.12))

    def test_payout_that_failed_is_not_fetched(self):
        self._buy()
        self.assertFalse(self._pay_out(status="FAILED"))

    def test_payout_is_kept_once_however_often_it_is_fetched(self):
        self._buy()
        self._pay_out()
        self.channel._fetch_settlements()
        found = self.env["oms.settlement"].search(
            [("channel_id", "=", self.channel.id)]
        )
        self.assertEqual(len(found), 1)

    def test_complete_payout_is_posted_by_itself_where_that_is_wished(self):
        self.channel.post_settlements = True
        self.channel.payment_journal_id = self.bank
        self._buy()
        self.assertEqual(self._pay_out().state, "posted")

    def test_payout_with_an_unknown_payment_waits_for_a_person(self):
        self.channel.post_settlements = True
        with self.shop.store.lock:
            orders.place(self.shop.store, {"plain": True})
        self.assertEqual(self._pay_out().state, "draft")

    def test_shop_that_cannot_answer_is_told_on_the_channel(self):
        self._buy()
        self.shop.faults.set({"expired_token": True})
        self._pay_out()
        self.assertIn("credentials", self.channel.settlement_error)

    def test_many_lines_are_read_page_by_page(self):
        with self.shop.store.lock:
            for _turn in range(120):
                orders.place(self.shop.store, {"plain": True})
        settlement = self._pay_out()
        self.assertEqual((len(settlement.line_ids), settlement.difference), (120, 0.0))
