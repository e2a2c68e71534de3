# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.oms_channel_mail import OCCASIONS
from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestOmsBuyerMail(OmsCommon):
    """The buyer is told each thing once, in his language, if the channel says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.mail_ids.enabled = True
        cls.customer.email = "ada@example.com"

    def _get_due(self, orders, occasion=None):
        mails = self.env["oms.buyer.mail"].search([("order_id", "in", orders.ids)])
        return mails.filtered(lambda m: not occasion or m.occasion == occasion)

    def _write_due(self, orders, occasion):
        due = self._get_due(orders, occasion)
        due._write_mails()
        return due

    def _refund(self, order):
        invoice = self._invoice(order)
        refund = invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
        refund.action_post()

    def _deliver(self, order):
        parcel = self._ship(order)
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "delivery",
                    "sentence": "Delivered.",
                    "document": parcel,
                }
            ]
        )

    def _delay(self, order):
        late = fields.Datetime.now() - timedelta(days=2)
        order._write_oms_promises({order: (late, late.date(), False)})
        self.env["sale.order"]._cron_queue_delays()

    # === OCCASIONS ===

    def test_each_occasion_writes_one_mail_with_number_and_button(self):
        steps = {
            "capture": lambda order: None,
            "shipment": self._ship,
            "delivery": self._deliver,
            "delay": self._delay,
            "refund": self._refund,
            "cancel": lambda order: order._action_cancel(),
        }
        self.assertEqual(set(steps), {occasion for occasion, _ in OCCASIONS})
        for occasion, step in steps.items():
            with self.subTest(occasion):
                order = self._create_order()
                step(order)
                due = self._write_due(order, occasion)
                self.assertEqual(due.state, "written")
                mail = due.mail_id
                self.assertEqual(mail.state, "outgoing")
                self.assertEqual(mail.recipient_ids, self.customer)
                self.assertIn(order.name, mail.subject)
                self.assertIn(order._get_oms_portal_url(), mail.body_html)

    def test_shipment_mail_lists_the_parcel_with_pictures_and_tracking(self):
        order = self._create_order([(self.mug, 2), (self.lamp, 1)])
        self._ship(order, tracking="TRACK-55")
        body = self._write_due(order, "shipment").mail_id.body_html
        self.assertIn("TRACK-55", body)
        self.assertIn(f"/image/{self.mug.id}?access_token=", body)
        self.assertIn("2 × Test-Mug", body)

    def test_written_mail_is_in_the_history_but_not_on_the_buyers_page(self):
        order = self._create_order()
        self._write_due(order, "capture")
        event = order.oms_event_ids.filtered(lambda e: e.kind == "mail")
        self.assertIn("ada@example.com", event.sentence)
        self.assertFalse(event.buyer_visible)

    def test_mail_is_queued_and_not_written_where_it_happens(self):
        order = self._create_order()
        due = self._get_due(order, "capture")
        self.assertEqual(due.state, "queued")
        self.assertFalse(due.mail_id)

    # === ONCE ===

    def test_no_second_mail_for_the_same_thing(self):
        order = self._create_order()
        due = self._write_due(order, "capture")
        values = {"order": order, "occasion": "capture", "document": order}
        self.env["oms.buyer.mail"]._queue([values, values])
        self.assertEqual(self._get_due(order, "capture"), due)
        self.assertEqual(due.state, "written")

    def test_each_parcel_has_its_own_mail(self):
        order = self._create_order([(self.mug, 2)])
        first = order.picking_ids
        first.move_ids.quantity = 1
        first.move_ids.picked = True
        first._action_done()
        self._ship(order, tracking="SECOND")
        self.assertEqual(len(self._get_due(order, "shipment")), 2)

    def test_later_day_that_is_promised_anew_is_told(self):
        order = self._create_order()
        later = order.oms_deliver_by + timedelta(days=5)
        order._oms_promise_anew("lorry broke", order.oms_ship_by, later)
        self.assertEqual(self._get_due(order, "delay").state, "queued")

    def test_earlier_day_that_is_promised_anew_is_no_delay(self):
        order = self._create_order()
        earlier = order.oms_deliver_by - timedelta(days=1)
        order._oms_promise_anew("quicker", order.oms_ship_by, earlier)
        self.assertFalse(self._get_due(order, "delay"))

    def test_order_that_stays_late_is_told_once(self):
        order = self._create_order()
        self._delay(order)
        self._delay(order)
        self.assertEqual(len(self._get_due(order, "delay")), 1)

    # === WHETHER ===

    def test_occasion_that_is_switched_off_queues_nothing(self):
        self.channel.mail_ids.filtered(
            lambda setting: setting.occasion == "shipment"
        ).enabled = False
        order = self._create_order()
        self._ship(order)
        self.assertTrue(self._get_due(order, "capture"))
        self.assertFalse(self._get_due(order, "shipment"))

    def test_mails_are_on_at_first_where_nobody_else_writes(self):
        for kind, expected in [
            ("webshop", False),
            ("marketplace", False),
            ("store", False),
            ("wholesale", True),
            ("phone", True),
        ]:
            channel = self.env["oms.channel"].create(
                {"name": kind, "code": f"new_{kind}", "kind": kind}
            )
            self.assertEqual(set(channel.mail_ids.mapped("enabled")), {expected}, kind)
            self.assertEqual(len(channel.mail_ids), len(OCCASIONS))

    def test_history_that_is_imported_is_no_news(self):
        long_ago = fields.Datetime.now() - timedelta(days=30)
        order = self._create_order(confirm=False, date_order=long_ago)
        self.env["oms.event"]._record(
            [{"order": order, "kind": "capture", "sentence": "Captured."}]
        )
        self.assertFalse(self._get_due(order))

    def test_customer_without_address_is_skipped_with_the_reason(self):
        self.customer.email = False
        due = self._write_due(self._create_order(), "capture")
        self.assertEqual(due.state, "skipped")
        self.assertIn("no e-mail address", due.reason)

    def test_broken_template_fails_alone_and_can_be_queued_again(self):
        setting = self.channel.mail_ids.filtered(lambda s: s.occasion == "shipment")
        broken = setting.template_id.copy()
        setting.template_id = broken
        order = self._create_order()
        self._ship(order)
        self.env.cr.execute(
            "UPDATE mail_template SET subject = %s WHERE id = %s",
            ('{"en_US": "{{ object.no_such_field }}"}', broken.id),
        )
        broken.invalidate_recordset()
        self._get_due(order)._write_mails()
        self.assertEqual(self._get_due(order, "capture").state, "written")
        failed = self._get_due(order, "shipment")
        self.assertEqual(failed.state, "failed")
        failed.action_retry()
        self.assertEqual(failed.state, "queued")

    def test_template_of_another_kind_of_document_is_refused(self):
        setting = self.channel.mail_ids.filtered(lambda s: s.occasion == "capture")
        with self.assertRaisesRegex(ValidationError, "sale.order"):
            setting.template_id = self.env.ref("oms_core.mail_template_shipment")

    # === LANGUAGE ===

    def test_mail_is_in_the_buyers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("oms_core.mail_template_capture")
        template.with_context(lang="fr_FR").subject = "Votre commande {{ object.name }}"
        french = self.customer.copy({"lang": "fr_FR", "email": "f@example.com"})
        orders = self._create_order() | self._create_order(partner_id=french.id)
        due = self._write_due(orders, "capture")
        subjects = dict(zip(due.order_id, due.mail_id, strict=True))
        self.assertIn("We have your order", subjects[orders[0]].subject)
        self.assertIn("Votre commande", subjects[orders[1]].subject)

    # === BATCH ===

    def _count(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.cr.sql_log_count - start

    def test_queueing_costs_the_same_for_5_orders_and_for_40(self):
        self.channel.mail_ids.enabled = False
        orders = self.env["sale.order"].concat(
            *(self._create_order(confirm=False) for _ in range(46))
        )
        self.channel.mail_ids.enabled = True

        def queue(some):
            self.env["oms.buyer.mail"]._queue(
                [
                    {"order": order, "occasion": "capture", "document": order}
                    for order in some
                ]
            )

        queue(orders[:1])
        few = self._count(lambda: queue(orders[1:6]))
        self.assertEqual(few, self._count(lambda: queue(orders[6:46])))

    def test_writing_costs_no_queries_but_those_of_the_rows(self):
        orders = self.env["sale.order"].concat(
            *(self._create_order() for _ in range(46))
        )
        due = self._get_due(orders, "capture")
        due[:1]._write_mails()
        few = self._count(due[1:6]._write_mails)
        self.assertEqual(few, self._count(due[6:46]._write_mails))

    def test_switched_off_mails_cost_one_query_for_the_batch(self):
        self.channel.mail_ids.enabled = False
        orders = self.env["sale.order"].concat(
            *(self._create_order(confirm=False) for _ in range(3))
        )
        orders.mapped("date_order")
        values_list = [
            {"order": order, "occasion": "capture", "document": order}
            for order in orders
        ]
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["oms.buyer.mail"]._queue(values_list)
