# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import OmsCommon


class TestOmsEvent(OmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order()
        cls.event = cls.env["oms.event"]._record(
            [{"order": cls.order, "kind": "note", "sentence": "The buyer called."}]
        )
        cls.env.flush_all()

    def test_event_names_who_did_it(self):
        self.assertEqual(self.event.user_id, self.env.user)

    def test_event_is_never_changed(self):
        with self.assertRaises(UserError):
            self.event.sentence = "Nobody called."

    @mute_logger("odoo.sql_db")
    def test_database_refuses_to_change_an_event(self):
        with self.assertRaises(CheckViolation):
            self.env.cr.execute(
                "UPDATE oms_event SET sentence = 'x' WHERE id = %s", [self.event.id]
            )

    @mute_logger("odoo.sql_db")
    def test_database_refuses_to_delete_an_event(self):
        with self.assertRaises(CheckViolation):
            self.env.cr.execute("DELETE FROM oms_event WHERE id = %s", [self.event.id])

    def test_history_goes_with_a_deleted_order(self):
        self.order._action_cancel()
        self.order.unlink()
        self.assertFalse(self.event.exists())

    def test_hundred_events_are_written_in_as_many_queries_as_ten(self):
        def count(number):
            values = [
                {"order": self.order, "kind": "note", "sentence": f"call {i}"}
                for i in range(number)
            ]
            before = self.env.cr.sql_log_count
            self.env["oms.event"]._record(values)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(10), count(100))
