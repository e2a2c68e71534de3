# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import tagged

from .common import OmsCommon

FEW, MANY = 10, 100
# What somebody sets up by hand: never many.
CONFIGURATION = ("oms.hold.type", "oms.order.rule", "oms.order.rule.action")
# Models whose records are made here; of the others there are only ever a few.
MODELS = (
    "oms.availability",
    "oms.bulk.action",
    "oms.bulk.action.line",
    "oms.buyer.mail",
    "oms.cancel.reason",
    "oms.channel",
    "oms.channel.mail",
    "oms.event",
    "oms.forecast",
    "oms.forecast.change",
    "oms.hold",
    "oms.partner.duplicate",
    "oms.payment",
    "oms.safety.stock",
    "product.product",
    "product.template",
    "res.partner",
    "sale.order",
    "sale.order.line",
    "stock.move",
    "stock.picking",
)


@tagged("post_install", "-at_install")
class TestComputes(OmsCommon):
    """A computed field costs the same for ten records and for a hundred."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        products = cls._create_products()
        orders = cls._create_orders(products)
        cls.env["oms.hold"]._place(
            [
                {"order": order, "type": "payment", "reason": "not secured"}
                for order in orders
            ]
        )
        channels = cls._create_channels()
        actions = cls._create_bulk_actions(orders)
        cls.records = {
            "oms.bulk.action": actions,
            "oms.bulk.action.line": actions.line_ids,
            "oms.buyer.mail": cls._create_buyer_mails(orders),
            "oms.cancel.reason": cls._create_cancel_reasons(),
            "oms.channel": channels,
            "oms.channel.mail": channels.mail_ids[:MANY],
            "oms.event": orders.oms_event_ids[:MANY],
            "oms.forecast": cls._create_by_product("oms.forecast", products),
            "oms.forecast.change": cls._create_by_product(
                "oms.forecast.change", products, kind="safety"
            ),
            "oms.hold": orders.oms_hold_ids[:MANY],
            "oms.payment": cls._create_payments(orders),
            "oms.safety.stock": cls._create_by_product(
                "oms.safety.stock", products, quantity=1
            ),
            "product.product": products,
            "product.template": products.product_tmpl_id,
            "res.partner": orders.partner_id,
            "sale.order": orders,
            "sale.order.line": orders.order_line[:MANY],
            "stock.move": orders.order_line.move_ids[:MANY],
            "stock.picking": orders.picking_ids,
        }
        cls.env.flush_all()
        for view in ("oms.availability", "oms.partner.duplicate"):
            cls.records[view] = cls.env[view].search([], limit=MANY, order="id desc")

    # === FACTORIES ===

    @classmethod
    def _create_products(cls):
        products = cls.mug.create(
            [
                {
                    "name": f"Product {number}",
                    "default_code": f"TEST-{number}",
                    "type": "consu",
                    "is_storable": True,
                }
                for number in range(MANY)
            ]
        )
        for product in products:
            cls._add_stock(product, 5)
        return products

    @classmethod
    def _create_orders(cls, products):
        customers = cls.env["res.partner"].create(
            [
                # two of each: they may be one person
                {"name": f"Buyer {number}", "email": f"b{number // 2}@example.com"}
                for number in range(MANY)
            ]
        )
        orders = cls.env["sale.order"].create(
            [
                {
                    "partner_id": customer.id,
                    "oms_channel_id": cls.channel.id,
                    "warehouse_id": cls.warehouse.id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": 2})
                    ],
                }
                for customer, product in zip(customers, products, strict=True)
            ]
        )
        orders.with_context(oms_bulk=True).action_confirm()
        return orders

    @classmethod
    def _create_channels(cls):
        return cls.env["oms.channel"].create(
            [{"name": f"Shop {n}", "code": f"test_{n}"} for n in range(MANY)]
        )

    @classmethod
    def _create_cancel_reasons(cls):
        return cls.env["oms.cancel.reason"].create(
            [{"name": f"Reason {n}", "code": f"test_{n}"} for n in range(MANY)]
        )

    @classmethod
    def _create_payments(cls, orders):
        return cls.env["oms.payment"].create(
            [
                {
                    "order_id": order.id,
                    "kind": "capture",
                    "date": order.date_order,
                    "amount": 1.0,
                    "currency_id": order.currency_id.id,
                    "external_id": f"paid-{order.id}",
                }
                for order in orders
            ]
        )

    @classmethod
    def _create_by_product(cls, model, products, **values):
        return cls.env[model].create(
            [
                {
                    "product_id": product.id,
                    "warehouse_id": cls.warehouse.id,
                    **values,
                }
                for product in products
            ]
        )

    @classmethod
    def _create_bulk_actions(cls, orders):
        return cls.env["oms.bulk.action"].create(
            [
                {
                    "name": "Test",
                    "kind": "priority",
                    "line_ids": [Command.create({"order_id": order.id})],
                }
                for order in orders
            ]
        )

    @classmethod
    def _create_buyer_mails(cls, orders):
        return cls.env["oms.buyer.mail"].create(
            [
                {
                    "order_id": order.id,
                    "company_id": cls.company.id,
                    "occasion": "capture",
                    "res_id": order.id,
                }
                for order in orders
            ]
        )

    # === COUNTING ===

    def _get_our_computes(self, model):
        return [
            name
            for name, field in self.env[model]._fields.items()
            if field.compute
            and any(module.startswith("oms_") for module in field._modules)
        ]

    def _count(self, records, name):
        # fetched together, as the rows of a list are
        records, field = records.browse(records.ids), records._fields[name]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        if field.store:
            self.env.add_to_compute(field, records)
            records._recompute_recordset([name])
        else:
            records.mapped(name)
        return self.env.cr.sql_log_count - before

    def test_every_computed_field_costs_the_same_for_10_and_for_100_records(self):
        for model in MODELS:
            records = self.records[model]
            self.assertGreater(len(records), MANY // 3, model)
            for name in self._get_our_computes(model):
                with self.subTest(field=f"{model}.{name}"):
                    self._count(records[:2], name)
                    few = self._count(records[:FEW], name)
                    self.assertLessEqual(self._count(records, name), few)

    def test_no_model_of_ours_is_left_out(self):
        """Neither a new model nor a new field may escape the count above."""
        ours = {
            model
            for model in self.env
            if self.env[model]._original_module == "oms_core"
            and not self.env[model]._abstract
            and not self.env[model]._transient
            and self._get_our_computes(model)
        }
        self.assertLessEqual(ours, {*MODELS, *CONFIGURATION})
