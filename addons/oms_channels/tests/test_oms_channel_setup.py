# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tools import config

from emulators.shopify import orders as shopify_orders
from emulators.shopify.server import Emulator as Shopify
from emulators.woocommerce import selling
from emulators.woocommerce.server import Emulator as Woo

from .common import ChannelCommon
from .test_secrets import KEY

GOODS = [
    {"sku": "TEST-MUG", "title": "Mug", "price": "10.00"},
    {"sku": "TEST-LAMP", "title": "Lamp", "price": "25.00"},
]


class SetupCommon(ChannelCommon):
    def setUp(self):
        super().setUp()
        self.patch(config, "options", config.options.new_child({"oms_secret_key": KEY}))
        self.company.currency_id = self.env.ref("base.USD")

    def _start(self, **values):
        self.shop.store.set_catalogue(GOODS)
        return self.env["oms.channel.setup"].create(
            {"name": "New Shop", "code": "new_shop", "shop_url": self.shop.url} | values
        )

    def _go_to(self, setup, step):
        for _turn in range(10):
            if setup.step == step:
                return
            setup.action_next()
        self.assertEqual(setup.step, step, setup.test_result)


class TestShopifySetup(SetupCommon):
    def setUp(self):
        super().setUp()
        self.shop = self.enterContext(Shopify(seed=7))
        self.setup = self._start(
            platform="shopify",
            api_token=self.shop.token,
            webhook_secret="emulator-secret",
        )

    def _place(self, **wishes):
        wishes = {"plain": True, "lines": [{"sku": "TEST-MUG", "quantity": 2}]} | wishes
        with self.shop.store.lock:
            return shopify_orders.place(self.shop.store, wishes)

    def test_nothing_flows_before_the_shop_is_live(self):
        self._go_to(self.setup, "trial")
        channel = self.setup.channel_id
        self.assertFalse(
            channel.fetch_orders or channel.push_stock or channel.push_prices
        )

    def test_wrong_token_stays_on_its_step_with_a_sentence(self):
        self.setup.api_token = "shpat_wrong"
        self.setup.action_next()
        self.assertEqual(self.setup.step, "connect")
        self.assertIn("does not accept the credentials", self.setup.test_result)

    def test_missing_permissions_are_named(self):
        self.shop.store.scopes.discard("write_inventory")
        self.setup.action_next()
        self.assertIn("write_inventory (to tell the stock)", self.setup.test_result)

    def test_locations_of_the_shop_are_matched_by_name(self):
        place = next(iter(self.shop.store.locations.values()))
        self.warehouse.name = place.name.upper()
        self.setup.warehouse_ids = self.warehouse
        self._go_to(self.setup, "locations")
        found = self.setup.location_ids.filtered("warehouse_id")
        self.assertEqual((found.name, found.warehouse_id), (place.name, self.warehouse))
        self.assertEqual(len(self.setup.location_ids), 3)

    def test_gateway_that_the_shop_has_no_more_is_no_obstacle(self):
        self._go_to(self.setup, "locations")
        self.env["oms.channel.gateway"].create(
            {
                "channel_id": self.setup.channel_id.id,
                "code": "old_card",
                "name": "Old card",
            }
        )
        self.setup.step = "connect"
        self._go_to(self.setup, "trial")
        self.assertIn("Old card", self.setup.gateway_ids.mapped("name"))

    def test_tax_of_the_same_rate_is_proposed(self):
        self._place()
        percent = float(100 * self._get_rates()[0])
        tax = self.env["account.tax"].create(
            {"name": "Ours", "amount": percent, "type_tax_use": "sale"}
        )
        self.env["account.tax"].search(
            [("id", "!=", tax.id), ("amount", "=", percent)]
        ).active = False
        self._go_to(self.setup, "taxes")
        self.assertIn(tax, self.setup.tax_ids.tax_id)

    def _get_rates(self):
        order = next(iter(self.shop.store.orders.values()))
        return [rate for _title, rate in order.lines[0].rates]

    def test_shipping_method_of_an_order_is_listed(self):
        self._place()
        self._go_to(self.setup, "carriers")
        self.assertIn("Standard", self.setup.carrier_ids.mapped("name"))

    def test_mapped_shipping_method_is_the_carrier_of_the_order(self):
        carrier = self.env["delivery.carrier"].search([], limit=1)
        self.env["oms.channel.carrier"].create(
            {
                "channel_id": self.channel.id,
                "name": "Priority",
                "carrier_id": carrier.id,
            }
        )
        order = self._import(self._document(shipping_method="Priority"))
        self.assertEqual(order.carrier_id, carrier)

    # === DRY RUN ===

    def test_dry_run_shows_the_order_as_it_would_be(self):
        self._place()
        self._go_to(self.setup, "trial")
        (row,) = self.setup.trial_ids
        self.assertEqual((row.outcome, row.total), ("good", row.ours))

    def test_dry_run_says_what_would_be_held(self):
        self._place(lines=[{"sku": "NO-SUCH", "quantity": 1}])
        self._go_to(self.setup, "trial")
        self.assertEqual(self.setup.trial_ids.outcome, "held")
        self.assertIn("NO-SUCH", self.setup.trial_ids.problems)

    def test_dry_run_writes_nothing(self):
        self._place()
        models = ("sale.order", "res.partner", "oms.event", "oms.channel.message")
        before = [self.env[name].search_count([]) for name in models]
        self._go_to(self.setup, "trial")
        after = [self.env[name].search_count([]) for name in models]
        # The contact of the channel's own is none; all of it is as it was.
        self.assertEqual(after, before)

    def test_dry_run_uses_up_no_number(self):
        self._place()
        self._go_to(self.setup, "flows")
        first = self._create_order(confirm=False).name
        self.setup.action_next()
        second = self._create_order(confirm=False).name
        self.assertEqual(int(second[1:]) - int(first[1:]), 1)

    def test_no_more_than_ten_orders_are_tried(self):
        for _number in range(12):
            self._place()
        self._go_to(self.setup, "trial")
        self.assertEqual(len(self.setup.trial_ids), 10)

    # === LIVE ===

    def test_live_shop_has_its_flows_and_webhooks(self):
        self.setup.wants_stock = False
        self._go_to(self.setup, "trial")
        self.setup.action_go_live()
        channel = self.setup.channel_id
        self.assertEqual(
            (channel.fetch_orders, channel.push_stock, channel.fetched_until),
            (True, False, self.setup.import_since),
        )
        uris = {row.uri for row in self.shop.webhooks.subscriptions.values()}
        self.assertEqual([uri.rsplit("/", 1)[1] for uri in uris], ["new_shop"])

    def test_webhooks_are_registered_once(self):
        self._go_to(self.setup, "trial")
        for _turn in range(2):
            self.setup.action_go_live()
        topics = [row.topic for row in self.shop.webhooks.subscriptions.values()]
        self.assertEqual(len(topics), len(set(topics)))

    def test_shop_that_is_not_connected_does_not_go_live(self):
        with self.assertRaisesRegex(UserError, "test the connection first"):
            self.setup.action_go_live()

    def test_setup_is_taken_up_where_it_was_left(self):
        self._go_to(self.setup, "taxes")
        action = self.setup.channel_id.action_open_setup()
        self.assertEqual((action["res_id"], self.setup.step), (self.setup.id, "taxes"))

    def test_setup_of_a_live_channel_begins_anew_and_keeps_its_flows(self):
        self.channel.write({"platform": "shopify", "fetch_orders": True})
        action = self.channel.action_open_setup()
        setup = self.env["oms.channel.setup"].browse(action["res_id"])
        self.assertEqual((setup.wants_orders, setup.wants_stock), (True, False))


class TestWooSetup(SetupCommon):
    def setUp(self):
        super().setUp()
        self.shop = self.enterContext(Woo(seed=7))
        self.setup = self._start(
            platform="woocommerce", api_key=self.shop.key, api_token=self.shop.secret
        )

    def test_what_the_shop_lists_is_there_to_be_matched(self):
        self._go_to(self.setup, "payments")
        self.assertEqual(
            set(self.setup.gateway_ids.mapped("name")),
            {"Cash on delivery", "Credit card"},
        )
        self.assertIn("Local pickup", self.setup.carrier_ids.mapped("name"))
        self.assertEqual(self.setup.shop_currency_id.name, "USD")

    def test_rate_that_has_no_tax_here_is_named(self):
        self.env["account.tax"].search([("amount", "=", 9.975)]).active = False
        self._go_to(self.setup, "taxes")
        self.assertIn("QST 9.975% CA", self.setup.open_rates)

    def test_address_that_is_no_shop_has_its_sentence(self):
        self.setup.shop_url = self.shop.url + "/blog"
        self.setup.action_next()
        self.assertIn("has no such shop or API", self.setup.test_result)

    def test_dry_run_and_live(self):
        with self.shop.store.lock:
            wishes = {"plain": True, "lines": [{"sku": "TEST-MUG", "quantity": 1}]}
            selling.place(self.shop.store, wishes)
        self._go_to(self.setup, "trial")
        self.assertEqual(self.setup.trial_ids.mapped("outcome"), ["good"])
        self.setup.action_go_live()
        self.assertEqual(len(self.shop.webhooks.rows), 4)
