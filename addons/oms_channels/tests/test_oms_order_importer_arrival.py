# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import Form

from ..engine.documents import Address
from .common import ChannelCommon


class TestOmsOrderImporterArrival(ChannelCommon):
    """What else an order says when it comes in."""

    # === WANTED ON ===

    def test_day_that_the_buyer_wants_is_the_orders(self):
        self.warehouse.partner_id.tz = "Pacific/Auckland"
        order = self._import(self._document(requested_on=date(2026, 3, 14)))
        moment = order._get_oms_requested_day(
            order.warehouse_id._get_oms_places(order.date_order)
        )
        self.assertEqual(moment, date(2026, 3, 14))

    def test_day_that_the_buyer_wants_is_promised(self):
        order = self._import(self._document(requested_on=date(2026, 3, 13)))
        self.assertEqual(order.oms_deliver_by, date(2026, 3, 13))

    def test_another_day_is_taken_over(self):
        document = self._document(requested_on=date(2026, 3, 13))
        order = self._import(document)
        self._import(
            replace(document, version="2026-02-02", requested_on=date(2026, 3, 20))
        )
        self.assertEqual(order.commitment_date.date(), date(2026, 3, 20))

    # === PICK-UP ===

    def _pickup(self, **values):
        return self._document(
            is_pickup=True,
            pickup_location="Main Street",
            shipping_method="Courier",
            ship_to=Address(),
            **values,
        )

    def _stand_for(self, warehouse):
        return self.env["oms.channel.location"].create(
            {
                "channel_id": self.channel.id,
                "external_id": "77",
                "name": "Main street",
                "warehouse_id": warehouse.id,
            }
        )

    def test_order_is_fetched_where_the_buyer_chose(self):
        self._stand_for(self.other_warehouse)
        self._add_stock(self.mug, 5, self.other_warehouse)
        order = self._import(self._pickup())
        self.assertEqual(
            (order.oms_is_pickup, order.picking_ids.picking_type_id.warehouse_id),
            (True, self.other_warehouse),
        )

    def test_place_is_found_by_the_channels_key_too(self):
        self._stand_for(self.other_warehouse)
        document = replace(self._pickup(), pickup_location="77")
        self.assertEqual(self._import(document).warehouse_id, self.other_warehouse)

    def test_routing_does_not_move_what_is_fetched(self):
        self._stand_for(self.other_warehouse)
        order = self._import(self._pickup())
        self.assertFalse(order._oms_get_routable())
        self.assertEqual(order.warehouse_id, self.other_warehouse)

    def test_what_is_fetched_has_no_carrier(self):
        product = self._create_product("CARRIER", type="service", is_storable=False)
        self.env["delivery.carrier"].create(
            {"name": "Courier", "product_id": product.id}
        )
        self._stand_for(self.other_warehouse)
        order = self._import(self._pickup())
        self.assertFalse(order.carrier_id)
        self.assertFalse(order.picking_ids.carrier_id)

    def test_place_that_nobody_knows_holds_the_order_and_is_listed(self):
        order = self._import(self._pickup())
        self.assertIn("Main Street", order.oms_open_hold_ids.reason)
        self.assertEqual(self.channel.location_ids.mapped("name"), ["Main Street"])

    def test_buyer_who_now_wants_it_sent_is_asked_about(self):
        self._stand_for(self.other_warehouse)
        order = self._import(self._pickup())
        self._import(
            replace(self._document(), version="2026-02-02", shipping_method="Courier")
        )
        self.assertIn("Main Street", order.oms_open_hold_ids.reason)

    # === TESTS ===

    def test_test_order_is_marked_and_takes_no_stock(self):
        order = self._import(self._document(is_test=True))
        self.assertEqual(
            (order.oms_is_test, order.oms_open_hold_ids.type_id.code), (True, "test")
        )
        self.assertFalse(order.picking_ids)

    # === SKUS ===

    def _hold_of(self, **values):
        order = self._import(self._document(lines=(self._line(**values),)))
        return order.oms_open_hold_ids

    def test_odd_skus_find_their_product(self):
        for sku in (
            "00123",
            "12/34 A",
            "É-1",
            "日本-1",
            "a b",
            "100%",
            "A_1",
            "-",
            "0",
        ):
            with self.subTest(sku):
                product = self._create_product(sku)
                order = self._import(
                    self._document(f"odd-{sku}", lines=(self._line(sku=sku),))
                )
                self.assertEqual(order.order_line.product_id, product)

    def test_leading_noughts_make_another_sku(self):
        self._create_product("123")
        self.assertIn("00123", self._hold_of(sku="00123").reason)

    def test_accent_written_in_two_signs_is_the_same_sku(self):
        product = self._create_product("Caf\u00e9")
        order = self._import(self._document(lines=(self._line(sku="Cafe\u0301"),)))
        self.assertEqual(order.order_line.product_id, product)

    def test_sku_of_two_products_names_both(self):
        twin = self._create_product("TEST-MUG", name="Twin")
        reason = self._hold_of().reason
        self.assertIn(f"#{self.mug.id}", reason)
        self.assertIn(f"#{twin.id}", reason)

    def test_order_goes_on_when_the_sku_is_left_to_one(self):
        twin = self._create_product("TEST-MUG", name="Twin")
        hold = self._hold_of()
        with Form(twin) as product:
            product.default_code = "TWIN"
        self.assertFalse(hold.is_open)
        self.assertEqual(hold.order_id.order_line.product_id, self.mug)

    def test_order_goes_on_when_the_other_one_is_archived(self):
        twin = self._create_product("TEST-MUG", name="Twin")
        hold = self._hold_of()
        twin.active = False
        self.assertFalse(hold.is_open)

    def test_archived_product_is_named(self):
        self.mug.active = False
        self.assertIn("archived", self._hold_of().reason)

    def test_order_goes_on_when_its_product_is_back(self):
        self.mug.active = False
        hold = self._hold_of()
        self.mug.active = True
        self.assertEqual(hold.order_id.order_line.product_id, self.mug)

    def test_release_by_hand_names_both_products_too(self):
        self._create_product("TEST-MUG", name="Twin")
        hold = self._hold_of()
        with self.assertRaisesRegex(Exception, "2 products here"):
            hold._release("a wish")

    def test_barcode_that_appears_lets_the_order_go_on(self):
        hold = self._hold_of(sku="", barcode="4006381333931")
        self.lamp.barcode = "4006381333931"
        self.assertEqual(hold.order_id.order_line.product_id, self.lamp)

    def test_line_of_a_deleted_product_keeps_its_text(self):
        order = self._import(
            self._document(lines=(self._line(sku="", name="Gone Mug"),))
        )
        self.assertEqual(order.order_line.name, "Gone Mug")
        self.assertIn("Gone Mug", order.oms_open_hold_ids.reason)

    def test_service_and_download_beside_goods_ask_for_no_transfer(self):
        self._create_product("TEST-PDF", type="service", is_storable=False)
        lines = (self._line(), self._line(external_id="line-2", sku="TEST-PDF"))
        order = self._import(self._document(lines=lines))
        self.assertEqual(order.picking_ids.move_ids.product_id, self.mug)

    # === BUNDLES ===

    def _bundle(self, sku, *parts):
        nothing = Decimal(0)
        return (
            self._line(external_id="b", sku=sku, name="Set", quantity=Decimal(1)),
            *(
                self._line(
                    external_id=f"b{number}", sku=part, unit_price=nothing, parent="b"
                )
                for number, part in enumerate(parts)
            ),
        )

    def test_parts_of_a_bundle_unknown_here_are_the_goods(self):
        lines = self._bundle("SET", "TEST-MUG", "TEST-LAMP")
        order = self._import(self._document(lines=lines))
        self.assertFalse(order.oms_open_hold_ids)
        self.assertEqual(order.picking_ids.move_ids.product_id, self.mug | self.lamp)

    def test_parts_of_a_bundle_that_is_a_kit_go_out_once(self):
        self._create_kit("SET", [(self.mug, 1), (self.lamp, 1)])
        lines = self._bundle("SET", "TEST-MUG", "TEST-LAMP")
        order = self._import(self._document(lines=lines))
        self.assertEqual(
            {m.product_id: m.product_uom_qty for m in order.picking_ids.move_ids},
            {self.mug: 1.0, self.lamp: 1.0},
        )

    def test_unknown_part_of_a_bundle_holds_the_order(self):
        order = self._import(
            self._document(lines=self._bundle("SET", "TEST-MUG", "NO-SUCH"))
        )
        self.assertIn("NO-SUCH", order.oms_open_hold_ids.reason)

    def test_part_says_which_line_it_belongs_to(self):
        order = self._import(self._document(lines=self._bundle("SET", "TEST-MUG")))
        self.assertEqual(order.order_line.mapped("oms_external_parent"), [False, "b"])

    # === COST ===

    def _count_queries(self, size):
        documents = [
            self._pickup(
                external_id=f"many-{size}-{number}",
                requested_on=date(2026, 3, 14),
                lines=(
                    self._line(sku=f"NO-{size}-{number}"),
                    *self._bundle(f"SET-{number}", "TEST-MUG"),
                ),
            )
            for number in range(size)
        ]
        currencies = {c.name: c for c in self.company.currency_id}
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.importer._look_up(self.channel, documents, currencies)
        return self.env.cr.sql_log_count - start

    def test_looking_up_costs_the_same_whatever_the_number(self):
        self._stand_for(self.warehouse)
        self._count_queries(1)
        self.assertEqual(self._count_queries(10), self._count_queries(100))
