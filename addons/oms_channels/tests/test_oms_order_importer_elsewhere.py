# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from ..engine.documents import Parcel
from .common import ChannelCommon


class TestShippedElsewhere(ChannelCommon):
    """Orders that come shipped from a place that is not ours."""

    def setUp(self):
        super().setUp()
        self.channel.arrived_shipped = "elsewhere"

    def _import_shipped(self, fulfilled=2, **values):
        line = self._line(fulfilled=Decimal(fulfilled))
        return self._import(self._document(lines=(line,), **values))

    def _stock(self, product=None):
        """{(place, quantity, reserved)} of a product on our shelves."""
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", (product or self.mug).id),
                ("location_id.usage", "=", "internal"),
            ]
        )
        return {(q.location_id, q.quantity, q.reserved_quantity) for q in quants}

    def test_our_stock_stays_as_it_is(self):
        before = self._stock()
        self._import_shipped()
        self.assertEqual(self._stock(), before)

    def test_stock_of_our_own_places_is_taken_unless_the_channel_says_so(self):
        self.channel.arrived_shipped = "here"
        before = self._stock()
        self._import_shipped()
        self.assertNotEqual(self._stock(), before)

    def test_order_counts_as_shipped(self):
        order = self._import_shipped()
        self.assertEqual(
            (order.oms_state, order.order_line.qty_delivered), ("shipped", 2.0)
        )

    def test_rest_is_asked_for_here(self):
        order = self._import_shipped(1)
        still_open = order.picking_ids.filtered(lambda p: p.state != "done")
        self.assertEqual(
            (order.oms_state, still_open.move_ids.mapped("product_uom_qty")),
            ("partially_shipped", [1.0]),
        )

    def test_goods_that_are_not_here_ask_nobody(self):
        line = self._line(quantity=Decimal(500), fulfilled=Decimal(500))
        order = self._import(self._document(lines=(line,)))
        self.assertFalse(order.oms_open_hold_ids)

    def test_parcels_have_the_tracking_of_the_shop(self):
        parcels = (
            Parcel("p1", (("line-1", Decimal(1)),), "UPS", "ONE"),
            Parcel("p2", (("line-1", Decimal(1)),), "UPS", "TWO"),
        )
        order = self._import_shipped(parcels=parcels)
        self.assertEqual(
            order.picking_ids.sorted("id").mapped("carrier_tracking_ref"),
            ["ONE", "TWO"],
        )

    def test_shop_is_not_told_of_its_own_parcels(self):
        self.channel.platform = "shopify"
        self._import_shipped()
        self.assertFalse(
            self.env["oms.channel.message"].search([("kind", "=", "shipment")])
        )

    def test_goods_with_serial_numbers_need_none(self):
        self.mug.tracking = "serial"
        self.assertEqual(self._import_shipped().oms_state, "shipped")

    def test_later_version_ships_nothing_again(self):
        line = self._line(fulfilled=Decimal(2))
        document = self._document(lines=(line,))
        order = self._import(document)
        self._import(replace(document, version="2026-02-02", note="thanks"))
        self.assertEqual((len(order.picking_ids), order.oms_open_hold_ids.ids), (1, []))

    def test_unknown_goods_that_have_left_are_told_to_a_person(self):
        line = self._line(sku="NOT-HERE", fulfilled=Decimal(2))
        order = self._import(self._document(lines=(line,)))
        self.assertIn(
            "2 × NOT-HERE left", " ".join(order.mapped("oms_open_hold_ids.reason"))
        )

    def test_kind_of_transfer_is_made_once_for_a_company(self):
        self._import_shipped(external_id="1")
        self._import_shipped(external_id="2")
        place = self.env.ref("oms_channels.stock_location_elsewhere")
        kinds = self.env["stock.picking.type"].search(
            [("default_location_src_id", "=", place.id)]
        )
        self.assertEqual(len(kinds), 1)

    def test_ten_and_forty_orders_ask_nearly_as_often(self):
        self._import_shipped(external_id="first")
        counts = []
        for number in (10, 40):
            line = self._line(fulfilled=Decimal(2))
            documents = [
                self._document(f"{number}-{at}", lines=(line,)) for at in range(number)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._import(*documents)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 30 * 4, counts)
