# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user

from ..connectors.file import transport
from .common import ChannelCommon

HEAD = "Nr;Datum;Artikel;Menge;Preis;Name"
GOOD = "B-1;31.12.2025;TEST-MUG;2;7,50;Ada Buyer"
BAD = "B-2;31.12.2025;TEST-MUG;viele;7,50;Bob Buyer"
COLUMNS = {
    "external_id": "Nr",
    "placed_at": "Datum",
    "line.sku": "Artikel",
    "line.quantity": "Menge",
    "line.unit_price": "Preis",
    "customer.name": "Name",
}


class FileCommon(ChannelCommon):
    """A channel of files, and a format that a clerk has made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.platform = "file"
        cls.company.currency_id = cls.env.ref("base.USD")

    def _create_format(self, **values):
        given = {
            "name": "Example Stores",
            "channel_id": self.channel.id,
            "kind": "csv",
            "decimal_mark": ",",
            "date_format": "%d.%m.%Y",
            "tz": "Europe/Berlin",
            "currency_id": self.env.ref("base.USD").id,
            "column_ids": [
                (0, 0, {"field_name": name, "source": source})
                for name, source in COLUMNS.items()
            ],
        }
        return self.env["oms.file.format"].create(given | values)

    def _upload(self, *rows, name="orders.csv", content=None):
        content = content or "\n".join([HEAD, *rows]).encode()
        upload = self.env["oms.channel.upload"].create(
            {
                "channel_id": self.channel.id,
                "name": name,
                "content": base64.b64encode(content),
            }
        )
        action = upload.action_upload()
        return self.env["oms.channel.file"].browse(action["res_id"])


class TestFileUpload(FileCommon):
    def setUp(self):
        super().setUp()
        self.format = self._create_format()

    # === IMPORT ===

    def test_file_is_read_by_the_format_of_the_channel(self):
        order = self._upload(GOOD).message_ids.order_id
        self.assertEqual(order.order_line.mapped("price_subtotal"), [15.0])

    def test_format_of_other_names_is_not_used(self):
        self.format.pattern = "invoices_*"
        self.assertEqual(self._upload(GOOD).state, "rejected")

    def test_good_orders_of_a_partly_bad_file_are_imported(self):
        file = self._upload(GOOD, BAD)
        self.assertEqual(
            (file.state, file.order_count, file.bad_count), ("partial", 1, 1)
        )

    def test_refused_rows_are_given_back_with_row_column_and_reason(self):
        file = self._upload(GOOD, BAD)
        text = base64.b64decode(file.rejects).decode("utf-8-sig")
        head, row = text.splitlines()
        self.assertEqual(head, f"{HEAD};error")
        self.assertTrue(row.startswith(BAD))
        self.assertIn("Row 3, column Menge is not a number", row)

    def test_corrected_rows_are_imported(self):
        file = self._upload(GOOD, BAD)
        text = base64.b64decode(file.rejects).decode("utf-8-sig")
        again = self._upload(content=text.replace("viele", "3").encode())
        self.assertEqual((again.state, len(again.message_ids.order_id)), ("done", 1))

    def test_refused_order_is_kept_for_a_person(self):
        states = self._upload(GOOD, BAD).message_ids.sorted("id").mapped("state")
        self.assertEqual(sorted(states), ["done", "quarantined"])

    def test_order_that_the_importer_refuses_is_given_back_too(self):
        self.env.ref("base.EUR").active = False
        self.format.currency_id = self.env.ref("base.EUR")
        self.assertEqual(self._upload(GOOD).state, "rejected")

    def test_same_file_again_is_the_same_file_and_order(self):
        first, second = self._upload(GOOD), self._upload(GOOD, name="again.csv")
        self.assertEqual(first, second)
        self.assertEqual(len(first.message_ids.order_id), 1)

    def test_file_is_imported_once_more_after_the_format_was_corrected(self):
        self.format.date_format = "%m/%d/%Y"
        file = self._upload(GOOD)
        self.format.date_format = "%d.%m.%Y"
        file.action_import()
        self.assertEqual((file.state, file.rejects), ("done", False))

    def test_file_that_is_none_is_rejected_with_a_sentence(self):
        file = self._upload(content=b"\0\1\2", name="orders.pdf")
        self.assertEqual(file.state, "rejected")
        self.assertIn("lacks the columns", file.error)

    def test_too_large_file_is_refused(self):
        self.patch(transport, "LARGEST_FILE", 10)
        with self.assertRaisesRegex(UserError, "20 MB"):
            self._upload(GOOD)

    def test_queries_do_not_grow_with_the_orders(self):
        self._count_queries(1)  # what is looked up once and kept
        few, many = self._count_queries(10), self._count_queries(100)
        self.assertLessEqual(many, few)

    def _count_queries(self, size):
        rows = [GOOD.replace("B-1", f"{size}-{n}") for n in range(size)]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._upload(*rows)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_orders_and_refused_of_a_file_are_a_click_away(self):
        file = self._upload(GOOD, BAD)
        orders = self.env["sale.order"].search(file.action_view_orders()["domain"])
        messages = self.env["oms.channel.message"]
        refused = messages.search(file.action_view_refused()["domain"])
        self.assertEqual(orders, file.message_ids.order_id)
        self.assertEqual(refused.mapped("state"), ["quarantined"])

    def test_refusal_names_order_row_column_and_value(self):
        file = self._upload(GOOD, BAD)
        self.assertEqual(
            file.error, "B-2: Row 3, column Menge is not a number (viele)."
        )

    # === FORMAT ===

    def test_format_says_which_needed_field_no_column_has(self):
        self.assertFalse(self.format.missing)
        self.format.column_ids.filtered(
            lambda column: column.field_name == "line.quantity"
        ).field_name = False
        self.assertEqual(self.format.missing, "Line: quantity")

    def test_field_with_a_fixed_value_is_not_missing(self):
        column = self.format.column_ids.filtered(
            lambda column: column.field_name == "line.quantity"
        )
        column.write({"source": False, "constant": "1"})
        self.assertFalse(self.format.missing)

    def test_column_shows_what_the_sample_says(self):
        self.format.sample = base64.b64encode(f"{HEAD}\n{GOOD}".encode())
        shown = {c.field_name: c.sample_value for c in self.format.column_ids}
        self.assertEqual(shown["line.quantity"], "2")

    def test_each_header_of_a_sample_becomes_a_column_with_its_field(self):
        form = self._create_format(column_ids=False)
        form.sample = base64.b64encode(b"Order Number,Date,SKU,Qty,Price,Aisle\n")
        form.action_suggest_columns()
        self.assertEqual(
            form.column_ids.mapped(lambda column: (column.source, column.field_name)),
            [
                ("Order Number", "external_id"),
                ("Date", "placed_at"),
                ("SKU", "line.sku"),
                ("Qty", "line.quantity"),
                ("Price", "line.unit_price"),
                ("Aisle", False),
            ],
        )

    def test_headers_that_are_there_are_not_added_again(self):
        self.format.sample = base64.b64encode(HEAD.encode())
        before = len(self.format.column_ids)
        self.format.action_suggest_columns()
        self.assertEqual(len(self.format.column_ids), before)

    def test_members_of_a_json_sample_become_columns_of_order_and_line(self):
        sample = {"id": "7", "buyer": {"name": "Ada"}, "rows": [{"sku": "A", "qty": 1}]}
        form = self._create_format(kind="json", lines_path="rows", column_ids=False)
        form.sample = base64.b64encode(json.dumps(sample).encode())
        form.action_suggest_columns()
        found = form.column_ids.mapped(lambda c: (c.source, c.sample_value))
        self.assertEqual(
            found, [("id", "7"), ("buyer/name", "Ada"), ("sku", "A"), ("qty", "1")]
        )

    def test_new_sample_fills_the_form_by_itself(self):
        # The browser sends the name of an uploaded file along with it.
        formats = self.env["oms.file.format"].with_context(
            default_sample_name="harbor_2026.csv"
        )
        with Form(formats) as form:
            form.channel_id = self.channel
            form.sample = base64.b64encode(f"{HEAD}\n{GOOD}".encode()).decode()
        made = form.record
        self.assertEqual(
            (made.name, made.kind, made.pattern, made.column_ids.mapped("source")),
            ("harbor_2026", "csv", "*.csv", HEAD.split(";")),
        )

    def test_sample_that_cannot_be_read_is_told(self):
        form = self._create_format(kind="json")
        form.sample = base64.b64encode(b"no json")
        with self.assertRaisesRegex(UserError, "not JSON"):
            form.action_suggest_columns()

    def test_column_without_a_field_is_passed_over(self):
        self.format.column_ids.create(
            {"format_id": self.format.id, "source": "Regal", "field_name": False}
        )
        order = self._upload(GOOD).message_ids.order_id
        self.assertEqual(order.order_line.mapped("price_subtotal"), [15.0])

    # === TRIAL ===

    def _try(self, *rows):
        self.format.sample = base64.b64encode("\n".join([HEAD, *rows]).encode())
        action = self.format.action_try()
        return self.env["oms.file.trial"].browse(action["res_id"])

    def test_trial_shows_orders_as_they_would_be(self):
        line = self._try(GOOD).line_ids
        self.assertEqual((line.number, line.total), ("B-1", "15.00 USD"))

    def test_trial_shows_row_and_column_of_each_error(self):
        lines = self._try(GOOD, BAD).line_ids
        bad = lines.filtered("error")
        self.assertIn("Row 3, column Menge is not a number", bad.error)

    def test_trial_stores_nothing(self):
        self._try(GOOD, BAD)
        self.assertFalse(self.channel.message_ids)

    def test_trial_of_what_is_no_table_says_why(self):
        self.format.sample = base64.b64encode(b"something else")
        trial = self.env["oms.file.trial"].browse(self.format.action_try()["res_id"])
        self.assertIn("lacks the columns", trial.error)

    # === RIGHTS ===

    def test_user_uploads_and_reads_files_and_changes_no_format(self):
        user = new_test_user(self.env, "clerk_files", "oms_core.group_oms_user")
        with self.with_user("clerk_files"):
            file = self._upload(GOOD)
            self.assertEqual(file.state, "done")
            with self.assertRaises(AccessError):
                self.format.with_user(user).decimal_mark = "."

    def test_files_of_another_company_are_not_seen(self):
        file = self._upload(GOOD)
        other = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(
            self.env,
            "other_files",
            "oms_core.group_oms_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        found = self.env["oms.channel.file"].with_user(user).search([])
        self.assertNotIn(file, found)
