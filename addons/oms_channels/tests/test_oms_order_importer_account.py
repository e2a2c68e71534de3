# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from .common import ChannelCommon


class TestOnAccount(ChannelCommon):
    """Orders whose buyers pay our invoice later."""

    def setUp(self):
        super().setUp()
        self.terms = self.env["account.payment.term"].create({"name": "30 days net"})
        first = self._import(self._document("known"))
        self.buyer = first.partner_invoice_id.commercial_partner_id
        self.channel.terms_on_account = True

    def _import_unpaid(self, external_id="unpaid", **values):
        return self._import(self._document(external_id, payments=(), **values))

    def test_buyer_with_payment_terms_is_not_held_for_the_money(self):
        self.buyer.property_payment_term_id = self.terms
        order = self._import_unpaid()
        self.assertEqual(
            (order.oms_on_account, order.oms_open_hold_ids.ids, order.payment_term_id),
            (True, [], self.terms),
        )

    def test_buyer_without_payment_terms_is_held(self):
        self.buyer.property_payment_term_id = False
        order = self._import_unpaid()
        self.assertEqual(order.oms_open_hold_ids.type_id.code, "payment")

    def test_terms_count_only_where_the_channel_says_so(self):
        self.buyer.property_payment_term_id = self.terms
        self.channel.terms_on_account = False
        order = self._import_unpaid()
        self.assertEqual(order.oms_open_hold_ids.type_id.code, "payment")

    def test_order_that_is_paid_has_no_terms(self):
        self.buyer.property_payment_term_id = self.terms
        order = self._import(self._document("paid"))
        self.assertEqual((order.oms_on_account, order.payment_term_id.ids), (False, []))

    def test_channel_that_sells_on_account_takes_the_terms_of_the_buyer(self):
        self.channel.write({"sells_on_account": True, "terms_on_account": False})
        self.buyer.property_payment_term_id = self.terms
        self.assertEqual(self._import_unpaid().payment_term_id, self.terms)

    def test_newer_version_on_account_is_not_held_either(self):
        self.buyer.property_payment_term_id = self.terms
        order = self._import_unpaid()
        line = self._line(quantity=Decimal(3))
        self._import_unpaid(version="2026-02-02", lines=(line,))
        self.assertEqual(
            (order.order_line.product_uom_qty, order.oms_open_hold_ids.ids), (3, [])
        )

    # === CREDIT LIMIT ===

    def _set_limit(self, limit):
        self.company.account_use_credit_limit = True
        self.buyer.property_payment_term_id = self.terms
        self.buyer.credit_limit = limit

    def _get_owed(self):
        self.env.invalidate_all()
        return self.buyer.credit + self.buyer.credit_to_invoice

    def test_order_within_the_limit_goes_on(self):
        self._set_limit(1000)
        self.assertFalse(self._import_unpaid().oms_open_hold_ids)

    def test_order_beyond_the_limit_is_held(self):
        self._set_limit(self._get_owed() + 1)
        hold = self._import_unpaid().oms_open_hold_ids
        self.assertEqual(hold.type_id.code, "payment")
        self.assertIn("would owe", hold.reason)

    def test_orders_of_one_batch_use_up_the_limit_together(self):
        self._set_limit(1)
        self._set_limit(self._get_owed() + 25)
        orders = self._import(
            self._document("one", payments=()), self._document("two", payments=())
        )
        held = [bool(order.oms_open_hold_ids) for order in orders]
        self.assertEqual(held, [False, True])

    def test_newer_version_does_not_release_what_exceeds_the_limit(self):
        self._set_limit(self._get_owed() + 1)
        document = self._document("big", payments=())
        order = self._import(document)
        self._import(replace(document, version="2026-02-02", note="hurry"))
        self.assertTrue(order.oms_open_hold_ids)

    def test_limit_means_nothing_where_accounting_does_not_use_it(self):
        self._set_limit(1)
        self.company.account_use_credit_limit = False
        self.assertFalse(self._import_unpaid().oms_open_hold_ids)
