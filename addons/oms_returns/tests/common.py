# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests import TransactionCase


class ReturnsCommon(TransactionCase):
    """Delivered, invoiced and paid orders, ready to come back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.partner = cls.env["res.partner"].create({"name": "Ines Buyer"})
        cls.journal = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.tax = cls._create_tax(21.0)
        cls.mug = cls._create_product("Mug", price=10.0)
        cls.lamp = cls._create_product("Lamp", price=49.9)
        cls.reason = cls.env.ref("oms_returns.reason_unwanted")

    @classmethod
    def _create_tax(cls, amount, **values):
        return cls.env["account.tax"].create(
            {
                "name": f"{amount:g}% of the test",
                "amount": amount,
                "type_tax_use": "sale",
                "company_id": cls.env.company.id,
                **values,
            }
        )

    @classmethod
    def _create_product(cls, name, price=10.0, stock=1000.0, **values):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "default_code": name.upper().replace(" ", "-"),
                "type": "consu",
                "is_storable": True,
                "list_price": price,
                "invoice_policy": "order",
                "taxes_id": [Command.set(cls.tax.ids)],
                **values,
            }
        )
        if stock:
            cls.env["stock.quant"]._update_available_quantity(product, cls.stock, stock)
        return product

    def _create_order(self, lines=None, count=1, **values):
        """Confirmed orders; lines are (product, quantity) or dicts of values."""
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.partner.id,
                    "warehouse_id": self.warehouse.id,
                    "order_line": [
                        Command.create(
                            line
                            if isinstance(line, dict)
                            else {"product_id": line[0].id, "product_uom_qty": line[1]}
                        )
                        for line in (lines or [(self.mug, 3)])
                    ],
                    **values,
                }
                for _number in range(count)
            ]
        )
        orders.action_confirm()
        return orders

    def _deliver(self, orders):
        pickings = orders.picking_ids.filtered(lambda p: p.state != "done")
        pickings.action_assign()
        pickings.move_ids.picked = True
        pickings._action_done()
        return orders

    def _invoice(self, orders):
        invoices = orders._create_invoices(grouped=True)
        invoices.action_post()
        return invoices

    def _pay(self, invoices):
        for invoice in invoices:
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({"journal_id": self.journal.id})._create_payments()

    def _create_sold_order(self, lines=None, **values):
        """An order that was delivered, invoiced and paid."""
        order = self._deliver(self._create_order(lines, **values))
        self._pay(self._invoice(order))
        return order

    def _create_return(self, order, quantities=None, **values):
        """A request; quantities by position of the order line, default all of it."""
        lines = order.order_line.filtered(
            lambda line: line.qty_delivered_method == "stock_move"
        )
        wanted = quantities or {
            number: line.qty_delivered for number, line in enumerate(lines)
        }
        return self.env["oms.return"].create(
            {
                "order_id": order.id,
                "reason_id": self.reason.id,
                "line_ids": [
                    Command.create(
                        {"sale_line_id": lines[number].id, "quantity": quantity}
                    )
                    for number, quantity in wanted.items()
                ],
                **values,
            }
        )

    def _create_received_return(self, order, quantities=None, **values):
        rma = self._create_return(order, quantities, **values)
        rma.action_approve()
        rma.action_receive()
        return rma

    def _get_on_hand(self, product, location=None):
        return self.env["stock.quant"]._get_available_quantity(
            product, location or self.stock
        )
