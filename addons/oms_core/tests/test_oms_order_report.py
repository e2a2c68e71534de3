# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.fields import Command

from .common_report import ReportCommon

AMOUNTS = ["orders", "units", "revenue", "cost", "margin"]


class TestOrderReport(ReportCommon):
    def test_margin_is_revenue_less_cost_of_the_goods(self):
        self._create_order([(self.mug, 2), (self.lamp, 1)])
        self.assertEqual(
            self._read("order", AMOUNTS),
            {"orders": 1, "units": 3, "revenue": 45, "cost": 18, "margin": 27},
        )

    def test_shipped_goods_cost_what_they_were_worth_when_they_left(self):
        order = self._create_order([(self.mug, 2)])
        self._ship(order)
        self.mug.standard_price = 7.0
        self.assertEqual(self._read("order", ["cost"]), {"cost": 8})

    def test_waiting_goods_cost_what_they_cost_today(self):
        self._create_order([(self.mug, 2)])
        self.mug.standard_price = 7.0
        self.assertEqual(self._read("order", ["cost"]), {"cost": 14})

    def test_held_goods_without_a_move_have_their_cost(self):
        order = self._create_order([(self.mug, 2)], confirm=False)
        self._hold(order, "total_mismatch")
        order.action_confirm()
        self.assertFalse(order.order_line.move_ids)
        self.assertEqual(self._read("order", ["cost"]), {"cost": 8})

    def test_goods_that_came_back_cost_nothing(self):
        order = self._create_order([(self.mug, 2)])
        picking = self._ship(order)
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.picked = True
        back._action_done()
        self.assertEqual(self._read("order", ["cost"]), {"cost": 4})

    def test_kit_costs_what_its_components_cost(self):
        kit = self._create_kit("TEST-KIT", [(self.mug, 2), (self.lamp, 1)])
        kit.list_price = 40.0
        self._create_order([(kit, 2)])
        self.assertEqual(
            self._read("order", AMOUNTS),
            {"orders": 1, "units": 2, "revenue": 80, "cost": 36, "margin": 44},
        )

    def test_shipping_is_charged_apart_from_revenue(self):
        order = self._create_order([(self.mug, 2)], confirm=False)
        order.order_line = [
            Command.create(
                {
                    "product_id": self._create_delivery_product().id,
                    "price_unit": 5.0,
                    "is_delivery": True,
                }
            )
        ]
        self.assertEqual(
            self._read("order", ["revenue", "shipping", "turnover", "units"]),
            {"revenue": 20, "shipping": 5, "turnover": 25, "units": 2},
        )

    def test_discount_is_what_the_lines_gave_away(self):
        order = self._create_order([(self.mug, 2), (self.lamp, 1)], confirm=False)
        order.order_line[0].discount = 25.0
        order.order_line[1].discount = 100.0
        self.assertEqual(
            self._read("order", ["revenue", "discount"]),
            {"revenue": 15, "discount": 30},
        )

    def test_refund_lowers_net_sales_and_margin(self):
        order = self._create_order([(self.mug, 2)])
        self._invoice(order)
        self._refund(order, quantity=1)
        self.assertEqual(
            self._read("order", ["revenue", "refunds", "turnover", "margin"]),
            {"revenue": 20, "refunds": 10, "turnover": 10, "margin": 2},
        )

    def test_refund_that_is_not_posted_does_not_count(self):
        order = self._create_order([(self.mug, 2)])
        self._invoice(order)
        order.invoice_ids._reverse_moves([{}])
        self.assertEqual(self._read("order", ["refunds"]), {"refunds": 0})

    def test_average_basket_and_margin_are_ratios_of_the_sums(self):
        self._create_order([(self.mug, 2)])
        self._create_order([(self.lamp, 4)])
        found = self._read("order", ["basket", "margin_rate"])
        self.assertEqual(found["basket"], 60)
        self.assertAlmostEqual(found["margin_rate"], 72 / 120)

    def test_foreign_order_counts_in_the_currency_of_the_company(self):
        foreign = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"rate": 2.0, "name": "2020-01-01"})],
            }
        )
        order = self._create_order([(self.mug, 2)], confirm=False)
        order.oms_currency_id = foreign
        order.order_line.price_unit = 30.0
        order.action_confirm()
        self.assertEqual(order.amount_untaxed, 60)
        self.assertEqual(
            self._read("order", ["revenue", "cost", "margin"]),
            {"revenue": 30, "cost": 8, "margin": 22},
        )

    def test_line_opens_its_order(self):
        order = self._create_order()
        line = self._report("order").search([("order_id", "=", order.id)])
        self.assertEqual(line.action_open_order()["res_id"], order.id)

    def test_statements_do_not_grow_with_the_orders(self):
        def read():
            self._read("order", ["revenue", "margin", "margin_rate"])

        self._create_order()
        few = self._count_statements(read)
        for _number in range(9):
            self._create_order([(self.mug, 1)], confirm=False)
        self.assertEqual(self._count_statements(read), few)

    def test_salesperson_reads_no_margin_of_everybody(self):
        salesperson = self._create_user("test_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self._report("order", user=salesperson).search([])


class TestOrderReportOfCompanies(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        currency = cls.env["res.currency"].create(
            {
                "name": "TS2",
                "symbol": "S",
                "rate_ids": [Command.create({"rate": 4.0, "name": "2020-01-01"})],
            }
        )
        cls.other = cls.env["res.company"].create(
            {"name": "Other Company", "currency_id": currency.id}
        )
        cls.user.company_ids |= cls.other
        channel = cls.env["oms.channel"].create(
            {"name": "Other", "code": "other", "company_id": cls.other.id}
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.other.id,
                "oms_channel_id": channel.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.mug.id,
                            "product_uom_qty": 2,
                            "price_unit": 40.0,
                        }
                    )
                ],
            }
        )

    def _read_order(self, *companies):
        domain = [("order_id", "=", self.order.id)]
        ids = [company.id for company in companies]
        return self._read("order", ["revenue"], domain, allowed_company_ids=ids)

    def test_other_company_counts_in_the_currency_of_the_company_in_force(self):
        self.assertEqual(self._read_order(self.company, self.other), {"revenue": 20})

    def test_same_order_counts_in_its_own_currency_there(self):
        self.assertEqual(self._read_order(self.other, self.company), {"revenue": 80})

    def test_order_of_a_company_that_is_not_chosen_is_not_seen(self):
        self.assertFalse(self._read_order(self.company)["revenue"])
