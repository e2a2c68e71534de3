# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..engine.documents import Line, Payment, Tax
from .common import PLACED, ChannelCommon


class MoneyCommon(ChannelCommon):
    """Journals and accounts of a gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.channel.payment_journal_id = cls.bank
        cls.clearing = cls._create_account("Card Clearing", "TST101", "asset_current")
        cls.owed = cls._create_account("Gift Cards", "TST201", "liability_current")
        cls.card = cls._create_gateway("card", clearing_account_id=cls.clearing.id)
        cls.gift = cls._create_gateway("gift_card", clearing_account_id=cls.owed.id)

    @classmethod
    def _create_account(cls, name, code, kind):
        return cls.env["account.account"].create(
            {"name": name, "code": code, "account_type": kind, "reconcile": True}
        )

    @classmethod
    def _create_gateway(cls, code, **values):
        found = cls.env["oms.channel.gateway"]._get_or_create({(cls.channel.id, code)})
        gateway = found[cls.channel.id, code]
        gateway.write(values)
        return gateway

    def _get_balance(self, account):
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return round(sum(lines.mapped("balance")), 2)

    def _pay(self, amount, gateway, key="pay-1", kind="capture"):
        return Payment(key, kind, Decimal(amount), PLACED, gateway=gateway)


class TestGateways(MoneyCommon):
    def test_new_gateway_is_listed_once_and_not_mapped(self):
        for key in ("1", "2"):
            self._import(
                self._document(key, payments=(self._pay("20.00", "paypal", key),))
            )
        found = self.channel.gateway_ids.filtered(lambda g: g.code == "paypal")
        self.assertEqual((len(found), found.is_mapped), (1, False))

    def test_gateways_not_mapped_are_counted_on_the_channel(self):
        self._import(self._document(payments=(self._pay("20.00", "paypal"),)))
        self.assertEqual(self.channel.unmapped_gateway_count, 1)

    def test_money_of_an_unmapped_gateway_goes_to_the_channels_journal(self):
        order = self._import(self._document(payments=(self._pay("20.00", "paypal"),)))
        self._invoice(order)
        self.assertEqual(order.oms_payment_ids.payment_id.journal_id, self.bank)

    def test_money_goes_to_the_journal_of_its_gateway(self):
        self.card.journal_id = self.bank.copy({"name": "Cards", "code": "CRD"})
        order = self._import(self._document(payments=(self._pay("20.00", "card"),)))
        self._invoice(order)
        self.assertEqual(
            order.oms_payment_ids.payment_id.journal_id, self.card.journal_id
        )

    def test_money_stays_on_the_clearing_account_until_it_is_paid_out(self):
        order = self._import(self._document(payments=(self._pay("20.00", "card"),)))
        self._invoice(order)
        self.assertEqual(self._get_balance(self.clearing), 20.0)

    def test_two_gateways_pay_one_invoice(self):
        payments = self._pay("5.00", "gift_card"), self._pay("15.00", "card", "pay-2")
        order = self._import(self._document(payments=payments))
        invoice = self._invoice(order)
        self.assertEqual(
            (invoice.amount_residual, self._get_balance(self.clearing)), (0.0, 15.0)
        )

    def test_summary_of_several_gateways_is_nobodys(self):
        payment = replace(self._pay("20.00", "gift_card, card"), is_summary=True)
        order = self._import(self._document(payments=(payment,)))
        self.assertFalse(order.oms_payment_ids.gateway_id)

    def test_gateways_of_a_hundred_payments_cost_what_those_of_ten_do(self):
        order = self._import(self._document())

        def count(start, number):
            values = {"order_id": order.id, "kind": "capture", "date": "2026-01-01"}
            values |= {"amount": 1.0, "currency_id": order.currency_id.id}
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["oms.payment"].create(
                [
                    values | {"external_id": f"x{i}", "gateway": f"g{i % 3}"}
                    for i in range(start, start + number)
                ]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(0, 3)
        ten, hundred = count(100, 10), count(1000, 100)
        self.assertLessEqual(hundred - ten, 2, f"{ten} and {hundred}")


class TestMoneyOfOrders(MoneyCommon):
    def _assert_invoiced(self, **values):
        """The order and its invoice cost what the channel says, and it is paid."""
        document = self._document(**values)
        order = self._import(document)
        invoice = self._invoice(order)
        self.assertEqual(
            (f"{order.amount_total:.2f}", f"{invoice.amount_total:.2f}"),
            (f"{document.total:.2f}", f"{document.total:.2f}"),
        )
        self.assertEqual(invoice.amount_residual, 0.0)
        return order

    # === GIFT CARDS, TIPS, FEES, NOTHING ===

    def test_gift_card_pays_out_of_what_we_owe(self):
        self._assert_invoiced(payments=(self._pay("20.00", "gift_card"),))
        self.assertEqual(self._get_balance(self.owed), 20.0)

    def test_sold_gift_card_is_owed_and_not_earned(self):
        line = Line("1", "Gift Card", Decimal(1), Decimal("50.00"), kind="gift_card")
        self._assert_invoiced(lines=(line,))
        self.assertEqual(self._get_balance(self.owed), -50.0)

    def test_tip_and_fee_are_charged_as_told(self):
        lines = (
            self._line(),
            Line("tip", "Tip", Decimal(1), Decimal("3.00"), kind="tip"),
            Line("fee", "Cash on delivery", Decimal(1), Decimal("2.50"), kind="fee"),
        )
        order = self._assert_invoiced(lines=lines)
        self.assertEqual(order.amount_total, 25.5)

    def test_fee_that_takes_something_off_is_charged_as_told(self):
        fee = Line("fee", "Loyalty", Decimal(1), Decimal("-4.00"), kind="fee")
        self._assert_invoiced(lines=(self._line(), fee))

    def test_order_that_costs_nothing_waits_for_no_money(self):
        line = self._line(discount=Decimal("20.00"))
        order = self._import(self._document(lines=(line,), payments=()))
        self.assertEqual(
            (order.amount_total, order.oms_state, len(order.oms_open_hold_ids)),
            (0.0, "allocated", 0),
        )

    def test_order_that_costs_nothing_is_invoiced(self):
        line = self._line(discount=Decimal("20.00"))
        order = self._assert_invoiced(lines=(line,), payments=())
        self.assertEqual(order.invoice_ids.payment_state, "paid")

    # === TAXES ===

    def _collected(self, amount="1.20", included=False):
        tax = Tax("Marketplace Tax", Decimal("0.06"), Decimal(amount), by_channel=True)
        return self._assert_invoiced(
            lines=(self._line(taxes=(tax,)),), taxes_included=included
        )

    def test_tax_that_the_marketplace_owes_is_in_the_total(self):
        order = self._collected()
        self.assertEqual((order.amount_total, order.amount_tax), (21.2, 1.2))

    def test_tax_that_the_marketplace_owes_is_in_no_report_of_ours(self):
        order = self._collected()
        entries = order.invoice_ids.line_ids.filtered("tax_repartition_line_id")
        self.assertTrue(entries.tax_line_id.oms_by_channel)
        self.assertFalse(order.invoice_ids.line_ids.tax_tag_ids)
        self.assertFalse(entries.tax_repartition_line_id.use_in_tax_closing)

    def test_tax_that_the_marketplace_owes_has_an_account_of_its_own(self):
        order = self._collected()
        entry = order.invoice_ids.line_ids.filtered("tax_line_id")
        ours = self.company.account_sale_tax_id.invoice_repartition_line_ids.account_id
        self.assertEqual(
            (entry.balance, entry.account_id.account_type, entry.account_id in ours),
            (-1.2, "liability_current", False),
        )

    def test_tax_that_the_marketplace_owes_may_be_in_the_price(self):
        order = self._collected("1.13", included=True)
        self.assertEqual((order.amount_total, order.amount_untaxed), (20.0, 18.87))

    def test_tax_of_ours_is_never_the_marketplaces_of_the_same_rate(self):
        self._collected()
        order = self._import(
            self._document("9", lines=(self._line(taxes=(self._tax("1.20"),)),))
        )
        self.assertFalse(order.order_line.tax_ids.oms_by_channel)

    def test_ours_and_the_marketplaces_are_kept_apart_on_one_line(self):
        theirs = Tax("County", Decimal("0.02"), Decimal("0.40"), by_channel=True)
        line = self._line(taxes=(self._tax("1.20"), theirs))
        order = self._assert_invoiced(lines=(line,))
        self.assertEqual(
            sorted(order.order_line.tax_ids.mapped("oms_by_channel")), [False, True]
        )

    def test_three_rates_on_a_line_are_charged_as_told(self):
        taxes = (
            self._tax("0.80", "0.04", "State"),
            self._tax("0.89", "0.0445", "City"),
            self._tax("0.08", "0.00375", "District"),
        )
        order = self._assert_invoiced(lines=(self._line(taxes=taxes),))
        self.assertEqual((len(order.order_line.tax_ids), order.amount_tax), (3, 1.77))

    def test_several_rates_in_the_price_are_taken_out_of_it(self):
        taxes = (self._tax("0.91", "0.05", "GST"), self._tax("0.91", "0.05", "PST"))
        order = self._assert_invoiced(
            lines=(self._line(taxes=taxes),), taxes_included=True
        )
        self.assertEqual((order.amount_total, order.amount_untaxed), (20.0, 18.18))

    def test_exempt_line_has_no_tax_of_ours_by_default(self):
        self.mug.taxes_id = self.company.account_sale_tax_id
        order = self._assert_invoiced()
        self.assertEqual((len(order.order_line.tax_ids), order.amount_tax), (0, 0.0))

    def test_rate_of_nought_is_in_no_box_of_a_report_until_it_is_mapped(self):
        self.env["account.tax"].search([("amount", "=", 0)]).active = False
        tax = self._tax("0.00", "0", "Exempt")
        order = self._assert_invoiced(lines=(self._line(taxes=(tax,)),))
        self.assertEqual(len(order.order_line.tax_ids), 1)
        self.assertFalse(order.invoice_ids.line_ids.tax_tag_ids)

    def test_reverse_charge_costs_nothing_and_is_reported_as_mapped(self):
        reverse = self._create_reverse_charge()
        self.env["oms.channel.tax"].create(
            {
                "channel_id": self.channel.id,
                "title": "Reverse charge",
                "rate": 0.0,
                "tax_id": reverse.id,
            }
        )
        tax = self._tax("0.00", "0", "Reverse charge")
        order = self._assert_invoiced(lines=(self._line(taxes=(tax,)),))
        self.assertEqual(
            (order.amount_total, order.invoice_ids.invoice_line_ids.tax_ids),
            (20.0, reverse),
        )

    def _create_reverse_charge(self):
        lines = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "factor_percent": 100}),
            Command.create({"repartition_type": "tax", "factor_percent": -100}),
        ]
        return self.env["account.tax"].create(
            {
                "name": "Reverse charge 20%",
                "amount": 20.0,
                "type_tax_use": "sale",
                "invoice_repartition_line_ids": lines,
                "refund_repartition_line_ids": lines,
            }
        )

    # === CURRENCIES ===

    def test_foreign_order_has_the_rate_of_its_date(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        for day, rate in (("2026-01-01", 0.5), ("2026-01-03", 0.8)):
            self.env["res.currency.rate"].create(
                {
                    "currency_id": euro.id,
                    "company_id": self.company.id,
                    "name": day,
                    "rate": rate,
                }
            )
        order = self._import(self._document(currency="EUR"))
        self.assertEqual((order.amount_total, order.currency_rate), (20.0, 0.5))

    def test_foreign_payment_has_the_rate_of_its_date(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2026-01-01", "rate": 0.5}
        )
        order = self._import(
            self._document(currency="EUR", payments=(self._pay("20.00", "card"),))
        )
        self._invoice(order)
        self.assertEqual(self._get_balance(self.clearing), 40.0)

    def test_currency_cannot_change_under_orders_that_are_here(self):
        self._import(self._document())
        with self.assertRaises(ValidationError):
            self.channel.currency_side = "presentment"
