# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from odoo.addons.queue_job.tests.common import trap_jobs

from odoo.addons.oms_core.models.order_work import oms_bulk_action_line

from .common import OmsCommon


def write_pages(number):
    writer, file = PdfFileWriter(), io.BytesIO()
    for _page in range(number):
        writer.addBlankPage(100, 100)
    writer.write(file)
    return file.getvalue()


@tagged("post_install", "-at_install")
class TestOmsBulkAction(OmsCommon):
    """The same for many orders, with a result for each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("clerk", "oms_core.group_oms_user")
        cls._add_stock(cls.mug, 100)
        cls.no_stock = cls.env.ref("oms_core.cancel_reason_out_of_stock")

    def _create_orders(self, number):
        return self.env["sale.order"].concat(
            *(self._create_order([(self.mug, 1)]) for _n in range(number))
        )

    def _start(self, orders, kind, **values):
        action = orders.with_user(self.clerk).action_oms_bulk()
        self.assertNotIn("context", action)
        wizard = self.env["oms.bulk.start"].with_user(self.clerk)
        with Form(wizard.browse(action["res_id"])) as form:
            form.kind = kind
            for name, value in values.items():
                setattr(form, name, value)
        opened = wizard.browse(action["res_id"]).action_start()
        return self.env["oms.bulk.action"].browse(opened["res_id"])

    def test_orders_are_put_on_hold(self):
        orders = self._create_orders(3)
        bulk = self._start(orders, "hold", reason="strike")
        self.assertEqual(set(orders.mapped("oms_state")), {"on_hold"})
        self.assertEqual((bulk.done_count, bulk.progress), (3, 100))

    def test_quotations_are_confirmed(self):
        orders = self.env["sale.order"].concat(
            *(self._create_order([(self.mug, 1)], confirm=False) for _n in range(3))
        )
        orders |= self._create_order([(self.mug, 1)])
        bulk = self._start(orders, "confirm")
        self.assertEqual(set(orders.mapped("oms_state")), {"allocated"})
        self.assertEqual(bulk.state, "done")

    def test_cancelled_order_is_not_confirmed(self):
        order = self._create_order([(self.mug, 1)])
        order._oms_cancel(reason=self.no_stock)
        bulk = self._start(order, "confirm")
        self.assertIn("is cancelled", bulk.line_ids.message)

    def test_holds_are_released(self):
        orders = self._create_orders(2)
        self._hold(orders, "manual")
        self._start(orders, "release", reason="over")
        self.assertEqual(set(orders.mapped("oms_state")), {"allocated"})

    def test_orders_are_cancelled(self):
        orders = self._create_orders(2)
        self._start(orders, "cancel", cancel_reason_id=self.no_stock)
        self.assertEqual(set(orders.mapped("oms_state")), {"cancelled"})

    def test_carrier_is_set_on_orders_and_transfers(self):
        orders = self._create_orders(2)
        carrier = self.env["delivery.carrier"].create(
            {"name": "Post", "product_id": self._create_product("TEST-POST").id}
        )
        self._start(orders, "carrier", carrier_id=carrier)
        self.assertEqual(orders.picking_ids.carrier_id, carrier)

    def test_priority_is_set(self):
        orders = self._create_orders(2)
        self._start(orders, "priority", priority="2")
        self.assertEqual(orders.mapped("oms_priority"), ["2", "2"])

    def test_tags_are_added(self):
        orders = self._create_orders(2)
        tag = self.env["crm.tag"].create({"name": "Test VIP"})
        bulk = self.env["oms.bulk.action"].with_user(self.clerk)
        bulk._start({"name": "x", "kind": "tag", "tag_ids": tag.ids}, orders.ids)
        self.assertEqual(orders.tag_ids, tag)

    def _print(self, kind, batch):
        """A bulk action on three orders, each a page, and what was rendered."""
        orders = self._create_orders(3)
        calls = []

        def render(_report, name, ids):
            calls.append((name, len(ids)))
            return write_pages(len(ids)), "pdf"

        reports = type(self.env["ir.actions.report"])
        with (
            patch.object(oms_bulk_action_line, "BATCH", batch),
            patch.object(reports, "_render_qweb_pdf", render),
            trap_jobs() as trap,
        ):
            bulk = self._start(orders, kind)
            trap.perform_enqueued_jobs()
        bulk.invalidate_recordset()
        return bulk, calls

    def test_pick_lists_of_all_batches_are_one_file(self):
        bulk, calls = self._print("print", 2)
        name = "oms_core.report_pick_list"
        self.assertEqual(calls, [(name, 2), (name, 1)])
        self.assertEqual(bulk.print_count, 2)
        url = bulk.with_user(self.clerk).action_download()["url"]
        self.assertIn(str(bulk.print_ids.id), url)
        whole = PdfFileReader(io.BytesIO(bulk.print_ids.raw))
        self.assertEqual(len(whole.pages), 3)

    def test_packing_slips_start_no_picking(self):
        bulk, calls = self._print("slip", 3)
        self.assertEqual(calls, [("oms_core.report_packing_slip", 3)])
        self.assertFalse(any(bulk.line_ids.order_id.picking_ids.mapped("printed")))

    def test_nothing_printed_is_nothing_to_download(self):
        orders = self._create_orders(1)
        self._ship(orders)
        bulk = self._start(orders, "print")
        self.assertIn("no open transfer", bulk.line_ids.message)
        with self.assertRaisesRegex(UserError, "is printed yet"):
            bulk.action_download()

    def test_refused_order_is_told_why_and_spoils_no_other(self):
        orders = self._create_orders(5)
        self._ship(orders[2])
        bulk = self._start(orders, "cancel", cancel_reason_id=self.no_stock)
        self.assertEqual(
            bulk.line_ids.mapped("result"), ["done", "done", "refused", "done", "done"]
        )
        self.assertIn("has shipped", bulk.line_ids[2].message)
        self.assertEqual(bulk.state, "refusals")

    def test_refused_ones_are_tried_again(self):
        orders = self._create_orders(2)
        kind = self.env.ref("oms_core.hold_type_manual")
        kind.blocks_cancel = True
        hold = self._hold(orders[0], "manual")
        bulk = self._start(orders, "cancel", cancel_reason_id=self.no_stock)
        hold._release("over")
        bulk.with_user(self.clerk).action_retry()
        self.assertEqual(bulk.line_ids.mapped("result"), ["done", "done"])

    def test_many_orders_are_jobs_of_one_batch_each(self):
        orders = self._create_orders(5)
        with (
            patch.object(oms_bulk_action_line, "BATCH", 2),
            trap_jobs() as trap,
        ):
            bulk = self._start(orders, "hold", reason="strike")
            self.assertEqual((bulk.state, bulk.progress), ("running", 0))
            trap.assert_jobs_count(3)
            trap.perform_enqueued_jobs()
        bulk.invalidate_recordset()
        self.assertEqual((bulk.state, bulk.done_count), ("done", 5))

    def test_batch_repeated_after_a_crash_does_nothing_twice(self):
        orders = self._create_orders(2)
        bulk = self._start(orders, "hold", reason="strike")
        bulk.line_ids._run()
        self.assertEqual(len(orders.oms_hold_ids), 2)

    def test_user_starts_nothing_on_orders_he_may_not_see(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self.clerk.write({"company_ids": [(6, 0, company.ids)], "company_id": company})
        wizard = (
            self.env["oms.bulk.start"]
            .with_user(self.clerk)
            .with_context(allowed_company_ids=company.ids)
            .create({"order_ids": self._create_orders(1).ids, "kind": "cancel"})
        )
        with self.assertRaisesRegex(UserError, "No order is selected"):
            wizard.action_start()

    def test_results_are_written_by_nobody(self):
        bulk = self._start(self._create_orders(1), "hold", reason="strike")
        with self.assertRaises(AccessError):
            bulk.line_ids.with_user(self.clerk).write({"result": "refused"})

    def test_priority_of_40_orders_costs_what_that_of_10_costs(self):
        def count(number):
            orders = self._create_orders(number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._start(orders, "priority", priority="2")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        few = count(10)
        self.assertLessEqual(count(40), few)
