# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .common import OmsCommon

FEW, MANY = 5, 30


@tagged("post_install", "-at_install")
class TestPaymentTransaction(OmsCommon):
    """Money that is paid online with Odoo is known on the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        methods = cls.env.registry["account.payment.method"]
        known = methods._get_payment_method_information
        patcher = patch.object(
            methods,
            "_get_payment_method_information",
            lambda method: (
                known(method) | {"none": {"mode": "multi", "type": ("bank",)}}
            ),
        )
        cls.startClassPatcher(patcher)
        providers = cls.env.registry["payment.provider"]
        cls.startClassPatcher(
            patch.object(
                providers,
                "_compute_feature_support_fields",
                lambda records: records.write({"support_manual_capture": "partial"}),
            )
        )
        journal = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["account.payment.method"].create(
            {"name": "Test Pay", "code": "none", "payment_type": "inbound"}
        )
        cls.provider = cls.env["payment.provider"].create(
            {"name": "Test Pay", "code": "none", "state": "test"}
        )
        cls.provider.journal_id = journal
        cls.order = cls._create_order()

    @classmethod
    def _pay(cls, orders=None, **values):
        orders = cls.order if orders is None else orders
        return cls.env["payment.transaction"].create(
            {
                "provider_id": cls.provider.id,
                "payment_method_id": cls.env.ref("payment.payment_method_card").id,
                "reference": f"TX-{orders[:1].id}",
                "amount": sum(orders.mapped("amount_total")),
                "currency_id": cls.order.currency_id.id,
                "partner_id": cls.customer.id,
                "sale_order_ids": [Command.set(orders.ids)],
                "last_state_change": "2026-01-01 10:00:00",
                **values,
            }
        )

    def _get_kinds(self):
        return self.order.oms_payment_ids.mapped("kind")

    # === STATE ===

    def test_pending_payment_is_no_money(self):
        self._pay()._set_pending()
        self.assertEqual(self.order.oms_payment_state, "unpaid")

    def test_authorised_payment_secures_the_order(self):
        self._pay()._set_authorized()
        self.assertEqual(self.order.oms_payment_state, "authorised")

    def test_authorisation_let_go_secures_nothing(self):
        transaction = self._pay()
        transaction._set_authorized()
        transaction._set_canceled()
        self.assertEqual(self.order.oms_payment_state, "unpaid")

    def test_done_payment_pays_the_order(self):
        self._pay()._set_done()
        self.assertEqual(self.order.oms_payment_state, "paid")

    def test_payment_given_up_says_nothing(self):
        self._pay()._set_canceled()
        self.assertFalse(self.order.oms_payment_ids)

    def test_payment_told_twice_is_known_once(self):
        transaction = self._pay()
        transaction._set_done()
        transaction._set_done()
        self.assertEqual(self._get_kinds(), ["capture"])

    def test_money_taken_in_parts_is_counted_once(self):
        transaction = self._pay()
        transaction._set_authorized()
        for share in (5.0, transaction.amount - 5.0):
            transaction._create_child_transaction(share)._set_done()
        captures = self.order.oms_payment_ids.filtered(lambda p: p.kind == "capture")
        self.assertEqual(
            (transaction.state, sum(captures.mapped("amount"))),
            ("done", self.order.amount_total),
        )

    def test_refund_of_the_provider_is_known_on_the_order(self):
        transaction = self._pay()
        transaction._set_done()
        transaction._create_child_transaction(5.0, is_refund=True)._set_done()
        self.assertEqual(self.order.oms_payment_state, "partially_refunded")

    def test_payment_of_several_orders_is_left_to_a_person(self):
        other = self._create_order()
        self._pay(self.order | other)._set_done()
        self.assertFalse((self.order | other).oms_payment_ids)

    def test_history_says_how_much_was_paid_with_whom(self):
        self._pay()._set_done()
        event = self.order.oms_event_ids.filtered(lambda e: e.kind == "payment")
        total = self.order.currency_id.format(self.order.amount_total)
        self.assertEqual(
            event.sentence, f"{total} paid with Test Pay (TX-{self.order.id})."
        )

    # === LEDGER ===

    def test_payment_is_booked_by_odoo_alone(self):
        transaction = self._pay()
        transaction._set_done()
        self._invoice(self.order)
        self.assertFalse(self.order.oms_payment_ids.payment_id)

    def test_payment_of_odoo_pays_the_invoice_that_comes_later(self):
        transaction = self._pay()
        transaction._set_done()
        transaction._post_process()
        self.assertEqual(self._invoice(self.order).amount_residual, 0.0)

    def test_order_leads_to_the_payment_that_odoo_has_booked(self):
        transaction = self._pay()
        transaction._set_done()
        transaction._post_process()
        self.assertEqual(self.order.oms_payment_ids.payment_id, transaction.payment_id)

    # === VOLUME ===

    def test_recording_30_payments_costs_as_many_queries_as_5(self):
        counts = []
        for size in (1, FEW, MANY):  # the first fills caches
            orders = self.env["sale.order"].union(
                *(self._create_order() for _number in range(size))
            )
            transactions = self.env["payment.transaction"].union(
                *(self._pay(order) for order in orders)
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            transactions._update_state(("draft",), "done", "")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])
