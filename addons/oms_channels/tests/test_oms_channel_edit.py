# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from emulators.shopify import orders

from .test_oms_channel_outbox import OutboxCommon


class TestEdit(OutboxCommon):
    def setUp(self):
        super().setUp()
        self.channel.edits_told = "shop"
        self.order = self._sell(lines=[{"sku": "TEST-MUG", "quantity": 3, "price": 10}])
        self.line = self.order.order_line.filtered(lambda ln: ln.product_id == self.mug)

    def _next_transaction(self):
        """Whatever is edited from here on is edited by another call."""
        self.env.flush_all()
        self.env.cr.precommit.data.pop("oms_edit_messages", None)

    def _send(self):
        self._next_transaction()
        self._message("edit").filtered(lambda m: m.state == "failed").next_try = False
        self.channel.outage_until = False
        self.channel._process_outbox()

    def _units(self):
        return [line.current_quantity for line in self.sold.lines]

    # === THE SHOP ===

    def test_units_edited_here_are_edited_in_the_shop(self):
        self.line.product_uom_qty = 2
        self._send()
        self.assertEqual(self._units(), [2])

    def test_edit_heard_back_changes_nothing(self):
        self.line.product_uom_qty = 2
        self._send()
        self.channel._fetch()
        self.channel._process_inbox()
        self.assertEqual(
            (self.line.product_uom_qty, self.order.oms_open_hold_ids.ids), (2, [])
        )

    def test_edit_whose_answer_was_lost_is_done_once(self):
        self.line.product_uom_qty = 2
        self.shop.faults.set(
            {"error_5xx_after_effect": {"times": 1, "match": "OmsCommitEdit"}}
        )
        self._send()
        self._send()
        asked = self._message("edit").filtered(lambda m: m.state != "quarantined")
        self.assertEqual((self._units(), asked.mapped("state")), ([2], ["done"]))

    def test_edit_of_an_edit_reaches_the_shop(self):
        self.line.product_uom_qty = 2
        self._send()
        self.line.product_uom_qty = 4
        self._send()
        self.assertEqual(self._units(), [4])

    def test_edit_that_is_taken_back_reaches_the_shop(self):
        self.line.product_uom_qty = 2
        self._send()
        self.line.product_uom_qty = 3
        self._send()
        self.assertEqual(self._units(), [3])

    def test_edits_of_one_call_are_one_message(self):
        self.line.product_uom_qty = 4
        self.line.product_uom_qty = 5
        self.assertEqual(len(self._message("edit")), 1)

    def test_units_cancelled_here_are_taken_off_in_the_shop(self):
        self.order._oms_cancel_quantities({self.line: 1.0}, "broken")
        self._send()
        self.assertEqual(self._units(), [2])

    def test_money_of_units_taken_off_is_told_to_a_person(self):
        self.order._oms_cancel_quantities({self.line: 1.0}, "broken")
        question = self._message("edit").filtered(lambda m: m.state == "quarantined")
        self.assertIn("more than it costs now", question.error)

    def test_what_a_shop_cannot_be_told_is_told_to_a_person(self):
        self.line.write({"product_uom_qty": 4, "discount": 10})
        states = self._message("edit").sorted("state").mapped("state")
        question = self._message("edit").filtered("error")
        self.assertEqual(states, ["pending", "quarantined"])
        self.assertIn("discount 0 % → 10 %", question.error)
        self.assertNotIn("quantity", question.error)

    def test_change_of_the_shop_that_waits_for_a_person_is_not_edited_away(self):
        order = self._sell(
            lines=[
                {"sku": "TEST-MUG", "quantity": 2, "price": 10},
                {"sku": "TEST-LAMP", "quantity": 1, "price": 25},
            ]
        )
        order.picking_ids.move_ids.picked = True
        mugs, lamps = self.sold.lines
        with self.shop.store.lock:
            wish = {"set": [{"line_id": mugs.id, "quantity": 1}]}
            orders.edit(self.shop.store, self.sold, wish)
        self.channel._fetch()
        self.channel._process_inbox()
        self.assertTrue(order.oms_change_is_asked)
        order.order_line.filtered(lambda ln: ln.product_id == self.lamp).write(
            {"product_uom_qty": 2}
        )
        (row,) = self._message("edit")._get_payload()["lines"]
        self.assertEqual(row[0], str(lamps.id))

    # === A PERSON ===

    def test_person_is_asked_where_the_shop_takes_no_edits(self):
        self.channel.edits_told = "person"
        self.line.product_uom_qty = 2
        message = self._message("edit")
        self.assertEqual((message.state, message.acts), ("quarantined", "clerk"))
        self.assertIn("quantity 3 → 2", message.error)

    def test_question_that_is_tried_again_asks_again(self):
        self.channel.edits_told = "person"
        self.line.product_uom_qty = 2
        message = self._message("edit")
        said = message.error
        message.action_retry()
        self._send()
        self.assertEqual((message.state, message.error), ("quarantined", said))

    def test_question_about_cancelled_units_that_is_tried_again_asks_again(self):
        self.channel.edits_told = "person"
        self.order._oms_cancel_quantities({self.line: 1.0}, "broken")
        message = self._message("cancel")
        message.action_retry()
        self._send()
        self.assertEqual((message.state, message.acts), ("quarantined", "clerk"))

    def test_cancelled_units_are_asked_about_once(self):
        self.channel.edits_told = "person"
        self.order._oms_cancel_quantities({self.line: 1.0}, "broken")
        self.assertFalse(self._message("edit"))

    def test_carrier_is_nobodys_business(self):
        self.channel.edits_told = "person"
        self.order.carrier_id = self.env["delivery.carrier"].search([], limit=1)
        self.assertFalse(self._message("edit"))

    def test_nobody_is_told_where_that_is_wished(self):
        self.channel.edits_told = "nobody"
        self.line.product_uom_qty = 2
        self.assertFalse(self._message("edit"))

    def test_files_have_no_order_that_could_differ(self):
        self.channel.platform = "file"
        self.line.product_uom_qty = 2
        self.assertFalse(self._message("edit"))

    def test_platform_without_an_interface_for_edits_asks_a_person(self):
        self.channel.platform = "woocommerce"
        self.line.product_uom_qty = 2
        self.channel.write({"api_key": "ck_x"})
        self._send()
        pending = self._message("edit").filtered(lambda m: "by hand" in (m.error or ""))
        self.assertIn("quarantined", pending.mapped("state"))

    def test_edits_of_two_and_of_eight_orders_ask_as_often(self):
        counts = []
        for number in (2, 8):
            sold = self.order.browse().union(
                *(self._sell(lines=[{"sku": "TEST-MUG"}]) for _turn in range(number))
            )
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sold._get_oms_unit_edits()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
