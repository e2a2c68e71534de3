# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user


class OmsCommon(TransactionCase):
    """A channel, two places with stock, and orders made in one call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.company = cls.env.company
        cls.warehouse = cls._create_warehouse("Test East", "TEST1")
        cls.other_warehouse = cls._create_warehouse("Test West", "TEST2")
        cls.channel = cls.env["oms.channel"].create(
            {
                "name": "Test Shop",
                "code": "test_shop",
                # Tests order the same thing for the same buyer again and again.
                "duplicate_minutes": 0,
                "warehouse_ids": [
                    Command.set((cls.warehouse | cls.other_warehouse).ids)
                ],
            }
        )
        cls.customer = cls.env["res.partner"].create({"name": "Ada Buyer"})
        cls.mug = cls._create_product("TEST-MUG", list_price=10.0)
        cls.lamp = cls._create_product("TEST-LAMP", list_price=25.0)
        cls._add_stock(cls.mug, 10)
        cls._add_stock(cls.lamp, 10)

    # === FACTORIES ===

    @classmethod
    def _create_warehouse(cls, name, code):
        return cls.env["stock.warehouse"].create({"name": name, "code": code})

    @classmethod
    def _create_product(cls, sku, **values):
        return cls.env["product.product"].create(
            {
                "name": sku.title(),
                "default_code": sku,
                "type": "consu",
                "is_storable": True,
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _add_stock(cls, product, quantity, warehouse=None):
        cls.env["stock.quant"]._update_available_quantity(
            product, (warehouse or cls.warehouse).lot_stock_id, quantity
        )

    @classmethod
    def _create_order(cls, lines=None, confirm=True, **values):
        """An order of the test channel; ``lines`` are (product, quantity)."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "oms_channel_id": cls.channel.id,
                "warehouse_id": cls.warehouse.id,
                "order_line": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity}
                    )
                    for product, quantity in lines or [(cls.mug, 2)]
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    @classmethod
    def _create_kit(cls, sku, parts):
        """A kit of (product, quantity) parts."""
        kit = cls._create_product(sku)
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": quantity})
                    for part, quantity in parts
                ],
            }
        )
        return kit

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(cls.env, login=login, groups=groups)

    # === STEPS ===

    def _hold(self, orders, code, reason="a reason"):
        return self.env["oms.hold"]._place(
            [{"order": order, "type": code, "reason": reason} for order in orders]
        )

    def _ship(self, order, tracking="TRACK-1"):
        pickings = order.picking_ids.filtered(lambda p: p.state != "done")
        pickings.carrier_tracking_ref = tracking
        pickings.move_ids.picked = True
        pickings._action_done()
        return pickings

    def _invoice(self, order):
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice
