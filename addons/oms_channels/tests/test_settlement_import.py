# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import UserError

from .settlement_common import SettlementCommon


class TestSettlementImport(SettlementCommon):
    def test_payout_that_does_not_add_up_is_refused_with_the_difference(self):
        settlement = self._bring(self._row("20.00", "0.88"), total=Decimal("19.00"))
        self.assertEqual((settlement.state, settlement.difference), ("refused", -0.12))
        with self.assertRaisesRegex(UserError, "0.12"):
            settlement.action_post()

    def test_line_that_does_not_add_up_is_refused_by_its_number(self):
        row = replace(self._row("20.00", "0.88"), net=Decimal("19.00"))
        with self.assertRaisesRegex(UserError, "b-1"):
            self._bring(row)

    def test_the_same_payout_twice_is_one(self):
        self.assertEqual(self._bring_paid(), self._bring_paid())

    def test_corrected_payout_takes_the_place_of_the_former(self):
        self._bring(self._row("20.00", "0.88"), total=Decimal("19.00"))
        settlement = self._bring_paid("1.00")
        self.assertEqual((settlement.state, settlement.fees), ("draft", 1.0))

    def test_what_was_matched_by_hand_survives_a_correction(self):
        order = self._order()
        settlement = self._bring(self._row("20.00", "0.88", order="lost"))
        settlement.line_ids.payment_id = order.oms_payment_ids
        self._bring(self._row("20.00", "0.90", order="lost"))
        self.assertEqual(settlement.line_ids.payment_id, order.oms_payment_ids)

    def test_posted_payout_is_not_corrected_in_silence(self):
        self._order()
        self._bring_paid().action_post()
        with self.assertRaisesRegex(UserError, "Reset it to draft"):
            self._bring_paid("1.00")

    def test_currency_that_is_not_active_is_named(self):
        with self.assertRaisesRegex(UserError, "XXX"):
            self._bring(self._row("20.00"), currency="XXX")


class TestSettlementUpload(SettlementCommon):
    TABLE = "date,type,order,amount,fee,net\n2026-01-02,charge,#5001,20,0.88,19.12\n"

    def _upload(self, text=TABLE, **values):
        upload = self.env["oms.settlement.upload"].create(
            {
                "gateway_id": self.card.id,
                "content": base64.b64encode(text.encode()),
                "name": "january.csv",
                **values,
            }
        )
        return self.settlements.search(upload.action_upload()["domain"])

    def test_table_becomes_a_payout_with_its_orders(self):
        order = self._order()
        settlement = self._upload()
        self.assertEqual(
            (settlement.external_id, settlement.total, settlement.line_ids.order_id),
            ("january.csv", 19.12, order),
        )

    def test_total_of_the_bank_is_compared(self):
        self.assertEqual(self._upload(total=19.0).state, "refused")

    def test_columns_are_kept_with_the_gateway(self):
        text = self.TABLE.replace("amount", "Betrag")
        self._upload(text, columns="gross = Betrag")
        self.assertEqual(self.card.settlement_columns, "gross = Betrag")

    def test_table_that_cannot_be_read_is_refused_by_its_column(self):
        with self.assertRaisesRegex(UserError, "gross"):
            self._upload("date,worth\n2026-01-02,1\n")
