# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestOmsCancelReason(OmsCommon):
    """Why orders are cancelled can be counted, whoever cancels them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fraud = cls.env.ref("oms_core.cancel_reason_fraud")
        cls.other = cls.env.ref("oms_core.cancel_reason_other")
        cls.unwanted = cls.env.ref("oms_core.cancel_reason_buyer_changed_mind")
        cls.clerk = cls._create_user("clerk", "oms_core.group_oms_user")

    def _get_cancel_event(self, order):
        return order.oms_event_ids.filtered(lambda event: event.kind == "cancel")

    def _cancel_by_api(self, order, *args, **kwargs):
        [answer] = self.env["oms.api"].cancel_orders([order.name], *args, **kwargs)
        return answer

    # === ORDERS ===

    def test_cancelled_order_has_its_reason(self):
        order = self._create_order()
        order._oms_cancel("card of a third person", self.fraud)
        self.assertEqual(order.oms_cancel_reason_id, self.fraud)

    def test_history_has_reason_words_and_code(self):
        order = self._create_order()
        order._oms_cancel("card of a third person", self.fraud)
        event = self._get_cancel_event(order)
        self.assertIn("Suspected fraud: card of a third person", event.sentence)
        self.assertEqual(event.data["code"], "fraud")

    def test_other_is_told_by_its_words_alone(self):
        self.assertEqual(self.other._tell("too slow"), "too slow")

    def test_order_that_is_a_quotation_again_has_no_reason(self):
        order = self._create_order()
        order._oms_cancel(reason=self.fraud)
        order.action_draft()
        self.assertFalse(order.oms_cancel_reason_id)

    def test_refused_order_has_no_reason(self):
        order = self._create_order()
        self._ship(order)
        with self.assertRaises(UserError), self.cr.savepoint():
            order._oms_cancel(reason=self.fraud)
        self.assertFalse(order.oms_cancel_reason_id)

    def test_cancelled_units_are_noted_with_the_reason(self):
        order = self._create_order([(self.mug, 2)])
        order._oms_cancel_quantities({order.order_line: 1}, "", self.unwanted)
        event = self._get_cancel_event(order)
        self.assertEqual(event.data["code"], "buyer_changed_mind")
        self.assertFalse(order.oms_cancel_reason_id)

    # === DIALOG ===

    def test_dialog_asks_for_the_reason(self):
        order = self._create_order([(self.mug, 2)])
        wizard = self.env["oms.order.cancel"].with_user(self.clerk)
        form = Form(wizard.with_context(default_order_id=order.id))
        with self.assertRaisesRegex(AssertionError, "reason_id"):
            form.save()
        form.reason_id = self.unwanted
        form.note = "found it cheaper"
        dialog = form.save()
        dialog.action_fill()
        dialog.action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(order.oms_cancel_reason_id, self.unwanted)

    # === API ===

    def test_program_names_the_reason_by_its_code(self):
        order = self._create_order()
        answer = self._cancel_by_api(order, "fraud", note="card of a third person")
        self.assertEqual(answer["result"], "cancelled")
        self.assertEqual(order.oms_cancel_reason_id, self.fraud)
        self.assertIn("card of a third person", self._get_cancel_event(order).sentence)

    def test_words_of_a_program_count_as_other(self):
        order = self._create_order()
        self._cancel_by_api(order, "the buyer changed her mind")
        self.assertEqual(order.oms_cancel_reason_id, self.other)
        self.assertEqual(
            self._get_cancel_event(order).data["reason"], "the buyer changed her mind"
        )

    def test_archived_reason_is_taken_as_words(self):
        self.fraud.active = False
        order = self._create_order()
        self._cancel_by_api(order, "fraud")
        self.assertEqual(order.oms_cancel_reason_id, self.other)

    # === BUYERS ===

    def test_buyer_chooses_among_the_reasons_that_are_offered(self):
        self.channel.buyer_cancel = "picking"
        order = self._create_order()
        choices = order._prepare_oms_cancel_action()["choices"]["options"]
        self.assertIn(("buyer_changed_mind", "No longer wanted"), choices)
        self.assertNotIn("fraud", dict(choices))
        order._oms_cancel_by_buyer("buyer_changed_mind")
        self.assertEqual(order.oms_cancel_reason_id, self.unwanted)

    def test_reason_that_buyers_may_not_choose_is_none(self):
        self.channel.buyer_cancel = "picking"
        order = self._create_order()
        order._oms_cancel_by_buyer("fraud")
        self.assertEqual(order.state, "cancel")
        self.assertFalse(order.oms_cancel_reason_id)

    # === DATA ===

    def test_two_reasons_do_not_share_a_code(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.fraud.copy({"code": "fraud"})

    def test_reason_counts_its_orders_and_opens_them(self):
        order = self._create_order()
        order._oms_cancel(reason=self.fraud)
        domain = self.fraud.action_view_orders()["domain"]
        self.assertIn(order, self.env["sale.order"].search(domain))
        self.assertEqual(
            self.fraud.order_count, self.env["sale.order"].search_count(domain)
        )
