# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.tools import mute_logger

from ..engine.documents import Address, Customer
from .common import ChannelCommon

ADA = Customer("7", "Ada Buyer", "ada@example.com")
GUEST = Customer(name="Eve Guest", email="eve@example.com")


class TestOmsPartnerResolver(ChannelCommon):
    """Whose order it is."""

    def _buyers(self, *customers):
        """The contacts of orders that these customers place, one after the other."""
        partners = self.env["res.partner"]
        found = []
        for number, customer in enumerate(customers):
            place = Address(name=customer.name, street="1 Elm St", city="Reno")
            order = self._import(
                self._document(
                    f"{customer.external_id}-{customer.email}-{number}",
                    customer=customer,
                    ship_to=place,
                    bill_to=place,
                )
            )
            found.append(order.partner_id)
        return found if len(found) > 1 else partners.union(*found)

    def _contact(self, **values):
        return self.env["res.partner"].create(
            {"name": "Eve Guest", "email": "Eve@example.com", **values}
        )

    # === THE CHANNEL'S NUMBER ===

    def test_number_of_the_channel_finds_the_buyer_whatever_else_has_changed(self):
        changed = Customer("7", "Ada King", "ada.king@example.com")
        first, second = self._buyers(ADA, changed)
        self.assertEqual(first, second)

    def test_two_numbers_with_one_address_are_two_buyers(self):
        first, second = self._buyers(ADA, replace(ADA, external_id="8"))
        self.assertNotEqual(first, second)

    def test_two_numbers_with_one_address_are_two_in_a_batch_too(self):
        for policy in ("never", "channel", "company", "vat"):
            with self.subTest(policy), self.env.cr.savepoint() as savepoint:
                self.channel.customer_match = policy
                orders = self._import(
                    self._document("1", customer=ADA),
                    self._document("2", customer=replace(ADA, external_id="8")),
                )
                self.assertEqual(len(orders.partner_id), 2)
                savepoint.rollback()

    def test_new_address_of_a_buyer_is_taken_over(self):
        self._buyers(ADA)
        buyer = self._buyers(replace(ADA, email="new@example.com"))
        self.assertEqual(buyer.email, "new@example.com")

    def test_address_that_a_person_wrote_here_is_kept(self):
        self._buyers(ADA).email = "written@example.com"
        buyer = self._buyers(replace(ADA, email="new@example.com"))
        self.assertEqual(buyer.email, "written@example.com")

    def test_same_number_in_another_channel_is_another_buyer(self):
        first = self._buyers(ADA)
        self.channel = self.channel.copy({"code": "other_shop"})
        self.assertNotEqual(self._buyers(ADA), first)

    # === GUESTS ===

    def test_guests_with_one_address_and_two_names_are_two_people(self):
        first, second = self._buyers(GUEST, replace(GUEST, name="Bob Guest"))
        self.assertNotEqual(first, second)

    def test_guests_with_one_address_and_two_names_are_two_in_a_batch_too(self):
        orders = self._import(
            self._document("1", customer=GUEST),
            self._document("2", customer=replace(GUEST, name="Bob Guest")),
        )
        self.assertEqual(len(orders.partner_id), 2)

    def test_name_is_recognised_in_another_order_of_words(self):
        first, second = self._buyers(GUEST, replace(GUEST, name="GUEST, Eve"))
        self.assertEqual(first, second)

    def test_address_that_only_forwards_joins_nobody(self):
        relay = replace(GUEST, email="k3x9@marketplace.amazon.de")
        first, second = self._buyers(relay, relay)
        self.assertNotEqual(first, second)

    def test_guest_is_nobody_else_where_only_numbers_count(self):
        self.channel.customer_match = "never"
        first, second = self._buyers(GUEST, GUEST)
        self.assertNotEqual(first, second)

    def test_guest_who_takes_an_account_stays_the_same(self):
        first, second = self._buyers(GUEST, replace(GUEST, external_id="9"))
        self.assertEqual(first, second)

    def test_buyer_who_orders_as_a_guest_stays_the_same(self):
        first, second = self._buyers(ADA, replace(ADA, external_id=""))
        self.assertEqual(first, second)

    def test_guest_whose_order_changes_its_address_stays_the_buyer(self):
        document = self._document(customer=GUEST)
        order = self._import(document)
        buyer = order.partner_id
        moved = replace(document.ship_to, street="2 Oak St")
        self._import(
            replace(
                document,
                version="2026-03-01",
                ship_to=moved,
                customer=replace(GUEST, email="other@example.com"),
            )
        )
        self.assertEqual(order.partner_shipping_id.parent_id, buyer)

    # === THE COMPANY'S CONTACTS ===

    def test_contact_of_the_company_is_taken_where_the_channel_allows_it(self):
        self.channel.customer_match = "company"
        contact = self._contact()
        self.assertEqual(self._buyers(GUEST), contact)

    def test_contact_of_the_company_with_another_name_is_not_taken(self):
        self.channel.customer_match = "company"
        contact = self._contact(name="Info Desk")
        self.assertNotEqual(self._buyers(GUEST), contact)

    def test_of_two_contacts_that_fit_none_is_taken(self):
        self.channel.customer_match = "company"
        contacts = self._contact() | self._contact()
        self.assertNotIn(self._buyers(GUEST), contacts)

    def test_contact_of_another_company_is_never_taken(self):
        self.channel.customer_match = "company"
        company = self.env["res.company"].create({"name": "Other Company"})
        contact = self._contact(company_id=company.id)
        self.assertNotEqual(self._buyers(GUEST), contact)

    def test_contact_of_a_user_is_never_taken(self):
        self.channel.customer_match = "company"
        user = self._create_user("eve", "base.group_user")
        user.partner_id.write({"name": "Eve Guest", "email": "eve@example.com"})
        self.assertNotEqual(self._buyers(GUEST), user.partner_id)

    def test_contact_of_one_number_is_not_given_to_another(self):
        self.channel.customer_match = "company"
        contact = self._contact(name=ADA.name, email=ADA.email)
        first, second = self._buyers(ADA, replace(ADA, external_id="8"))
        self.assertEqual((first, second == contact), (contact, False))

    # === COMPANIES ===

    def _firm(self, **values):
        return Customer(
            "", "Lovelace Ltd", "", vat="BE0477472701", is_company=True, **values
        )

    def test_company_is_found_by_its_vat_number_however_it_is_written(self):
        self.channel.customer_match = "vat"
        known = self._contact(name="Lovelace", vat="BE0477472701", is_company=True)
        firm = replace(self._firm(), external_id="20", vat="be 0477.472.701")
        self.assertEqual(self._buyers(firm), known)

    def test_company_bears_its_own_name_and_number(self):
        place = Address("Ada Buyer", "Lovelace Ltd", "1 Elm St")
        firm = replace(self._firm(), name="Ada Buyer", external_id="20")
        order = self._import(self._document(customer=firm, bill_to=place))
        self.assertEqual(
            (order.partner_id.name, order.partner_id.vat, order.partner_id.is_company),
            ("Lovelace Ltd", "BE0477472701", True),
        )

    def test_person_at_the_company_stands_on_the_parcel(self):
        place = Address("Ada Buyer", "Lovelace Ltd", "1 Elm St")
        firm = replace(self._firm(), external_id="20")
        order = self._import(self._document(customer=firm, ship_to=place))
        self.assertEqual(order.partner_shipping_id.name, "Lovelace Ltd, Ada Buyer")

    def test_number_that_is_no_vat_number_loses_no_order(self):
        firm = replace(self._firm(), vat="not a number", external_id="20")
        order = self._import(self._document(customer=firm))
        self.assertEqual(order.partner_id.vat, "not a number")

    # === ADDRESSES ===

    def test_three_addresses_of_a_buyer_are_three_contacts_below(self):
        streets = ("1 Elm St", "2 Oak St", "3 Ash St")
        orders = self._import(
            *(
                self._document(
                    street,
                    customer=ADA,
                    ship_to=Address("Ada Buyer", "", street, "", "Reno"),
                    bill_to=Address("Desk", "", "9 Desk St", "", "Reno"),
                )
                for street in streets
            )
        )
        self.assertEqual(
            [order.partner_shipping_id.street for order in orders], list(streets)
        )
        self.assertEqual(len(orders.partner_id), 1)

    # === AT THE SAME MOMENT ===

    @mute_logger("odoo.sql_db")
    def test_buyer_whom_another_worker_has_just_made_is_looked_up_anew(self):
        self._buyers(ADA)
        blind = patch.object(
            type(self.env["oms.partner.resolver"]),
            "_find_bindings",
            lambda resolver, channel, orders: resolver.env["oms.channel.customer"],
        )
        with (
            blind,
            self.env.cr.savepoint() as savepoint,
            self.assertRaisesRegex(ConcurrencyError, "another worker"),
        ):
            try:
                self.channel._import_safely([self._document("77", customer=ADA)])
            finally:
                savepoint.rollback()

    # === COST ===

    def _count_queries(self, policy, prefix, size):
        channel = self.channel.copy({"code": f"{policy}-{size}"})
        channel.customer_match = policy
        documents = [
            self._document(
                f"{prefix}{number}",
                customer=Customer(
                    "", f"Buyer {prefix}{number}", f"{prefix}{number}@example.com"
                ),
            )
            for number in range(size)
        ]
        resolver = self.env["oms.partner.resolver"]
        geo = resolver._read_geography(documents)
        self.env.flush_all()
        start = self.env.cr.sql_log_count
        resolver._resolve_buyers(channel, documents, geo)
        self.env.flush_all()
        return self.env.cr.sql_log_count - start

    def test_buyers_cost_the_same_whatever_their_number(self):
        for policy in ("never", "channel", "company", "vat"):
            with self.subTest(policy):
                # What Odoo remembers from then on is no part of it.
                self._count_queries(policy, f"{policy}-one", 1)
                few = self._count_queries(policy, f"{policy}-few", 10)
                many = self._count_queries(policy, f"{policy}-many", 100)
                self.assertEqual(few, many)
