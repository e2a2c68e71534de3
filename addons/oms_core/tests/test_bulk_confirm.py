# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .common_bulk import BulkCommon


@tagged("post_install", "-at_install")
class TestBulkConfirm(BulkCommon):
    """The bulk path leaves the rows that plain Odoo leaves."""

    # === WHAT IS SOLD ===

    def test_orders_of_several_lines(self):
        rows = self.assert_same_as_plain(
            [
                [(self.mug, 1), (self.lamp, 2)],
                [(self.mug, 3)],
                [(self.lamp, 1), (self.mug, 1)],
            ]
        )
        self.assertEqual({row["state"] for row in rows["stock.move"]}, {"assigned"})
        self.assertEqual(len(rows["stock.picking"]), 3)

    def test_shortage_is_reserved_in_part_and_in_turn(self):
        self._add_stock(self.cup, 5)
        rows = self.assert_same_as_plain(
            [[(self.cup, 3)], [(self.cup, 3)], [(self.cup, 2)]]
        )
        self.assertEqual(
            [row["state"] for row in rows["stock.move"]],
            ["assigned", "partially_available", "confirmed"],
        )

    def test_shortage_of_an_order_shipped_complete(self):
        self._add_stock(self.cup, 1)
        self.assert_same_as_plain(
            [
                self._get_values([(self.cup, 2), (self.mug, 1)], picking_policy="one"),
                self._get_values([(self.mug, 1)], picking_policy="one"),
            ]
        )

    def test_kits_become_their_components(self):
        self._add_stock(self.cup, 100)
        kit = self._create_kit("TEST-KIT", [(self.cup, 2), (self.mug, 1)])
        nested = self._create_kit("TEST-NESTED", [(kit, 1), (self.lamp, 1)])
        rows = self.assert_same_as_plain(
            [
                [(kit, 1), (self.cup, 1)],
                [(self.mug, 1)],
                [(nested, 2), (kit, 1), (self.mug, 1)],
            ]
        )
        self.assertNotIn(
            [f"product.product({kit.id})"],
            [row["product_id"] for row in rows["stock.move"]],
        )

    def test_services_and_goods_that_are_not_counted(self):
        self.assert_same_as_plain(
            [
                [(self.service, 1)],
                [(self.loose, 4), (self.service, 1)],
                [(self.mug, 1), (self.loose, 2), (self.service, 3)],
            ]
        )

    def test_one_product_on_two_lines(self):
        self.assert_same_as_plain([[(self.mug, 1), (self.mug, 2)], [(self.mug, 1)]])

    def test_lines_in_dozens(self):
        self._add_stock(self.cup, 30)
        dozen = {"product_uom_id": self.env.ref("uom.product_uom_dozen").id}
        lines = [[(self.cup, 1, dozen)], [(self.cup, 2, dozen)], [(self.cup, 1)]]
        with self.subTest("converted to units"):
            self.assert_same_as_plain(lines)
        with self.subTest("kept as dozens"):
            self.env["ir.config_parameter"].set_param("stock.propagate_uom", "1")
            self.assert_same_as_plain(lines)

    def test_lines_without_quantity(self):
        self.assert_same_as_plain([[(self.mug, 0), (self.lamp, 1)], [(self.mug, 0)]])

    def test_negative_lines_bring_goods_back(self):
        self.assert_same_as_plain([[(self.mug, -1)], [(self.lamp, -2), (self.mug, 1)]])

    def test_products_by_lot_are_left_to_odoo(self):
        self.cup.tracking = "lot"
        lots = self.env["stock.lot"].create(
            [{"name": f"LOT{n}", "product_id": self.cup.id} for n in range(2)]
        )
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(
                self.cup, self.location, 3, lot_id=lot
            )
        self.assert_same_as_plain([[(self.cup, 2), (self.mug, 1)], [(self.cup, 3)]])

    # === HOW IT GOES OUT ===

    def test_delivery_in_two_and_three_steps(self):
        for steps in ("pick_ship", "pick_pack_ship"):
            with self.subTest(steps):
                self.warehouse.delivery_steps = steps
                rows = self.assert_same_as_plain(
                    [[(self.mug, 2)], [(self.lamp, 1), (self.mug, 1)]]
                )
                self.assertTrue(rows["stock.move"])

    def test_goods_made_to_order_are_left_to_odoo(self):
        self.env.ref("stock.route_warehouse0_mto").active = True
        mto = self.env.ref("stock.route_warehouse0_mto")
        self.warehouse.delivery_steps = "pick_ship"
        supply = self.warehouse.mto_pull_id
        self.assertTrue(supply)
        self.lamp.route_ids = [Command.link(mto.id)]
        rule = self.env["stock.rule"].create(
            {
                "name": "Bring lamps from the other place",
                "action": "pull",
                "procure_method": "make_to_stock",
                "route_id": mto.id,
                "picking_type_id": self.warehouse.int_type_id.id,
                "location_src_id": self.other_warehouse.lot_stock_id.id,
                "location_dest_id": self.location.id,
            }
        )
        self.assertTrue(rule)
        self.assert_same_as_plain(
            [[(self.lamp, 1), (self.mug, 1)], [(self.mug, 1)], [(self.lamp, 2)]]
        )

    def test_orders_of_two_warehouses(self):
        self._add_stock(self.mug, 2, self.other_warehouse)
        other = {"warehouse_id": self.other_warehouse.id}
        self.assert_same_as_plain(
            [
                self._get_values([(self.mug, 2), (self.lamp, 1)]),
                self._get_values([(self.mug, 3)], **other),
                self._get_values([(self.mug, 1)]),
            ]
        )

    def test_a_line_shared_by_two_warehouses(self):
        self._add_stock(self.mug, 2, self.other_warehouse)
        shares = [[self.warehouse.id, 2], [self.other_warehouse.id, 2]]
        lines = [(self.mug, 4, {"oms_sourcing": shares}), (self.lamp, 1)]
        # An order of no channel is not routed: its shares stay as they are here.
        rows = self.assert_same_as_plain(
            [self._get_values(lines, oms_channel_id=False), [(self.mug, 1)]]
        )
        self.assertEqual(len(rows["stock.picking"]), 3)

    def test_orders_of_two_companies(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        self.env.user.company_ids |= company
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        self._add_stock(self.mug, 2, warehouse)
        elsewhere = {
            "company_id": company.id,
            "warehouse_id": warehouse.id,
            "oms_channel_id": False,
        }
        self.env = self.env(
            context=dict(
                self.env.context,
                allowed_company_ids=[self.company.id, company.id],
            )
        )
        self.assert_same_as_plain(
            [
                self._get_values([(self.mug, 1)]),
                self._get_values([(self.mug, 3), (self.service, 1)], **elsewhere),
                self._get_values([(self.lamp, 1), (self.mug, 2)]),
            ]
        )

    def test_orders_with_a_carrier(self):
        carrier = self.env["delivery.carrier"].create(
            {"name": "Test Carrier", "product_id": self.service.id}
        )
        self.assert_same_as_plain(
            [
                self._get_values([(self.mug, 1)], carrier_id=carrier.id),
                self._get_values([(self.mug, 1)]),
            ]
        )

    def test_reservation_by_hand_reserves_nothing(self):
        self.warehouse.out_type_id.reservation_method = "manual"
        rows = self.assert_same_as_plain([[(self.mug, 1)], [(self.mug, 2)]])
        self.assertEqual({row["state"] for row in rows["stock.move"]}, {"confirmed"})

    def test_orderpoints_are_triggered(self):
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.mug.id,
                "location_id": self.location.id,
                "warehouse_id": self.warehouse.id,
                "product_min_qty": 9,
                "product_max_qty": 20,
                "trigger": "manual",
            }
        )
        self.assert_same_as_plain([[(self.mug, 4)], [(self.mug, 1), (self.lamp, 1)]])

    # === WHAT IS HELD ===

    def test_orders_held_for_allocation_ask_for_nothing(self):
        held = self.env["oms.hold.type"].search([("blocks_allocate", "=", True)])[:1]
        self.assertTrue(held)

        def hold(orders):
            self._hold(orders[1:2], held.code)

        rows = self.assert_same_as_plain(
            [[(self.mug, 1)], [(self.mug, 2)], [(self.lamp, 1)]], hold
        )
        self.assertEqual(len(rows["stock.move"]), 2)

    def test_quantities_raised_afterwards_join_the_open_picking(self):
        def raise_quantities(orders):
            for line in orders.order_line:
                line.product_uom_qty += 2

        rows = self.assert_same_as_plain(
            [[(self.mug, 1)], [(self.mug, 1), (self.lamp, 1)]], after=raise_quantities
        )
        self.assertEqual(len(rows["stock.picking"]), 2)

    def test_lines_added_afterwards_join_the_open_picking(self):
        def add_lines(orders):
            for order in orders:
                order.order_line = [Command.create({"product_id": self.lamp.id})]

        rows = self.assert_same_as_plain(
            [[(self.mug, 1)], [(self.mug, 2)]], after=add_lines
        )
        self.assertEqual(len(rows["stock.picking"]), 2)

    # === THAT IT IS THE BULK PATH ===

    def test_plain_goods_are_not_searched_one_by_one(self):
        quants = self.env.registry["stock.quant"]
        with patch.object(quants, "_gather", side_effect=AssertionError):
            orders = (
                self.env["sale.order"]
                .with_context(oms_bulk=True)
                .create(
                    [
                        self._get_values([(self.mug, 1), (self.lamp, 1)])
                        for _n in range(3)
                    ]
                )
            )
            orders.action_confirm()
        self.assertEqual(orders.picking_ids.mapped("state"), ["assigned"] * 3)
