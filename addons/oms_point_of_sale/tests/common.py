# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from uuid import uuid4

from odoo import fields
from odoo.fields import Command

from odoo.addons.oms_core.tests.common import OmsCommon


class PosCommon(OmsCommon):
    """A till in Test East, where 10 mugs and 10 lamps are; its session is open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.point_of_sale_update_stock_quantities = "real"
        cls.config = cls._create_config("Test Till")
        cls.till = cls.config.oms_channel_id
        cls.web = cls.channel

    @classmethod
    def _create_config(cls, name, warehouse=None):
        """A till that takes cash and stands in a warehouse."""
        warehouse = warehouse or cls.warehouse
        journal = cls.env["account.journal"].create(
            {"name": name, "type": "cash", "code": f"C{cls.env.cr.sql_log_count}"}
        )
        return cls.env["pos.config"].create(
            {
                "name": name,
                "picking_type_id": warehouse.pos_type_id.id,
                "warehouse_id": warehouse.id,
                "ship_later": True,
                "payment_method_ids": [
                    Command.create({"name": "Test Cash", "journal_id": journal.id})
                ],
            }
        )

    @classmethod
    def _sell(cls, *goods, config=None, **values):
        """A receipt, as a till sends it; goods are (product, quantity, more values)."""
        config = config or cls.config
        if not config.current_session_id:
            config.open_ui()
            config.current_session_id.set_opening_control(0, None)
        lines = [cls._prepare_line(*each) for each in goods]
        total = sum(line["price_subtotal_incl"] for line in lines)
        data = {
            "amount_paid": total,
            "amount_return": 0,
            "amount_tax": 0,
            "amount_total": total,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "fiscal_position_id": False,
            "lines": [Command.create(line) for line in lines],
            "partner_id": cls.customer.id,
            "payment_ids": [
                Command.create(
                    {
                        "amount": total,
                        "name": fields.Datetime.now(),
                        "payment_method_id": config.payment_method_ids[:1].id,
                    }
                )
            ],
            "pricelist_id": config.pricelist_id.id,
            "session_id": config.current_session_id.id,
            "state": "paid",
            "to_invoice": False,
            "user_id": cls.env.uid,
            "uuid": str(uuid4()),
            **values,
        }
        cls.sent = data | {"lines": list(data["lines"])}
        answer = cls.env["pos.order"].sync_from_ui([data])
        return cls.env["pos.order"].browse(answer["pos.order"][0]["id"])

    @classmethod
    def _prepare_line(cls, product, quantity, values=None):
        total = product.list_price * quantity
        return {
            "discount": 0,
            "pack_lot_ids": [],
            "price_subtotal": total,
            "price_subtotal_incl": total,
            "price_unit": product.list_price,
            "product_id": product.id,
            "qty": quantity,
            "tax_ids": [],
            **(values or {}),
        }

    @classmethod
    def _settle(cls, order, quantity=None, **values):
        """A receipt for the first line of an order."""
        line = order.order_line[0]
        link = {"sale_order_line_id": line.id, "sale_order_origin_id": order.id}
        price = line.price_total / line.product_uom_qty
        quantity = quantity or line.product_uom_qty
        paid = {
            "price_unit": price,
            "price_subtotal": price * quantity,
            "price_subtotal_incl": price * quantity,
        }
        return cls._sell((line.product_id, quantity, link | paid), **values)

    @classmethod
    def _ship_later(cls, *goods, **values):
        """A receipt whose goods are sent tomorrow."""
        day = fields.Date.add(fields.Date.today(), days=1)
        return cls._sell(*goods, shipping_date=fields.Date.to_string(day), **values)

    def _get_available(self, product=None):
        """What Test East can promise, read anew."""
        product = product or self.mug
        return product._get_oms_availability(self.warehouse)[
            product.id, self.warehouse.id
        ]
