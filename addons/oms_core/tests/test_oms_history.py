# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.tools import mute_logger

from .common import OmsCommon


class TestOmsHistory(OmsCommon):
    """What happens to an order is one event each, told by who did it."""

    def _tell(self, orders, kind):
        events = orders.oms_event_ids.filtered(lambda event: event.kind == kind)
        return events.sorted("id").mapped("sentence")

    # === RESERVATION ===

    def test_reservation_is_one_event(self):
        order = self._create_order([(self.mug, 2), (self.lamp, 1)])
        self.assertEqual(
            self._tell(order, "reserve"), ["Reserved at Test East: 3 units."]
        )

    def test_reservation_in_part_says_what_is_missing(self):
        order = self._create_order([(self.mug, 12)])
        self.assertEqual(
            self._tell(order, "reserve"),
            ["Reserved in part at Test East: 10 of 12 units."],
        )

    def test_nothing_reserved_is_no_event(self):
        order = self._create_order([(self._create_product("TEST-NONE"), 1)])
        self.assertEqual(self._tell(order, "reserve"), [])

    def test_goods_that_come_later_are_another_event(self):
        order = self._create_order([(self.mug, 12)])
        self._add_stock(self.mug, 5)
        order.picking_ids.action_assign()
        self.assertEqual(
            self._tell(order, "reserve")[1:], ["Reserved at Test East: 12 units."]
        )

    def test_asking_again_for_reserved_goods_is_no_event(self):
        order = self._create_order()
        order.picking_ids.action_assign()
        self.assertEqual(len(self._tell(order, "reserve")), 1)

    # === PICKING AND PACKING ===

    def test_picking_names_the_goods_and_who_took_them(self):
        order = self._create_order([(self.mug, 2), (self.lamp, 1)])
        picker = self._create_user("picker", "oms_core.group_oms_user")
        order.picking_ids.move_ids.with_user(picker).picked = True
        event = order.oms_event_ids.filtered(lambda e: e.kind == "pick")
        self.assertEqual(
            (event.sentence, event.user_id),
            ("Picked at Test East: 2 × TEST-MUG, 1 × TEST-LAMP.", picker),
        )

    def test_scan_of_one_line_is_told_alone(self):
        order = self._create_order([(self.mug, 2), (self.lamp, 1)])
        order.picking_ids.move_line_ids[0].picked = True
        self.assertEqual(
            self._tell(order, "pick"), ["Picked at Test East: 2 × TEST-MUG."]
        )

    def test_parcel_is_told_with_its_content(self):
        order = self._create_order()
        package = order.picking_ids.action_put_in_pack()
        self.assertEqual(
            self._tell(order, "pack"),
            [f"Packed into {package.name} at Test East: 2 × TEST-MUG."],
        )

    def test_each_step_of_three_is_told_once(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self._create_order()
        while todo := order.picking_ids.filtered(lambda p: p.state == "assigned"):
            todo.button_validate()
        kinds = order.oms_event_ids.sorted("id").mapped("kind")
        self.assertEqual(
            [kind for kind in kinds if kind in ("reserve", "pick", "pack", "ship")],
            ["reserve", "pick", "pack", "ship"],
        )

    # === ON THE ROAD ===

    def test_tracking_number_is_told_to_the_buyer(self):
        order = self._create_order()
        order.picking_ids.carrier_tracking_ref = "1Z-7"
        event = order.oms_event_ids.filtered(lambda e: e.kind == "tracking")
        self.assertEqual(
            (event.sentence, event.buyer_visible),
            ("Tracking number 1Z-7 of the carrier.", True),
        )

    def test_arrival_is_dated_when_it_was(self):
        order = self._create_order()
        parcel = self._ship(order)
        arrived = fields.Datetime.now() + timedelta(hours=3)
        parcel.oms_delivered_at = arrived
        event = order.oms_event_ids.filtered(lambda e: e.kind == "delivery")
        self.assertEqual(event.date, arrived)

    def test_parcels_marked_delivered_make_the_order_delivered(self):
        orders = self._create_order() | self._create_order()
        parcels = self._ship(orders[0]) | self._ship(orders[1])
        parcels.action_oms_mark_delivered()
        self.assertEqual(set(orders.mapped("oms_state")), {"delivered"})

    def test_parcel_that_has_not_left_is_not_delivered(self):
        order = self._create_order()
        order.picking_ids.action_oms_mark_delivered()
        self.assertFalse(order.picking_ids.oms_delivered_at)

    # === LETTERS ===

    def test_internal_note_is_told_as_a_note(self):
        order = self._create_order()
        order.message_post(
            body="She wants it before Friday.",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        self.assertEqual(self._tell(order, "note"), ["She wants it before Friday."])

    def test_letter_of_the_buyer_is_told_with_their_name(self):
        order = self._create_order()
        order.message_post(
            body="Where is my parcel?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        event = order.oms_event_ids.filtered(lambda e: e.kind == "mail")
        self.assertEqual(
            (event.sentence, event.actor), ("Where is my parcel?", "Ada Buyer")
        )

    # === THE TABLE ===

    @mute_logger("odoo.sql_db")
    def test_database_refuses_to_empty_the_history(self):
        with self.assertRaises(CheckViolation):
            self.env.cr.execute("TRUNCATE oms_event")

    def test_hundred_reservations_are_told_in_as_many_queries_as_ten(self):
        pattern = self._create_order(confirm=False).copy_data()

        def count(number):
            self._add_stock(self.mug, 2 * number)
            orders = self.env["sale.order"].create(pattern * number)
            orders.with_context(oms_bulk=True).action_confirm()
            moves = orders.order_line.move_ids
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            moves._record_oms_reservation()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(10), count(100))
