# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.oms_core.tests.common import OmsCommon

from ..engine.catalogue import CatalogueItem
from ..engine.errors import Misconfigured, Rejected, Retry


class ListingCommon(OmsCommon):
    """A shop whose catalogue and answers a test decides."""

    def setUp(self):
        super().setUp()
        self.channel.write({"platform": "shopify", "push_stock": True})
        self.connector = type(self.env["oms.connector.shopify"])
        self.catalogue = []
        self.refusals, self.told = {}, {}
        for name, method in (
            ("_fetch_catalogue", self._fetch_catalogue),
            ("_push_prices", self._take_prices),
            ("_push_stock", self._take_stock),
        ):
            self.enterContext(patch.object(self.connector, name, method))

    def _fetch_catalogue(self, channel, cursor=None):
        return self.catalogue, None

    def _take_prices(self, channel, prices):
        self.told |= {p.sku: p.amount for p in prices if p.sku not in self.refusals}
        return {p.sku: self.refusals.get(p.sku) for p in prices}

    def _take_stock(self, channel, levels):
        self.told |= {p.sku: p.quantity for p in levels if p.sku not in self.refusals}
        return {p.sku: self.refusals.get(p.sku) for p in levels}

    def _read(self, *items):
        """Read a catalogue of these items; all listings of the channel."""
        self.catalogue = [
            CatalogueItem(
                **{"external_id": f"k{at}", "name": item.get("sku", "Thing"), **item}
            )
            for at, item in enumerate(items)
        ]
        self.channel._read_catalogue()
        self.assertFalse(self.channel.catalogue_error)
        return self._list()

    def _list(self):
        return (
            self.env["oms.channel.listing"]
            .with_context(active_test=False)
            .search([("channel_id", "=", self.channel.id)])
        )

    def _send(self):
        self.channel._process_outbox()
        messages = self.env["oms.channel.message"].search(
            [("channel_id", "=", self.channel.id), ("direction", "=", "out")]
        )
        for message in messages:
            # A test takes less than a second, in which no key comes twice.
            message.key = f"test:{message.id}"
        self.env.flush_all()
        return messages


class TestMatching(ListingCommon):
    def test_item_of_the_shop_is_matched_by_sku(self):
        listing = self._read({"sku": "TEST-MUG"})
        self.assertEqual((listing.product_id, listing.state), (self.mug, "listed"))

    def test_item_is_matched_by_barcode(self):
        self.mug.barcode = "4006381333931"
        listing = self._read({"sku": "OTHER", "barcode": "4006381333931"})
        self.assertEqual(listing.product_id, self.mug)

    def test_unknown_item_is_shown_without_product(self):
        listing = self._read({"sku": "NEW"})
        self.assertEqual((listing.state, listing.error), ("unmatched", False))

    def test_ambiguous_item_shows_its_candidates(self):
        twin = self._create_product("TEST-MUG")
        listing = self._read({"sku": "TEST-MUG"})
        self.assertEqual(listing.candidate_ids, self.mug + twin)
        self.assertIn("2 products here have this SKU", listing.error)

    def test_sku_that_the_shop_has_twice_is_given_to_neither(self):
        listings = self._read({"sku": "TEST-MUG"}, {"sku": "TEST-MUG"})
        self.assertFalse(listings.product_id)
        self.assertIn("more than once", listings[0].error)

    def test_product_of_another_company_is_not_found(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_product("THEIRS", company_id=other.id)
        self.assertFalse(self._read({"sku": "THEIRS"}).product_id)

    def test_choice_of_a_person_is_kept_when_read_again(self):
        self._read({"sku": "NEW"}).product_id = self.mug
        listing = self._read({"sku": "NEW"})
        self.assertEqual((listing.product_id, len(listing)), (self.mug, 1))

    def test_catalogue_read_twice_lists_once(self):
        self._read({"sku": "TEST-MUG"}, {"sku": "NEW"})
        self.assertEqual(len(self._read({"sku": "TEST-MUG"}, {"sku": "NEW"})), 2)

    def test_listed_product_gets_its_keys_from_the_shop(self):
        self.channel._list_products([("id", "=", self.mug.id)])
        listing = self._read({"sku": "TEST-MUG", "item_external_id": "i1"})
        self.assertEqual((listing.external_id, listing.item_external_id), ("k0", "i1"))

    def test_item_that_changes_its_sku_may_be_another_thing(self):
        self._read({"sku": "TEST-MUG"})
        listing = self._read({"sku": "TEST-LAMP"})
        self.assertFalse(listing.product_id)

    def test_item_that_leaves_the_shop_is_told(self):
        self._read({"sku": "TEST-MUG"}, {"sku": "TEST-LAMP"})
        listings = self._read({"sku": "TEST-MUG"})
        gone = listings.filtered("is_missing")
        self.assertEqual((gone.sku, gone.state), ("TEST-LAMP", "error"))

    def test_new_product_is_found_on_demand(self):
        listing = self._read({"sku": "NEW"})
        product = self._create_product("NEW")
        listing.action_match()
        self.assertEqual(listing.product_id, product)

    def test_products_are_created_as_the_shop_describes_them(self):
        listings = self._read(
            {"sku": "A", "name": "Apple", "price": 3, "barcode": "123"},
            {"sku": "B", "name": "Pear", "quantity": 4, "barcode": "123"},
        )
        listings.action_create_products()
        found = listings.product_id.mapped(
            lambda p: (p.name, p.default_code, p.barcode, p.lst_price, p.is_storable)
        )
        self.assertEqual(
            found,
            [("Apple", "A", "123", 3.0, False), ("Pear", "B", False, 0.0, True)],
        )

    def test_product_that_may_exist_is_not_created(self):
        self._create_product("TEST-MUG")
        listing = self._read({"sku": "TEST-MUG"})
        with self.assertRaisesRegex(UserError, "may be products that exist"):
            listing.action_create_products()

    def test_queries_do_not_grow_with_the_catalogue(self):
        counts = []
        for size in (10, 100):
            items = [{"sku": f"S{size}-{n}"} for n in range(size)]
            for item in items[: size // 2]:
                self._create_product(item["sku"])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._read(*[i | {"external_id": i["sku"]} for i in items])
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertAlmostEqual(counts[0], counts[1], delta=4)


class TestListing(ListingCommon):
    def test_products_are_listed_by_category(self):
        category = self.env["product.category"].create({"name": "Mugs"})
        self.mug.categ_id = category
        nameless = self._create_product("X", categ_id=category.id)
        nameless.default_code = False
        wizard = self.env["oms.channel.list.products"].create(
            {
                "channel_id": self.channel.id,
                "category_ids": [Command.set(category.ids)],
            }
        )
        self.assertEqual((wizard.product_count, wizard.without_sku_count), (1, 1))
        wizard.action_list()
        wizard.invalidate_recordset()
        self.assertEqual((self._list().sku, wizard.listed_count), ("TEST-MUG", 1))

    def test_item_seen_in_the_shop_needs_no_second_listing(self):
        seen = self._read({"sku": "NEW"})
        product = self._create_product("NEW")
        self.channel._list_products([("id", "=", product.id)])
        self.assertEqual((self._list(), seen.product_id), (seen, product))

    def test_buffer_of_a_listing_is_kept_back(self):
        self._read({"sku": "TEST-MUG"}).buffer_quantity = 3
        self.channel._queue_stock()
        self._send()
        self.assertEqual(self.told, {"TEST-MUG": 7})

    def test_listing_without_product_is_told_nothing(self):
        self._read({"sku": "NEW"})
        self.assertFalse(self.channel._queue_stock())

    def test_switched_off_the_shop_has_nothing_left(self):
        listing = self._read({"sku": "TEST-MUG"})
        self.channel._queue_stock()
        self._send()
        listing.action_switch_off()
        self._send()
        self.assertEqual((self.told, listing.state), ({"TEST-MUG": 0}, "off"))

    def test_switched_on_again_it_is_told_again(self):
        listing = self._read({"sku": "TEST-MUG"})
        self.channel._queue_stock()
        self._send()
        listing.action_switch_off()
        self._send()
        listing.action_switch_on()
        self.channel._queue_stock()
        self._send()
        self.assertEqual(self.told, {"TEST-MUG": 10})

    def test_refused_stock_is_told_at_the_listing(self):
        listing = self._read({"sku": "TEST-MUG"})
        self.refusals = {"TEST-MUG": Rejected("no such product")}
        self.channel._queue_stock()
        self._send()
        self.assertEqual((listing.state, listing.error), ("error", "no such product"))

    def test_order_waits_no_longer_when_its_sku_is_listed(self):
        listing = self._read({"sku": "SHOP-MUG"})
        order = self._create_order(confirm=False)
        unknown = self.env["oms.product.resolver"]._get_placeholder()
        order.order_line.write(
            {"product_id": unknown.id, "oms_external_sku": "SHOP-MUG"}
        )
        hold = {"order": order, "type": "unknown_product", "reason": "?"}
        self.env["oms.hold"]._place([hold | {"line": order.order_line}])
        listing.product_id = self.mug
        self.assertEqual(order.order_line.product_id, self.mug)
        self.assertFalse(order.oms_open_hold_ids)


class TestPrices(ListingCommon):
    def setUp(self):
        super().setUp()
        self.channel.write({"push_prices": True, "push_stock": False})
        self.listing = self._read({"sku": "TEST-MUG"})

    def _get_other_currency(self):
        known = self.env["res.currency"].with_context(active_test=False)
        return known.search([("id", "!=", self.channel.currency_id.id)], limit=1)

    def _push(self):
        self.channel._queue_prices()
        return self._send()

    def test_price_is_that_of_the_product(self):
        self._push()
        self.assertEqual(self.told["TEST-MUG"], 10)

    def test_price_of_the_pricelist_goes_before(self):
        rule = {"compute_price": "percentage", "percent_price": 20}
        self.channel.pricelist_id = self.env["product.pricelist"].create(
            {"name": "Shop", "item_ids": [Command.create(rule)]}
        )
        self._push()
        self.assertEqual(self.told["TEST-MUG"], 8)

    def test_own_price_goes_before_all(self):
        self.listing.fixed_price = 7.5
        self._push()
        self.assertEqual(float(self.told["TEST-MUG"]), 7.5)

    def test_price_that_was_told_is_not_told_again(self):
        self._push()
        self.assertFalse(self.channel._queue_prices())

    def test_changed_price_is_told(self):
        self._push()
        self.mug.list_price = 12
        self._push()
        self.assertEqual(self.told["TEST-MUG"], 12)

    def test_while_a_message_waits_no_other_is_added(self):
        self.channel._queue_prices()
        self.mug.list_price = 12
        self.assertFalse(self.channel._queue_prices())

    def test_refused_price_is_told_at_the_listing(self):
        self.refusals = {"TEST-MUG": Rejected("too low")}
        message = self._push()
        self.assertEqual((message.state, self.listing.error), ("done", "too low"))

    def test_shop_that_is_down_is_told_later(self):
        self.refusals = {"TEST-MUG": Retry("down")}
        message = self._push()
        self.assertEqual((message.state, self.listing.error), ("failed", False))

    def test_missing_permission_asks_the_administrator(self):
        self.refusals = {"TEST-MUG": Misconfigured("no permission")}
        message = self._push()
        self.assertNotEqual(message.state, "done")
        self.assertEqual(message.acts, "administrator")

    def test_prices_in_another_currency_are_not_told(self):
        other = self._get_other_currency()
        self.channel.shop_currency_id = other
        self.assertFalse(self.channel._queue_prices())
        self.assertIn("Choose a pricelist in", self.channel.catalogue_error)

    def test_switch_for_prices_in_another_currency_is_refused(self):
        self.channel.push_prices = False
        self.channel.shop_currency_id = self._get_other_currency()
        with self.assertRaisesRegex(ValidationError, "Choose a pricelist in"):
            self.channel.push_prices = True

    def test_queries_do_not_grow_with_the_listings(self):
        counts = []
        for size in (10, 100):
            for number in range(size):
                self._create_product(f"P{size}-{number}")
            self.channel._list_products([("default_code", "=like", f"P{size}-%")])
            self._push()
            self._list().price_pushed_at = False
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.channel._queue_prices()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self._send()
        self.assertEqual(*counts)


class TestDrift(ListingCommon):
    def setUp(self):
        super().setUp()
        self._read({"sku": "TEST-MUG"})
        self.channel._queue_stock()
        self._send()

    def test_shop_that_shows_what_it_was_told_does_not_differ(self):
        listing = self._read({"sku": "TEST-MUG", "quantity": 10})
        self.assertEqual(listing.state, "listed")

    def test_figure_changed_in_the_shop_is_found(self):
        listing = self._read({"sku": "TEST-MUG", "quantity": 99})
        self.assertTrue(listing.quantity_drift)
        self.assertEqual((listing.state, self.channel.drift_count), ("drift", 1))

    def test_price_changed_in_the_shop_is_found(self):
        self.channel.push_prices = True
        listing = self._read({"sku": "TEST-MUG", "quantity": 10, "price": 9})
        self.assertTrue(listing.price_drift)

    def test_price_that_is_not_ours_is_not_compared(self):
        listing = self._read({"sku": "TEST-MUG", "quantity": 10, "price": 9})
        self.assertFalse(listing.price_drift)

    def test_correction_tells_the_figure_again(self):
        listing = self._read({"sku": "TEST-MUG", "quantity": 99})
        self.told.clear()
        listing.action_correct()
        self._send()
        self.assertEqual((self.told, listing.state), ({"TEST-MUG": 10}, "listed"))

    def test_fresh_difference_may_be_a_sale_on_its_way(self):
        self.channel.corrects_drift = True
        self.told.clear()
        self._read({"sku": "TEST-MUG", "quantity": 9})
        self._send()
        self.assertEqual(self.told, {})

    def test_lasting_difference_is_corrected_without_asking(self):
        self.channel.corrects_drift = True
        listing = self._read({"sku": "TEST-MUG", "quantity": 99})
        listing.drift_since -= timedelta(hours=1)
        self.told.clear()
        self._read({"sku": "TEST-MUG", "quantity": 99})
        self._send()
        self.assertEqual(self.told, {"TEST-MUG": 10})

    def test_shop_that_cannot_be_read_says_so_and_loses_nothing(self):
        def fail(*_arguments):
            raise Retry("the shop is down")

        with patch.object(self.connector, "_fetch_catalogue", fail):
            self.channel._read_catalogue()
        self.assertEqual(self.channel.catalogue_error, "the shop is down")
        self.assertFalse(self._list().is_missing)
