# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import Form, tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestSaleOrderDisplay(OmsCommon):
    """What the list and the form of orders show, and what finds an order."""

    # === FACTORIES ===

    def _find(self, text):
        return self.env["sale.order"].search([("oms_search", "ilike", text)])

    def _get_specification(self, view):
        """What a browser asks for when it opens a view."""
        arch = self.env.ref(view)._get_combined_arch()
        model = self.env["sale.order"]
        names = {node.get("name") for node in arch.iter("field")} - {None}
        images = {"oms_channel_icon", "oms_ship_flag"}
        return {
            name: {"fields": {"display_name": {}}}
            if model._fields[name].relational
            else {}
            for name in names | images
        }

    def _count_queries(self, orders, specification):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["sale.order"].web_search_read(
            [("id", "in", orders.ids)], specification
        )
        return self.env.cr.sql_log_count - before

    # === LIST ===

    def test_list_of_80_orders_needs_no_more_queries_than_10(self):
        self._add_stock(self.mug, 200)
        orders = self._create_order().union(
            *(self._create_order(confirm=False) for _ in range(79))
        )
        orders[1:].action_confirm()
        self._hold(orders[::2], "address")
        for view in ("sale_order_view_list", "sale_order_view_kanban"):
            specification = self._get_specification(f"oms_core.{view}")
            self._count_queries(orders, specification)  # fills the caches
            few = self._count_queries(orders[:10], specification)
            many = self._count_queries(orders, specification)
            with self.subTest(view=view):
                self.assertEqual(many, few)

    def test_parcels_count_those_that_have_left(self):
        order = self._create_order([(self.mug, 12)])
        parcel = order.picking_ids
        parcel.move_ids.quantity = 10
        parcel.move_ids.picked = True
        parcel.with_context(skip_backorder=True)._action_done()
        order.invalidate_recordset()
        self.assertEqual(order.oms_parcels, "1/2")

    def test_released_hold_is_no_longer_shown_on_the_order(self):
        order = self._create_order()
        hold = self._hold(order, "address")
        self.assertEqual(order.oms_hold_type_ids, hold.type_id)
        hold._release("corrected")
        self.assertFalse(order.oms_hold_type_ids)

    def test_columns_of_cards_follow_the_way_of_an_order(self):
        self._create_order()
        groups = (
            self.env["sale.order"]
            .with_context(read_group_expand=True)
            .web_read_group([("oms_channel_id", "=", self.channel.id)], ["oms_state"])
        )["groups"]
        self.assertEqual(
            [group["oms_state"] for group in groups],
            ["captured", "on_hold", "backordered", "allocated", "picking", "packed"],
        )

    # === SEARCH ===

    def test_order_is_found_by_whatever_the_buyer_reads_out(self):
        self.customer.write(
            {"email": "ada.b@example.com", "phone": "+1 555 7788", "zip": "Z-99817"}
        )
        order = self._create_order(
            oms_external_number="#TST-4711", client_order_ref="PO-3321"
        )
        self._create_order(partner_id=self.env["res.partner"].create({"name": "B"}).id)
        self._ship(order, "TRK-908070")
        for case, text in [
            ("our number", order.name),
            ("channel's number", "tst-4711"),
            ("customer's reference", "PO-3321"),
            ("e-mail", "ada.b@example"),
            ("phone", "555 7788"),
            ("tracking", "TRK-908070"),
            ("postcode", "Z-99817"),
        ]:
            with self.subTest(case=case):
                self.assertEqual(self._find(text), order)

    def test_order_is_found_by_the_sku_of_a_line(self):
        order = self._create_order([(self.lamp, 1)])
        self._create_order([(self.mug, 1)])
        self.assertEqual(self._find("TEST-LAMP"), order)

    def test_orders_are_found_by_the_type_of_an_open_hold(self):
        held, released = self._create_order(), self._create_order()
        holds = self._hold(held | released, "address")
        holds[1]._release("corrected")
        found = self.env["sale.order"].search(
            [("oms_hold_type_ids", "=", holds.type_id.id)]
        )
        self.assertEqual(found & (held | released), held)

    # === LINES ===

    def test_line_tells_what_is_allocated_and_what_has_left(self):
        line = self._create_order([(self.mug, 12)]).order_line
        self.assertEqual(line.oms_qty_allocated, 10)
        parcel = line.order_id.picking_ids
        parcel.move_ids.picked = True
        parcel._action_done()
        line.invalidate_recordset()
        self.assertEqual((line.oms_qty_allocated, line.oms_qty_shipped), (0, 10))

    def test_line_in_dozens_counts_dozens(self):
        self._add_stock(self.mug, 24)
        order = self._create_order(confirm=False)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        order.action_confirm()
        self.assertEqual(order.order_line.oms_qty_allocated, 2)

    def test_kit_counts_as_often_as_its_scarcest_component(self):
        kit = self._create_kit("TEST-SET", [(self.mug, 2), (self.lamp, 1)])
        line = self._create_order([(kit, 6)]).order_line
        self.assertEqual(line.oms_qty_allocated, 5)  # of 12 mugs there are 10

    def test_returned_goods_are_counted_on_their_line(self):
        order = self._create_order([(self.mug, 3)])
        parcel = self._ship(order)
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=parcel.id, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.quantity = 1
        back.move_ids.picked = True
        back._action_done()
        order.invalidate_recordset()
        self.assertEqual(order.order_line.oms_qty_returned, 1)
        self.assertTrue(order.oms_has_returns)

    def test_line_names_the_place_that_ships_it(self):
        # The only place of the channel: where routing is installed, it agrees.
        self.channel.warehouse_ids = self.other_warehouse
        order = self._create_order(warehouse_id=self.other_warehouse.id)
        self.assertEqual(order.order_line.oms_nodes, self.other_warehouse.code)

    # === FORM ===

    def test_addresses_are_those_of_the_order(self):
        lyon = self.env["res.partner"].create(
            {"name": "Ada at work", "street": "1 rue Test", "city": "Lyon"}
        )
        order = self._create_order(partner_shipping_id=lyon.id)
        self.assertEqual(order.oms_ship_address, "Ada at work\n1 rue Test\nLyon")

    def test_salesperson_without_stock_rights_sees_how_far_an_order_is(self):
        user = self._create_user("seller", "sales_team.group_sale_salesman_all_leads")
        order = self._create_order().with_user(user)
        self.assertEqual(order.oms_parcels, "0/1")
        self.assertEqual(order.order_line.oms_qty_allocated, 2)
