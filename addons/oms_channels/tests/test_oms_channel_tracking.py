# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import freeze_time, new_test_user

from .test_connector_woocommerce import WooCommon
from .test_oms_channel_outbox import OutboxCommon


class TestTracking(OutboxCommon):
    """Numbers that are written when the parcel is done."""

    def setUp(self):
        super().setUp()
        self.order = self._sell()

    def _leave(self, tracking=False):
        return self._ship(self.order, tracking)

    def _tell(self):
        while self.channel._process_outbox():
            pass

    def _get_numbers(self):
        return [made.numbers for made in self.sold.fulfillments]

    def test_number_that_comes_after_the_parcel_was_told_is_told(self):
        parcel = self._leave()
        self._tell()
        parcel.carrier_tracking_ref = "LATE-1"
        self._tell()
        self.assertEqual(self._get_numbers(), [["LATE-1"]])

    def test_number_that_is_corrected_is_told(self):
        parcel = self._leave("WRONG-1")
        self._tell()
        parcel.carrier_tracking_ref = "RIGHT-1"
        self._tell()
        self.assertEqual(self._get_numbers(), [["RIGHT-1"]])

    def test_number_that_was_taken_back_once_is_told_again(self):
        parcel = self._leave("A")
        for number in ("B", "A", "B"):
            self._tell()
            parcel.carrier_tracking_ref = number
        self._tell()
        self.assertEqual(self._get_numbers(), [["B"]])

    def test_parcel_that_waits_carries_the_number_of_now(self):
        parcel = self._leave()
        parcel.carrier_tracking_ref = "LATE-1"
        self.assertFalse(self._message("tracking"))
        self._tell()
        self.assertEqual(self._get_numbers(), [["LATE-1"]])

    def test_same_number_has_one_message(self):
        parcel = self._leave()
        self._tell()
        for _turn in range(2):
            parcel.carrier_tracking_ref = "LATE-1"
        message = self._message("tracking")
        self.assertEqual(message.key, f"tracking:{parcel.id}:LATE-1")

    def test_number_whose_answer_was_lost_is_told_once(self):
        parcel = self._leave()
        self._tell()
        parcel.carrier_tracking_ref = "LATE-1"
        self.shop.faults.set({"error_5xx_after_effect": {"match": "UpdateTracking"}})
        self.channel._process_outbox()
        lost = self._message("tracking").state
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), hours=1)):
            self._tell()
        self.assertEqual((lost, self._message("tracking").state), ("failed", "done"))
        self.assertEqual(self._get_numbers(), [["LATE-1"]])

    def test_parcel_whose_answer_was_lost_gets_its_number_afterwards(self):
        parcel = self._leave()
        self.shop.faults.set({"error_5xx_after_effect": {"match": "CreateFulfilment"}})
        self.channel._process_outbox()
        parcel.carrier_tracking_ref = "LATE-1"
        self.shop.faults.set({"clear": True})
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), hours=1)):
            self._tell()
        self.assertEqual(self._get_numbers(), [["LATE-1"]])

    def test_number_that_the_shop_was_told_is_in_the_history(self):
        parcel = self._leave()
        self._tell()
        parcel.carrier_tracking_ref = "LATE-1"
        self._tell()
        sentences = self.order.oms_event_ids.mapped("sentence")
        self.assertIn("Test Shop was told the tracking number LATE-1.", sentences)

    def test_number_that_is_removed_before_it_was_told_is_not_told(self):
        parcel = self._leave()
        self._tell()
        for number in ("TYPO-1", False):
            parcel.carrier_tracking_ref = number
        self._tell()
        told = " ".join(self.order.oms_event_ids.mapped("sentence"))
        self.assertEqual(self._get_numbers(), [[]])
        self.assertNotIn("was told the tracking number", told)

    def test_number_that_is_removed_tells_nothing(self):
        parcel = self._leave("A")
        self._tell()
        parcel.carrier_tracking_ref = False
        self.assertFalse(self._message("tracking"))

    def test_parcel_that_the_shop_lost_asks_a_person(self):
        parcel = self._leave("A")
        self._tell()
        self.sold.fulfillments[0].status = "CANCELLED"
        parcel.carrier_tracking_ref = "B"
        self._tell()
        message = self._message("tracking")
        self.assertEqual(message.state, "quarantined")
        self.assertIn("enter the number B there", message.error)

    def test_second_parcel_is_told_when_the_first_got_its_number_late(self):
        self.order.picking_ids.move_ids.quantity = 1
        first = self.order.picking_ids
        first.with_context(skip_backorder=True, skip_sms=True).button_validate()
        self._tell()
        first.carrier_tracking_ref = "LATE-1"
        self._tell()
        self._leave()
        self._tell()
        self.assertEqual(self._get_numbers(), [["LATE-1"], []])
        self.assertEqual(self._message("shipment").mapped("state"), ["done", "done"])

    def test_history_has_the_number_that_was_told(self):
        parcel = self._leave()
        self._tell()
        for number in ("TYPO-1", "LATE-1"):
            parcel.carrier_tracking_ref = number
        self._tell()
        told = [
            sentence
            for sentence in self.order.oms_event_ids.mapped("sentence")
            if "was told" in sentence
        ]
        self.assertEqual([text for text in told if "TYPO-1" in text], [])

    def test_clerk_of_the_warehouse_may_write_it(self):
        clerk = new_test_user(
            self.env, "tracking_clerk", groups="base.group_user,stock.group_stock_user"
        )
        parcel = self._leave()
        self._tell()
        parcel.with_user(clerk).carrier_tracking_ref = "LATE-1"
        self.assertEqual(self._message("tracking").state, "pending")

    def test_channel_that_takes_no_late_number_has_no_message(self):
        parcel = self._leave()
        self._tell()
        self.channel.platform = "file"
        parcel.carrier_tracking_ref = "LATE-1"
        self.assertFalse(self._message("tracking"))

    def test_many_parcels_cost_as_many_queries_as_few(self):
        parcels = self._leave()
        for _turn in range(11):
            parcels |= self._ship(self._sell(), False)
        self._tell()
        counts = []
        for group in (parcels[:1], parcels[1:3], parcels[3:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            group.write({"carrier_tracking_ref": "ONE-FOR-ALL"})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        # The first warms what is looked up once only.
        self.assertEqual(counts[1], counts[2])


class TestTrackingWoo(WooCommon):
    def setUp(self):
        super().setUp()
        self.placed = self._place()
        self.order = self._fetch()

    def _write_late(self):
        parcel = self._ship(self.order, False)
        self._tell()
        parcel.carrier_tracking_ref = "LATE-1"
        return self._tell().filtered(lambda m: m.kind == "tracking")

    def _get_notes(self):
        notes = [note["note"] for note in self.shop.store.notes[self.placed["id"]]]
        return [note for note in notes if "LATE-1" in note]

    def test_late_number_is_noted(self):
        self._write_late()
        self.assertEqual(len(self._get_notes()), 1)

    def test_late_number_told_twice_is_noted_once(self):
        message = self._write_late()
        message.state = "pending"
        self._tell()
        self.assertEqual((message.state, len(self._get_notes())), ("done", 1))

    def test_plugin_for_parcels_gets_the_late_number(self):
        self.shop.store.has_tracking_plugin = True
        self._write_late()
        rows = self.shop.store.trackings[self.placed["id"]]
        self.assertEqual([row["tracking_number"] for row in rows], ["LATE-1"])
