# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Watched folders, and answers that go back through them."""

import os
import shutil
import tempfile
from pathlib import Path

from tests.unit.mappers.file import samples

from ..connectors.file import edifact_syntax, x12_syntax
from ..models import oms_channel_files
from .test_file_upload import BAD, GOOD, HEAD, FileCommon


class FolderCommon(FileCommon):
    def setUp(self):
        super().setUp()
        root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, root)
        self.patch(os, "environ", os.environ | {oms_channel_files.VARIABLE: str(root)})
        self.patch(oms_channel_files, "QUIET_SECONDS", -5)
        self.channel.write({"file_source": "folder", "file_folder": "shop"})
        self.base = root / "shop"
        self.channel._collect_files()

    def _put(self, name, content):
        (self.base / "in" / name).write_bytes(content)

    def _list(self, folder):
        return sorted(path.name for path in (self.base / folder).iterdir())

    def _run(self):
        """What the jobs do one after another."""
        self.channel._collect_files()
        while self.channel._import_files():
            pass
        self.channel._collect_files()


class TestWatchedFolder(FolderCommon):
    def setUp(self):
        super().setUp()
        self._create_format()

    def _table(self, *rows):
        return "\n".join([HEAD, *rows]).encode()

    def test_file_of_the_folder_becomes_orders(self):
        self._put("a.csv", self._table(GOOD))
        self._run()
        self.assertEqual(self.channel.file_ids.message_ids.order_id.amount_untaxed, 15)

    def test_imported_file_is_put_away(self):
        self._put("a.csv", self._table(GOOD))
        self._run()
        self.assertEqual(self._list("processed"), [f"{self.channel.file_ids.id}-a.csv"])
        self.assertEqual(self._list("in") + self._list("processing"), [])

    def test_refused_rows_are_put_beside_it(self):
        self._put("a.csv", self._table(GOOD, BAD))
        self._run()
        (name,) = self._list("rejected")
        self.assertIn(b"viele", (self.base / "rejected" / name).read_bytes())

    def test_file_that_is_none_is_put_with_the_rejected(self):
        self._put("a.bin", b"\0\1")
        self._run()
        self.assertEqual(len(self._list("rejected")), 1)

    def test_file_stays_until_it_is_known_what_became_of_it(self):
        self._put("a.csv", self._table(GOOD))
        self.channel._collect_files()
        self.assertEqual(self._list("processing"), ["a.csv"])

    def test_file_left_by_a_crash_is_taken_up_again(self):
        self._put("a.csv", self._table(GOOD))
        os.replace(self.base / "in" / "a.csv", self.base / "processing" / "a.csv")
        self._run()
        self.assertEqual(len(self.channel.file_ids.message_ids.order_id), 1)

    def test_new_file_of_the_same_name_does_not_replace_the_claimed_one(self):
        self._put("a.csv", self._table(GOOD))
        self.channel._collect_files()
        self._put("a.csv", self._table(GOOD.replace("B-1", "B-9")))
        self._run()
        self._run()
        self.assertEqual(len(self.channel.file_ids.message_ids.order_id), 2)

    def test_same_content_again_is_put_away_and_imported_once(self):
        for name in ("a.csv", "b.csv"):
            self._put(name, self._table(GOOD))
            self._run()
        self.assertEqual(len(self.channel.file_ids), 1)
        self.assertEqual(len(self._list("processed")), 2)

    def test_folder_outside_is_told_on_the_channel(self):
        self.channel.file_folder = "../elsewhere"
        self.channel._collect_files()
        self.assertIn("not below", self.channel.last_error)

    def test_server_without_a_root_says_what_to_set(self):
        os.environ.pop(oms_channel_files.VARIABLE)
        self.channel._collect_files()
        self.assertIn("oms_files_root", self.channel.last_error)


class TestFileAnswers(FolderCommon):
    def setUp(self):
        super().setUp()
        self.channel.answers_files = True
        self.env.ref("base.EUR").active = True
        for product, sku in ((self.mug, "MUG"), (self.lamp, "LAMP")):
            product.default_code = sku
            self._add_stock(product, 100)

    def _receive(self, kind):
        self._put(f"order.{kind}", samples.FILES[kind][0])
        self._run()
        files = self.channel.file_ids.filtered(lambda file: file.direction == "in")
        # Nobody has paid: a clerk knows that this buyer pays later.
        files.message_ids.order_id.oms_open_hold_ids._release("On account.")
        return files.message_ids

    def _tell(self):
        while self.channel._process_outbox():
            pass

    def _read(self, name):
        content = (self.base / "out" / name).read_bytes()
        if name.endswith(".edi"):
            return edifact_syntax.read_messages(content)[0]
        return x12_syntax.read_transactions(content)[0]

    def test_edifact_order_is_answered_at_its_confirmation(self):
        order = self._receive("edifact").order_id
        self.assertEqual(order.state, "sale")
        self._tell()
        (name,) = self._list("out")
        self.assertEqual(self._read(name).kind, "ORDRSP")

    def test_x12_order_is_answered_with_an_855(self):
        self._receive("x12")
        self._tell()
        (name,) = self._list("out")
        self.assertEqual(self._read(name).kind, "855")

    def test_order_on_hold_is_answered_when_it_is_released(self):
        order = self._receive("edifact").order_id
        hold = self._hold(order, "manual")
        self._tell()
        self.assertEqual(self._list("out"), [])
        self.assertTrue(hold.is_open)
        hold._release("Asked.")
        self.channel.message_ids.filtered(lambda m: m.kind == "response").action_retry()
        self._tell()
        self.assertEqual(len(self._list("out")), 1)

    def test_parcel_is_told_with_its_units(self):
        order = self._receive("edifact").order_id
        self._ship(order)
        self._tell()
        kinds = sorted(self._read(name).kind for name in self._list("out"))
        self.assertEqual(kinds, ["DESADV", "ORDRSP"])

    def test_answer_that_is_repeated_is_one_file(self):
        self._receive("edifact")
        self._tell()
        self.channel.message_ids.filtered(
            lambda m: m.kind == "response"
        ).state = "pending"
        self._tell()
        self.assertEqual(len(self._list("out")), 1)

    def test_answer_waits_while_the_folder_is_away(self):
        self._receive("edifact")
        shutil.rmtree(self.base)
        self.base.write_text("no folder")
        self._tell()
        message = self.channel.message_ids.filtered(lambda m: m.kind == "response")
        self.assertIn(message.state, ("failed", "quarantined"))
        self.base.unlink()
        message.action_retry()
        self._tell()
        self.assertEqual((message.state, len(self._list("out"))), ("done", 1))

    def test_channel_that_does_not_answer_writes_nothing(self):
        self.channel.answers_files = False
        self._receive("edifact")
        self._tell()
        self.assertEqual(self._list("out"), [])
