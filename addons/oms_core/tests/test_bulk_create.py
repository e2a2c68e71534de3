# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_bulk import BulkCommon


@tagged("post_install", "-at_install")
class TestBulkCreate(BulkCommon):
    """Orders made in bulk are the orders that plain Odoo makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mug.sale_delay = 3

    def _get_manual_amounts(self, quantity, base, amount):
        return {
            "extra_tax_data": {
                "manual_total_excluded_currency": base,
                "manual_tax_amounts": {
                    str(self.tax.id): {
                        "tax_amount_currency": amount,
                        "base_amount_currency": base,
                    }
                },
                "currency_id": self.company.currency_id.id,
                "price_unit": 12.34,
                "discount": 5.0,
                "quantity": quantity,
                "rate": 0.0,
            }
        }

    def test_complete_values(self):
        rows = self.assert_same_as_plain(
            [
                self._get_complete_values(
                    [(self.mug, 1), (self.lamp, 2, self.other_tax)]
                ),
                self._get_complete_values([(self.service, 1)], user_id=self.env.uid),
            ]
        )
        self.assertEqual(
            {row["customer_lead"] for row in rows["sale.order.line"]}, {3, 0}
        )

    def test_amounts_that_were_given(self):
        values = self._get_complete_values([(self.mug, 1)])
        values["order_line"][0][2].update(self._get_manual_amounts(1, 11.72, 0.99))
        rows = self.assert_same_as_plain(
            [values, self._get_complete_values([(self.mug, 1)])]
        )
        totals = [row["amount_total"] for row in rows["sale.order"]]
        self.assertIn(12.71, totals)

    def test_values_left_to_odoo(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref(
            "product.group_product_pricelist"
        )
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Test",
                "item_ids": [
                    Command.create({"compute_price": "percentage", "percent_price": 10})
                ],
            }
        )
        self.customer.property_product_pricelist = pricelist
        self.mug.taxes_id = self.tax
        self.assert_same_as_plain(
            [
                [(self.mug, 2)],
                self._get_values([(self.lamp, 1)], pricelist_id=pricelist.id),
                self._get_complete_values([(self.mug, 1)]),
            ]
        )

    def test_another_currency(self):
        currency = self.env.ref("base.EUR")
        if currency == self.company.currency_id:
            currency = self.env.ref("base.USD")
        currency.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 1.25, "name": "2026-01-01"}
        )
        self.assert_same_as_plain(
            [
                self._get_complete_values([(self.mug, 3)], currency_id=currency.id),
                self._get_complete_values([(self.mug, 3)]),
            ]
        )

    def test_numbers_follow_each_other_without_a_gap(self):
        values = [self._get_complete_values([(self.mug, 1)]) for _n in range(3)]
        values.insert(1, self._get_complete_values([(self.mug, 1)], name="MINE-1"))
        sales = self.env["sale.order"]
        orders = sales.with_context(oms_bulk=True).create(values)
        following = sales.create(self._get_complete_values([(self.mug, 1)]))
        names = (orders | following).mapped("name")
        self.assertEqual(names[1], "MINE-1")
        numbers = [int(name.lstrip("S")) for name in names if name != "MINE-1"]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 4)))

    def test_numbers_of_a_sequence_without_gaps(self):
        sequence = self.env["ir.sequence"].search([("code", "=", "sale.order")])
        sequence.implementation = "no_gap"
        values = [self._get_complete_values([(self.mug, 1)]) for _n in range(3)]
        orders = self.env["sale.order"].with_context(oms_bulk=True).create(values)
        self.assertEqual(len(set(orders.mapped("name"))), 3)

    def test_links_to_another_company_are_refused(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        foreign = self.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        values = [
            self._get_complete_values([(self.mug, 1)]),
            self._get_complete_values([(self.mug, 1)], partner_invoice_id=foreign.id),
        ]
        with self.assertRaisesRegex(UserError, "Foreign"):
            self.env["sale.order"].with_context(oms_bulk=True).create(values)
