# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import OmsCommon


class TestProductAvailability(OmsCommon):
    def _available(self, product, warehouse=None):
        place = warehouse or self.warehouse
        return product._get_oms_availability(place)[product.id, place.id]

    def _expect(self, product, quantity, days=0):
        self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "date": fields.Datetime.add(fields.Datetime.now(), days=days),
            }
        )._action_confirm()

    def _keep(self, product, quantity, warehouse=None):
        self.env["oms.safety.stock"].create(
            {
                "product_id": product.id,
                "warehouse_id": (warehouse or self.warehouse).id,
                "quantity": quantity,
            }
        )

    def _create_held_order(self, lines):
        order = self._create_order(lines, confirm=False)
        self._hold(order, "total_mismatch")
        order.action_confirm()
        return order

    # === NODES ===

    def test_stock_is_available(self):
        self.assertEqual(self._available(self.mug), 10)

    def test_reserved_units_are_promised(self):
        self._create_order([(self.mug, 3)])
        self.assertEqual(self._available(self.mug), 7)

    def test_units_an_order_waits_for_are_promised_too(self):
        self._create_order([(self.mug, 12)])
        self.assertEqual(self._available(self.mug), -2)

    def test_order_that_a_hold_keeps_from_asking_counts_too(self):
        order = self._create_held_order([(self.mug, 3)])
        self.assertFalse(order.picking_ids)
        self.assertEqual(self._available(self.mug), 7)

    def test_held_dozen_counts_as_twelve(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_order([(self.mug, 1)], confirm=False)
        order.order_line.product_uom_id = dozen
        self._hold(order, "total_mismatch")
        order.action_confirm()
        self.assertEqual(self._available(self.mug), -2)

    def test_held_kit_counts_its_parts(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2), (self.lamp, 1)])
        self._create_held_order([(kit, 3)])
        self.assertEqual(self._available(self.mug), 4)

    def test_released_order_is_counted_once(self):
        order = self._create_held_order([(self.mug, 3)])
        order.oms_hold_ids.sudo()._release("paid")
        self.assertTrue(order.picking_ids)
        self.assertEqual(self._available(self.mug), 7)

    def test_delivery_in_two_steps_is_counted_once(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._create_order([(self.mug, 3)])
        self.assertEqual(self._available(self.mug), 7)
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        self.assertEqual(self._available(self.mug), 7)

    def test_places_are_counted_apart(self):
        self._add_stock(self.mug, 4, self.other_warehouse)
        self.assertEqual(self._available(self.mug, self.other_warehouse), 4)

    def test_safety_stock_is_kept_at_its_node(self):
        self._keep(self.mug, 4)
        self._add_stock(self.mug, 6, self.other_warehouse)
        answer = self.mug._get_oms_availability(self.warehouse | self.other_warehouse)
        self.assertEqual(list(answer.values()), [6, 6])

    def test_archived_stock_location_does_not_break_the_answer(self):
        self.warehouse.lot_stock_id.child_ids.active = False
        self.assertEqual(self._available(self.mug), 10)

    def test_service_is_not_in_the_answer(self):
        service = self._create_product("TEST-WORK", type="service", is_storable=False)
        self.assertFalse(service._get_oms_availability(self.warehouse))

    # === KITS ===

    def test_kit_is_as_many_as_its_scarcest_part_allows(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2), (self.lamp, 4)])
        self.assertEqual(self._available(kit), 2)

    def test_kit_of_a_kit_counts_the_innermost_parts(self):
        inner = self._create_kit("TEST-INNER", [(self.mug, 2)])
        outer = self._create_kit("TEST-OUTER", [(inner, 2), (self.lamp, 1)])
        self.assertEqual(self._available(outer), 2)

    def test_part_that_is_not_kept_in_stock_does_not_limit_a_kit(self):
        card = self._create_product("TEST-CARD", is_storable=False)
        kit = self._create_kit("TEST-KIT", [(self.mug, 2), (card, 1)])
        self.assertEqual(self._available(kit), 5)

    def test_safety_stock_of_a_part_limits_the_kit(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2)])
        self._keep(self.mug, 3)
        self.assertEqual(self._available(kit), 3)

    def test_kit_has_the_recipe_of_the_company_of_the_node(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        place = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        kit = self._create_kit("TEST-KIT", [(self.mug, 2)])
        bom = self.env["mrp.bom"].search(
            [("product_tmpl_id", "=", kit.product_tmpl_id.id)]
        )
        bom.company_id = self.company
        bom.copy({"company_id": company.id}).bom_line_ids.product_qty = 5
        self._add_stock(self.mug, 10, place)
        answer = kit._get_oms_availability(self.warehouse | place)
        self.assertEqual(
            (answer[kit.id, self.warehouse.id], answer[kit.id, place.id]), (5, 2)
        )

    # === INCOMING ===

    def test_what_is_expected_is_told_apart(self):
        self._expect(self.mug, 6)
        self.assertEqual(self.mug._get_oms_incoming(self.warehouse)[self.mug.id], 6)
        self.assertEqual(self._available(self.mug), 10)

    def test_what_is_expected_by_the_day_counts(self):
        self._expect(self.mug, 6, days=2)
        self._expect(self.mug, 7, days=9)
        until = fields.Datetime.add(fields.Datetime.now(), days=5)
        answer = self.mug._get_oms_availability(self.warehouse, until=until)
        self.assertEqual(answer[self.mug.id, self.warehouse.id], 16)

    def test_kit_is_expected_with_its_parts(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2)])
        self._expect(self.mug, 5)
        self.assertEqual(kit._get_oms_incoming(self.warehouse)[kit.id], 2)

    # === CHANNELS ===

    def _sellable(self, product, channel=None, **buffer):
        channel = channel or self.channel
        channel.write(buffer)
        places = self.env["stock.warehouse"].search([])
        answer = product._get_oms_availability(places, channel)
        return answer.channels.get((product.id, channel.id), 0)

    def test_channel_sells_what_its_places_have_together(self):
        self._add_stock(self.mug, 4, self.other_warehouse)
        self.assertEqual(self._sellable(self.mug), 14)

    def test_channel_is_told_less_by_its_buffer(self):
        for buffer, expected in (
            ({"buffer_quantity": 3}, 7),
            ({"buffer_percent": 25}, 7),
            ({"buffer_quantity": 3, "buffer_percent": 25}, 4),
            ({"buffer_cap": 5}, 5),
            ({"buffer_quantity": 7, "buffer_cap": 5}, 3),
            ({"buffer_quantity": 12}, 0),
            ({"buffer_percent": 100}, 0),
        ):
            with self.subTest(buffer):
                none = dict.fromkeys(
                    ("buffer_quantity", "buffer_percent", "buffer_cap"), 0
                )
                self.assertEqual(self._sellable(self.mug, **none | buffer), expected)

    def test_place_that_owes_does_not_take_from_the_others(self):
        self._create_order([(self.mug, 12)])
        self._add_stock(self.mug, 4, self.other_warehouse)
        self.assertEqual(self._sellable(self.mug), 4)

    def test_held_order_takes_from_other_places_what_its_own_has_not(self):
        self._add_stock(self.mug, 4, self.other_warehouse)
        self._create_held_order([(self.mug, 12)])
        self.assertEqual(self._sellable(self.mug), 2)

    def test_channel_sells_from_its_own_places_only(self):
        self._add_stock(self.mug, 4, self.other_warehouse)
        self.channel.warehouse_ids = self.other_warehouse
        self.assertEqual(self._sellable(self.mug), 4)

    def test_channel_whose_only_place_is_archived_has_nothing(self):
        self.channel.warehouse_ids = self.other_warehouse
        self.other_warehouse.active = False
        self.assertFalse(self.channel._get_oms_nodes())
        self.assertEqual(self._sellable(self.mug), 0)

    def test_channel_without_places_sells_from_all_of_its_company(self):
        self.channel.warehouse_ids = [Command.clear()]
        self.assertEqual(self._sellable(self.mug), 10)

    def test_channel_of_another_company_sees_nothing_of_ours(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        channel = self.env["oms.channel"].create(
            {"name": "Elsewhere", "code": "else", "company_id": company.id}
        )
        self.assertEqual(self._sellable(self.mug, channel), 0)

    # === COST ===

    def test_hundred_products_cost_as_many_queries_as_ten(self):
        products = self.env["product.product"].union(
            *(self._create_product(f"TEST-Q{i}") for i in range(100))
        )
        places = self.warehouse | self.other_warehouse

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._get_oms_availability(places, self.channel)
            return self.env.cr.sql_log_count - before

        self.assertEqual((count(products[:10]), count(products)), (1, 1))

    def test_hundred_kits_cost_as_many_queries_as_ten(self):
        kits = self.env["product.product"].union(
            *(self._create_kit(f"TEST-K{i}", [(self.mug, 1)]) for i in range(100))
        )

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._get_oms_availability(self.warehouse)
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(kits[:10]), count(kits))

    # === API ===

    def _ask(self, *args, **kwargs):
        user = new_test_user(
            self.env, login="test_api", groups="oms_core.group_oms_connector"
        )
        return self.env["oms.api"].with_user(user).availability(*args, **kwargs)[0]

    def test_api_user_asks_for_availability(self):
        self.assertEqual(
            [
                (n["code"], n["available"])
                for n in self._ask(["TEST-MUG"])["nodes"]
                if n["code"].startswith("TEST")
            ],
            [("TEST1", 10), ("TEST2", 0)],
        )

    def test_api_tells_a_channel_what_it_may_sell(self):
        self.channel.buffer_cap = 3
        self.assertEqual(self._ask(["TEST-MUG"], "test_shop")["available"], 3)

    def test_api_counts_what_comes_until_then(self):
        self._expect(self.mug, 6)
        answer = self._ask(["TEST-MUG"], warehouses=["TEST1"], until="2999-01-01")
        self.assertEqual(answer["available"], 16)

    def test_api_says_no_places_of_a_channel_that_has_none(self):
        self.channel.warehouse_ids = self.other_warehouse
        self.other_warehouse.active = False
        self.assertEqual(self._ask(["TEST-MUG"], "test_shop")["nodes"], [])
