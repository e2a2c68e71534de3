# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .settlement_common import SettlementCommon


class TestSettlementPost(SettlementCommon):
    def _get_items(self, settlement):
        """{account's code: balance} of the bank entry."""
        items = {}
        for item in settlement.statement_line_id.move_id.line_ids:
            code = item.account_id.code
            items[code] = round(items.get(code, 0.0) + item.balance, 2)
        return items

    def _assert_clear(self):
        """Nothing is left with the gateway, and nothing is open there."""
        self.assertEqual(self._get_balance(self.clearing), 0.0)
        open_items = self.env["account.move.line"].search_count(
            [("account_id", "=", self.clearing.id), ("reconciled", "=", False)]
        )
        self.assertEqual(open_items, 0)

    # === WHAT IS BOOKED ===

    def test_clearing_account_is_clear_when_all_is_paid_out(self):
        self._order()
        settlement = self._bring_paid()
        settlement.action_post()
        self._assert_clear()

    def test_net_arrives_at_the_bank_and_the_fee_is_an_expense(self):
        self._order()
        settlement = self._bring_paid()
        settlement.action_post()
        bank = self.bank.default_account_id.code
        self.assertEqual(
            self._get_items(settlement), {bank: 19.12, "TST101": -20.0, "TST601": 0.88}
        )

    def test_tax_in_the_fees_is_taken_out_of_them(self):
        self._order()
        self.card.fee_tax_id = self.env["account.tax"].create(
            {"name": "Input 10%", "amount": 10.0, "type_tax_use": "purchase"}
        )
        settlement = self._bring_paid("1.10")
        settlement.action_post()
        entry = settlement.statement_line_id.move_id
        taxed = entry.line_ids.filtered("tax_line_id")
        self.assertEqual((taxed.balance, taxed.tax_base_amount), (0.1, 1.0))
        self._assert_clear()

    def test_reverse_charge_on_the_fees_costs_nothing(self):
        self._order()
        lines = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "factor_percent": 100}),
            Command.create({"repartition_type": "tax", "factor_percent": -100}),
        ]
        self.card.fee_tax_id = self.env["account.tax"].create(
            {
                "name": "Reverse charge 20%",
                "amount": 20.0,
                "type_tax_use": "purchase",
                "invoice_repartition_line_ids": lines,
                "refund_repartition_line_ids": lines,
            }
        )
        settlement = self._bring_paid("1.00")
        settlement.action_post()
        entry = settlement.statement_line_id.move_id
        taxed = entry.line_ids.filtered("tax_line_id")
        self.assertEqual(sorted(taxed.mapped("balance")), [-0.2, 0.2])

    def test_money_paid_out_before_the_invoice_settles_it_later(self):
        order = self._order(invoiced=False)
        self._bring_paid().action_post()
        invoice = self._invoice(order)
        self.assertEqual(invoice.amount_residual, 0.0)
        self._assert_clear()

    def test_refund_in_a_payout_is_settled_too(self):
        order = self._order()
        settlement = self._bring(
            self._row("20.00", "0.88", payment="t-5001"),
            self._row("-5.00", kind="refund", payment="r-1", key="b-2"),
        )
        self.env["oms.payment"].create(
            {
                "order_id": order.id,
                "external_id": "r-1",
                "kind": "refund",
                "gateway": "card",
                "amount": 5.0,
                "currency_id": order.currency_id.id,
                "date": "2026-01-05",
            }
        )
        settlement.action_match()
        settlement.action_post()
        self._assert_clear()
        self.assertEqual(settlement.total, 14.12)

    def test_refund_paid_out_first_meets_its_credit_note_later(self):
        order = self._order()
        self.env["oms.payment"].create(
            {
                "order_id": order.id,
                "external_id": "r-1",
                "kind": "refund",
                "gateway": "card",
                "amount": 20.0,
                "currency_id": order.currency_id.id,
                "date": "2026-01-05",
            }
        )
        self._bring(
            self._row("-20.00", kind="refund", payment="r-1"), key="p-9"
        ).action_post()
        note = order.invoice_ids._reverse_moves(cancel=False)
        note.action_post()
        note._pay_back_oms_refunds()
        self.assertEqual(note.amount_residual, 0.0)

    def test_reserve_dispute_and_adjustment_have_accounts_of_their_own(self):
        reserve = self._create_account("Reserve", "TST102", "asset_current")
        dispute = self._create_account("Disputes", "TST103", "asset_current")
        self.card.write(
            {"reserve_account_id": reserve.id, "dispute_account_id": dispute.id}
        )
        settlement = self._bring(
            self._row("-5.00", kind="reserve", key="1"),
            self._row("-20.00", "15.00", kind="dispute", key="2"),
            self._row("1.00", kind="adjustment", key="3"),
        )
        settlement.action_post()
        items = self._get_items(settlement)
        self.assertEqual(
            (items["TST102"], items["TST103"], items["TST601"]), (5.0, 20.0, 14.0)
        )

    def test_tax_that_the_channel_keeps_lowers_what_it_owes(self):
        settlement = self._bring(self._row("-1.20", kind="tax"))
        settlement.action_post()
        account = settlement.line_ids.entry_id.account_id
        self.assertEqual(
            (account.account_type, self._get_balance(account)),
            ("liability_current", 1.2),
        )

    def test_payout_that_is_taken_from_the_bank_is_booked(self):
        settlement = self._bring(self._row("-5.00", kind="reserve"))
        settlement.action_post()
        self.assertEqual(settlement.statement_line_id.amount, -5.0)

    def test_missing_fee_account_is_named(self):
        self.card.fee_account_id = False
        self._order()
        with self.assertRaisesRegex(UserError, "no account for them"):
            self._bring_paid().action_post()

    # === WHAT IS NOT MATCHED ===

    def test_money_without_a_payment_lies_open_on_the_clearing_account(self):
        settlement = self._bring(self._row("20.00", order="#777"))
        settlement.action_post()
        self.assertEqual(
            (self._get_balance(self.clearing), settlement.line_ids.entry_id.reconciled),
            (-20.0, False),
        )

    def test_match_after_posting_settles_the_open_item(self):
        settlement = self._bring(self._row("20.00", order="#777"))
        settlement.action_post()
        order = self._order()
        settlement.line_ids.payment_id = order.oms_payment_ids
        self._assert_clear()

    def test_suggestion_is_taken_with_one_click(self):
        order = self._order()
        settlement = self._bring(self._row("20.00"))
        settlement.action_post()
        settlement.line_ids.action_take_suggestion()
        self._assert_clear()
        self.assertEqual(settlement.line_ids.order_id, order)

    # === CURRENCIES ===

    def _set_rate(self, day, rate):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "company_id": self.company.id,
                "name": day,
                "rate": rate,
            }
        )
        return euro

    def test_payout_in_another_currency_than_the_bank_is_converted(self):
        self.env.ref("base.EUR").rate_ids.unlink()
        self._set_rate("2026-01-01", 0.5)
        order = self._order(currency="EUR")
        settlement = self._bring_paid(currency="EUR")
        settlement.action_post()
        self.assertEqual(settlement.statement_line_id.amount, 38.24)
        self._assert_clear()
        self.assertTrue(order.oms_payment_ids.is_settled)

    def test_amount_that_the_bank_has_given_is_booked(self):
        self.env.ref("base.EUR").rate_ids.unlink()
        self._set_rate("2026-01-01", 0.5)
        self._order(currency="EUR")
        settlement = self._bring_paid(currency="EUR")
        settlement.bank_amount = 37.77
        settlement.action_post()
        bank = self.bank.default_account_id.code
        self.assertEqual(self._get_items(settlement)[bank], 37.77)
        self._assert_clear()

    def test_order_in_another_currency_than_the_payout_is_settled(self):
        self.env.ref("base.EUR").rate_ids.unlink()
        self._set_rate("2026-01-01", 0.5)
        self._order(currency="EUR")
        settlement = self._bring(self._row("39.50", "1.00", payment="t-5001"))
        settlement.action_post()
        self._assert_clear()

    # === UNDOING ===

    def test_reset_payout_leaves_no_trace_in_the_ledger(self):
        order = self._order()
        settlement = self._bring_paid()
        settlement.action_post()
        settlement.action_reset()
        self.assertEqual(
            (settlement.state, self._get_balance(self.clearing)), ("draft", 20.0)
        )
        self.assertFalse(order.oms_payment_ids.is_settled)

    def test_reset_payout_is_posted_again(self):
        self._order()
        settlement = self._bring_paid()
        settlement.action_post()
        settlement.action_reset()
        settlement.action_post()
        self._assert_clear()

    def test_posted_payout_is_not_deleted(self):
        self._order()
        settlement = self._bring_paid()
        settlement.action_post()
        with self.assertRaisesRegex(UserError, "Reset it to draft"):
            settlement.unlink()

    # === WHO ===

    def test_accountant_posts_without_rights_on_bank_entries(self):
        self._order()
        settlement = self._bring_paid()
        user = self._create_user(
            "settler", "account.group_account_invoice,oms_core.group_oms_user"
        )
        settlement.with_user(user).action_post()
        self.assertEqual(settlement.state, "posted")

    def test_user_reads_and_does_not_post(self):
        settlement = self._bring_paid()
        user = self._create_user("reader", "oms_core.group_oms_user")
        self.assertEqual(settlement.with_user(user).total, 19.12)
        with self.assertRaises(AccessError):
            settlement.with_user(user).action_post()

    def test_payouts_of_another_company_are_not_seen(self):
        settlement = self._bring_paid()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self._create_user("stranger", "account.group_account_invoice")
        user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        found = self.settlements.with_user(user).search([])
        self.assertNotIn(settlement, found)

    # === HISTORY ===

    def test_order_tells_with_which_payout_its_money_came(self):
        order = self._order()
        self._bring_paid().action_post()
        sentences = order.oms_event_ids.mapped("sentence")
        self.assertTrue([text for text in sentences if "p-1" in text])
