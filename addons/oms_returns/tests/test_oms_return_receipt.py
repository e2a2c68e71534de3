# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestOmsReturnReceipt(ReturnsCommon):
    def _create_kit(self):
        cup = self._create_product("Cup")
        saucer = self._create_product("Saucer")
        kit = self._create_product("Tea set", stock=0, is_storable=False)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": cup.id, "product_qty": 2}),
                    Command.create({"product_id": saucer.id, "product_qty": 1}),
                ],
            }
        )
        return kit, cup, saucer

    def test_received_goods_are_in_stock_again(self):
        order = self._create_sold_order([(self.mug, 3)])
        before = self._get_on_hand(self.mug)
        self._create_received_return(order, {0: 2})
        self.assertEqual(self._get_on_hand(self.mug), before + 2)

    def test_received_units_are_delivered_no_more(self):
        order = self._create_sold_order([(self.mug, 3)])
        self._create_received_return(order, {0: 2})
        self.assertEqual(order.order_line.qty_delivered, 1)

    def test_receipt_names_the_delivery_move_that_it_takes_back(self):
        order = self._create_sold_order()
        delivery = order.picking_ids.move_ids
        rma = self._create_received_return(order)
        self.assertEqual(rma.picking_ids.move_ids.origin_returned_move_id, delivery)

    def test_receipt_is_the_return_of_its_delivery(self):
        order = self._create_sold_order()
        delivery = order.picking_ids
        rma = self._create_received_return(order)
        self.assertEqual(rma.picking_ids.return_id, delivery)

    def test_one_line_of_two_comes_back_alone(self):
        order = self._create_sold_order([(self.mug, 3), (self.lamp, 2)])
        self._create_received_return(order, {1: 1})
        self.assertEqual(order.order_line.mapped("qty_delivered"), [3, 1])

    def test_less_may_arrive_than_was_requested(self):
        order = self._create_sold_order([(self.mug, 3)])
        rma = self._create_return(order)
        rma.action_approve()
        rma.line_ids.quantity_received = 1
        rma.action_receive()
        self.assertEqual(order.order_line.qty_delivered, 2)

    def test_what_did_not_arrive_can_be_returned_later(self):
        order = self._create_sold_order([(self.mug, 3)])
        rma = self._create_return(order)
        rma.action_approve()
        rma.line_ids.quantity_received = 1
        rma.action_receive()
        self.assertEqual(self._create_return(order, {0: 2}).state, "requested")

    def test_more_may_arrive_than_was_requested(self):
        order = self._create_sold_order([(self.mug, 3)])
        rma = self._create_return(order, {0: 1})
        rma.action_approve()
        rma.line_ids.quantity_received = 3
        rma.action_receive()
        self.assertEqual(order.order_line.qty_delivered, 0)

    def test_more_than_was_delivered_is_not_received(self):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]), {0: 1})
        rma.action_approve()
        with self.assertRaisesRegex(ValidationError, "4 asked for, 3 can be returned"):
            rma.line_ids.quantity_received = 4

    def test_line_that_did_not_arrive_is_not_moved(self):
        order = self._create_sold_order([(self.mug, 3), (self.lamp, 2)])
        rma = self._create_return(order)
        rma.action_approve()
        rma.line_ids[0].quantity_received = 3
        rma.action_receive()
        self.assertEqual(order.order_line.mapped("qty_delivered"), [0, 2])

    def test_receipt_validated_in_inventory_receives_the_return(self):
        rma = self._create_return(self._create_sold_order())
        rma.action_approve()
        rma.picking_ids.move_ids.picked = True
        rma.picking_ids.button_validate()
        self.assertEqual(rma.state, "received")

    def test_quantities_entered_in_inventory_are_on_the_return(self):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]))
        rma.action_approve()
        move = rma.picking_ids.move_ids
        move.quantity = 2
        move.picked = True
        rma.picking_ids.with_context(cancel_backorder=True)._action_done()
        self.assertEqual(rma.line_ids.quantity_received, 2)

    def _receive_partly(self, quantity):
        """A return of 3 of which the warehouse validated a part, in Inventory."""
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]))
        rma.action_approve()
        rma.picking_ids.move_ids.write({"quantity": quantity, "picked": True})
        rma.picking_ids.with_context(cancel_backorder=False)._action_done()
        return rma

    def test_return_waits_for_the_rest_of_its_receipt(self):
        rma = self._receive_partly(1)
        self.assertEqual((rma.state, len(rma.picking_ids)), ("approved", 2))

    def test_rest_of_a_receipt_is_received_on_the_return(self):
        rma = self._receive_partly(1)
        rma.action_receive()
        self.assertEqual((rma.state, rma.line_ids.quantity_received), ("received", 3))

    def test_goods_received_in_parts_are_all_restocked(self):
        before = self._get_on_hand(self.mug)
        self._receive_partly(1).action_receive()
        self.assertEqual(self._get_on_hand(self.mug), before)

    def test_order_of_two_deliveries_comes_back_in_one_return(self):
        order = self._create_order([(self.mug, 3)])
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking._action_done()
        self._deliver(order)
        self._create_received_return(order, {0: 3})
        self.assertEqual(order.order_line.qty_delivered, 0)

    def test_second_return_takes_the_units_that_the_first_left(self):
        order = self._create_sold_order([(self.mug, 3)])
        self._create_received_return(order, {0: 1})
        self._create_received_return(order, {0: 2})
        self.assertEqual(order.order_line.qty_delivered, 0)

    def test_goods_come_back_to_another_warehouse(self):
        other = self.env["stock.warehouse"].create({"name": "Far", "code": "FAR"})
        rma = self._create_received_return(
            self._create_sold_order([(self.mug, 3)]), warehouse_id=other.id
        )
        self.assertEqual(rma.picking_ids.picking_type_id.warehouse_id, other)
        self.assertEqual(self._get_on_hand(self.mug, other.lot_stock_id), 3)

    def test_returned_kit_brings_back_its_components(self):
        kit, cup, _saucer = self._create_kit()
        order = self._create_sold_order([(kit, 3)])
        before = self._get_on_hand(cup)
        self._create_received_return(order, {0: 2})
        self.assertEqual(self._get_on_hand(cup), before + 4)

    def test_returned_kit_is_delivered_no_more(self):
        kit, _cup, _saucer = self._create_kit()
        order = self._create_sold_order([(kit, 3)])
        self._create_received_return(order, {0: 2})
        self.assertEqual(order.order_line.qty_delivered, 1)

    def test_received_kits_are_counted_in_kits(self):
        kit, _cup, _saucer = self._create_kit()
        rma = self._create_received_return(self._create_sold_order([(kit, 3)]), {0: 2})
        self.assertEqual(rma.line_ids.quantity_received, 2)

    def test_serial_number_that_was_sold_comes_back(self):
        camera = self._create_product("Camera", tracking="serial", stock=0)
        lot = self.env["stock.lot"].create({"name": "CAM-1", "product_id": camera.id})
        self.env["stock.quant"]._update_available_quantity(
            camera, self.stock, 1, lot_id=lot
        )
        self._create_received_return(self._create_sold_order([(camera, 1)]))
        quant = self.env["stock.quant"]._gather(camera, self.stock, lot_id=lot)
        self.assertEqual(sum(quant.mapped("quantity")), 1)

    def test_dozen_comes_back_as_twelve(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_sold_order(
            [
                {
                    "product_id": self.mug.id,
                    "product_uom_qty": 2,
                    "product_uom_id": dozen.id,
                }
            ]
        )
        before = self._get_on_hand(self.mug)
        self._create_received_return(order, {0: 1})
        self.assertEqual(self._get_on_hand(self.mug), before + 12)

    def test_goods_nobody_looked_at_cannot_be_promised(self):
        rma = self._create_return(self._create_sold_order([(self.mug, 3)]))
        rma.action_approve()
        shelf = rma.picking_ids.location_dest_id
        self.assertFalse(shelf.warehouse_id)
