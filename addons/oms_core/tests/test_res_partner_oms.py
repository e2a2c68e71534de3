# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.oms_core.models import res_partner_oms_lists

from .common import OmsCommon

NAMES = [
    "oms_order_count",
    "oms_lifetime_value",
    "oms_since",
    "oms_return_rate",
    "oms_channel_ids",
    "oms_order_ids",
    "oms_parcel_ids",
    "oms_hold_ids",
    "oms_message_ids",
]


@tagged("post_install", "-at_install")
class TestResPartnerOms(OmsCommon):
    """One page of a customer, over all channels and contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "ada@example.com"
        cls.phone = cls.env["oms.channel"].create(
            {"name": "Test Phone", "code": "test_phone", "kind": "phone"}
        )

    def _create_partner(self, **values):
        return self.env["res.partner"].create({"name": "Somebody", **values})

    # === WHO ===

    def test_orders_of_contacts_and_of_guests_with_the_same_address_are_hers(self):
        contact = self._create_partner(parent_id=self.customer.id)
        guest = self._create_partner(email="Ada <ADA@example.com>")
        stranger = self._create_partner(email="eve@example.com")
        orders = self.env["sale.order"].concat(
            *(
                self._create_order(partner_id=partner.id)
                for partner in (self.customer, contact, guest)
            )
        )
        self._create_order(partner_id=stranger.id)
        for partner in (self.customer, contact, guest):
            self.assertEqual(set(partner.oms_order_ids), set(orders))
            self.assertEqual(partner.oms_order_count, 3)

    def test_people_without_an_address_are_not_one_customer(self):
        first, second = self._create_partner(), self._create_partner()
        self._create_order(partner_id=first.id)
        self.assertFalse(second.oms_order_count)

    # === WHAT ===

    def test_lists_hold_the_newest_only(self):
        other = self._create_partner(parent_id=self.customer.id)
        orders = self.env["sale.order"].concat(
            *(
                self._create_order(
                    partner_id=partner.id,
                    oms_external_id=f"newest-{day}",
                    date_order=f"2026-01-0{day}",
                )
                for day, partner in enumerate((self.customer, other) * 2, 1)
            )
        )
        self._hold(orders, "payment")
        for order in orders:
            order.message_post(body="Where is it?", message_type="comment")
        with patch.object(res_partner_oms_lists, "NEWEST", 2):
            newest = orders[:1:-1]
            self.assertEqual(self.customer.oms_order_ids.ids, newest.ids)
            self.assertEqual(len(self.customer.oms_parcel_ids), 2)
            self.assertEqual(len(self.customer.oms_hold_ids), 2)
            self.assertEqual(self.customer.oms_message_ids.mapped("res_id"), newest.ids)

    def test_value_counts_confirmed_orders_only(self):
        self._create_order([(self.mug, 2)])
        self._create_order([(self.lamp, 1)])
        self._create_order([(self.lamp, 1)], confirm=False, oms_external_id="X1")
        self._create_order([(self.lamp, 1)])._action_cancel()
        self.assertEqual(self.customer.oms_lifetime_value, 45.0)
        self.assertEqual(self.customer.oms_order_count, 4)

    def test_value_in_another_currency_is_converted(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [(0, 0, {"name": "2020-01-01", "rate": 4.0})],
            }
        )
        self._create_order([(self.mug, 2)], oms_currency_id=currency.id)
        order = self.customer.oms_order_ids
        self.assertEqual(order.currency_id, currency)
        expected = order.amount_total / 4
        self.assertAlmostEqual(self.customer.oms_lifetime_value, expected)

    def test_channels_are_those_of_the_orders(self):
        self._create_order()
        self._create_order(oms_channel_id=self.phone.id)
        self.assertEqual(self.customer.oms_channel_ids, self.channel | self.phone)

    def test_parcels_holds_and_mails_of_the_orders_are_listed(self):
        order, held = self._create_order(), self._create_order()
        hold = self._hold(held, "address")
        message = order.message_post(body="Where is it?", message_type="comment")
        self.assertEqual(
            self.customer.oms_parcel_ids, order.picking_ids | held.picking_ids
        )
        self.assertEqual(self.customer.oms_hold_ids, hold)
        self.assertEqual(self.customer.oms_message_ids, message)
        hold._release("corrected")
        order.picking_ids.oms_delivered_at = "2026-01-01 10:00:00"
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.oms_parcel_ids, held.picking_ids)
        self.assertFalse(self.customer.oms_hold_ids)

    def test_return_rate_is_the_share_of_orders_with_a_return(self):
        orders = self._create_order() | self._create_order()
        self.env.flush_all()
        # Who decides the state of returns is another addon; the fact is enough here.
        self.env.cr.execute(
            "UPDATE sale_order SET oms_return_state = 'done' WHERE id = %s",
            (orders[0].id,),
        )
        self.env.invalidate_all()
        self.assertEqual(self.customer.oms_return_rate, 0.5)

    # === LINKS ===

    def test_numbers_lead_to_their_orders(self):
        shipped, waiting = self._create_order(), self._create_order()
        self._ship(shipped)
        self.env.flush_all()
        for method, expected in [
            ("action_oms_view_orders", shipped | waiting),
            ("action_oms_view_open_orders", waiting),
        ]:
            action = getattr(self.customer, method)()
            found = self.env["sale.order"].search(action["domain"])
            self.assertEqual(found, expected)
        self.assertEqual(self.customer.oms_open_order_count, 1)

    def test_order_and_contact_lead_to_the_same_page(self):
        contact = self._create_partner(parent_id=self.customer.id)
        order = self._create_order(partner_id=contact.id)
        for action in (order.action_oms_customer(), contact.action_oms_customer()):
            self.assertEqual(action["res_id"], self.customer.id)

    def test_hold_asks_for_all_open_orders(self):
        self._ship(self._create_order())
        waiting = self._create_order()
        self.env.flush_all()
        action = self.customer.action_oms_hold_orders()
        self.assertEqual(action["context"]["default_order_ids"], waiting.ids)

    # === RIGHTS AND COST ===

    def test_reader_without_rights_on_orders_sees_no_numbers(self):
        self._create_order()
        user = self._create_user("plain", "base.group_user")
        partner = self.customer.with_user(user)
        self.assertEqual(partner.oms_order_count, 0)
        self.assertNotIn("oms_order_ids", partner.fields_get())

    def test_number_of_customers_does_not_change_the_number_of_queries(self):
        partners = self.env["res.partner"].create(
            [{"name": f"B{n}", "email": f"b{n}@example.com"} for n in range(30)]
        )
        for partner in partners:
            self._create_order(partner_id=partner.id)
        counts = []
        partners.read(NAMES)  # fills the caches
        for some in (partners[:10], partners):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            some.read(NAMES)
            counts.append(self.cr.sql_log_count - start)
        self.assertEqual(*counts)
