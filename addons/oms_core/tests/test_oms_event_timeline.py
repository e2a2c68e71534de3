# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestOmsEventTimeline(OmsCommon):
    """One call brings all that the timeline of an order shows."""

    def setUp(self):
        super().setUp()
        self.order = self._create_order(confirm=False)

    def _record(self, count=1, kind="note", **values):
        start = fields.Datetime.to_datetime("2026-01-05 08:00:00")
        self.env["oms.event"]._record(
            [
                {
                    "order": self.order,
                    "kind": kind,
                    "sentence": f"Event {number}",
                    "date": start + timedelta(minutes=number),
                    **values,
                }
                for number in range(count)
            ]
        )

    def _get_timeline(self, **options):
        return self.env["oms.event"].get_timeline(self.order.id, **options)

    def test_newest_event_comes_first(self):
        self._record(3)
        sentences = [event["sentence"] for event in self._get_timeline()["events"]]
        self.assertEqual(sentences, ["Event 2", "Event 1", "Event 0"])

    def test_long_history_comes_in_pages(self):
        self._record(45)
        timeline = self._get_timeline()
        self.assertEqual((len(timeline["events"]), timeline["total"]), (40, 45))

    def test_filter_by_kind_leaves_the_counts_of_all_kinds(self):
        self._record(2, "note")
        self._record(3, "mail")
        timeline = self._get_timeline(kinds=["mail"])
        self.assertEqual({event["kind"] for event in timeline["events"]}, {"mail"})
        self.assertEqual(timeline["total"], 3)
        self.assertEqual(
            {kind: n for kind, _, n in timeline["kinds"]}, {"note": 2, "mail": 3}
        )

    def test_program_that_acted_is_named_before_its_user(self):
        self._record(actor="Router")
        self.assertEqual(self._get_timeline()["events"][0]["who"], "Router")

    def test_event_links_to_its_document(self):
        self.order.action_confirm()
        parcel = self._ship(self.order)
        [event] = self._get_timeline(kinds=["ship"])["events"]
        self.assertEqual(
            (event["document"]["model"], event["document"]["id"]),
            ("stock.picking", parcel.id),
        )

    def test_document_that_the_reader_may_not_open_is_no_link(self):
        self._record(document=self.env["ir.cron"].search([], limit=1))
        user = self._create_user("seller", "sales_team.group_sale_salesman_all_leads")
        events = self.env["oms.event"].with_user(user)
        [event] = events.get_timeline(self.order.id)["events"]
        self.assertFalse(event["document"])

    def test_deleted_document_is_no_link(self):
        task = self.env["res.partner"].create({"name": "Gone"})
        self._record(document=task)
        task.unlink()
        self.assertFalse(self._get_timeline()["events"][0]["document"])

    def test_timeline_of_40_events_needs_no_more_queries_than_5(self):
        self._record(5, document=self.customer)
        self._get_timeline()
        counts = []
        for more in (0, 35):
            self._record(more, document=self.customer)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get_timeline()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
