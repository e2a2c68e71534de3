# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestSaleOrderDuplicate(OmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.duplicate_minutes = 30
        cls.now = fields.Datetime.now()

    def _create_sent_order(self, number, minutes=0, lines=None, **values):
        """An order as the channel sends it; ``minutes`` after the first one."""
        return self._create_order(
            lines,
            oms_external_id=f"TEST-{number}",
            oms_external_number=f"#{number}",
            date_order=self.now + timedelta(minutes=minutes),
            **values,
        )

    def _get_suspicions(self, orders):
        return orders.oms_hold_ids.filtered(lambda h: h.type_id.code == "duplicate")

    def test_same_basket_of_the_same_buyer_minutes_later_is_held(self):
        self._create_sent_order(1)
        self.assertTrue(self._get_suspicions(self._create_sent_order(2, minutes=4)))

    def test_first_of_the_two_goes_on(self):
        order = self._create_sent_order(1)
        self._create_sent_order(2)
        self.assertFalse(order.oms_hold_ids)

    def test_duplicate_takes_no_stock(self):
        self._create_sent_order(1)
        self.assertFalse(self._create_sent_order(2).order_line.move_ids)

    def test_hold_names_both_orders(self):
        first = self._create_sent_order(1)
        second = self._create_sent_order(2, minutes=4)
        self.assertEqual(
            self._get_suspicions(second).reason,
            f"{second.name} (#2) has the buyer and the basket of {first.name} (#1), "
            "4 minutes apart",
        )

    def test_hold_leads_to_the_other_order(self):
        first = self._create_sent_order(1)
        hold = self._get_suspicions(self._create_sent_order(2))
        self.assertEqual(hold.action_remedy()["res_id"], first.id)

    def test_other_order_tells_of_it(self):
        first = self._create_sent_order(1)
        second = self._create_sent_order(2)
        notes = first.oms_event_ids.filtered(lambda event: event.kind == "note")
        self.assertIn(f"Order {second.name} (#2) may be a duplicate", notes.sentence)

    def test_orders_that_differ_are_not_suspected(self):
        other = self.env["res.partner"].create({"name": "Bob Buyer"})
        self._create_sent_order(1)
        for name, values in (
            ("quantity", {"lines": [(self.mug, 3)]}),
            ("product", {"lines": [(self.lamp, 2)]}),
            ("one product more", {"lines": [(self.mug, 2), (self.lamp, 1)]}),
            ("buyer", {"partner_id": other.id}),
            ("later than the channel looks", {"minutes": 31}),
        ):
            with self.subTest(name):
                order = self._create_sent_order(name, **values)
                self.assertFalse(self._get_suspicions(order))

    def test_same_buyer_is_known_by_mail_or_phone(self):
        self.customer.write({"email": "ada@example.com", "phone": "+1 (555) 010-9999"})
        self._create_sent_order(1)
        for name, values in (
            ("mail", {"email": "ADA@example.com"}),
            ("phone", {"phone": "15550109999"}),
        ):
            with self.subTest(name):
                buyer = self.env["res.partner"].create({"name": "Ada", **values})
                order = self._create_sent_order(name, partner_id=buyer.id)
                self.assertTrue(self._get_suspicions(order))

    def test_lines_written_apart_are_the_same_basket(self):
        self._create_sent_order(1, lines=[(self.mug, 3), (self.lamp, 1)])
        order = self._create_sent_order(
            2, lines=[(self.lamp, 1), (self.mug, 1), (self.mug, 2)]
        )
        self.assertTrue(self._get_suspicions(order))

    def test_cancelled_order_does_not_count(self):
        self._create_sent_order(1)._action_cancel()
        self.assertFalse(self._get_suspicions(self._create_sent_order(2)))

    def test_channel_that_does_not_look_holds_nothing(self):
        self.channel.duplicate_minutes = 0
        self._create_sent_order(1)
        self.assertFalse(self._get_suspicions(self._create_sent_order(2)))

    def test_released_order_is_not_held_again(self):
        self._create_sent_order(1)
        order = self._create_sent_order(2)
        self._get_suspicions(order)._release("both are wanted")
        order._oms_on_captured()
        self.assertFalse(order.oms_open_hold_ids)

    def test_of_two_in_one_batch_the_later_is_held(self):
        later, earlier = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "oms_channel_id": self.channel.id,
                    "oms_external_id": f"TEST-{minutes}",
                    "date_order": self.now + timedelta(minutes=minutes),
                    "order_line": [Command.create({"product_id": self.mug.id})],
                }
                for minutes in (5, 0)
            ]
        )
        (later | earlier).action_confirm()
        self.assertEqual(self._get_suspicions(later | earlier).order_id, later)

    def test_looking_costs_the_same_for_10_orders_and_for_90(self):
        buyers = self.env["res.partner"].create(
            [{"name": f"Buyer {number}"} for number in range(102)]
        )
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": buyer.id,
                    "oms_channel_id": self.channel.id,
                    "state": "sale",
                    "order_line": [Command.create({"product_id": self.mug.id})],
                }
                for buyer in buyers
            ]
        )
        counts = []
        for some in (orders[:2], orders[2:12], orders[12:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._oms_on_captured()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
