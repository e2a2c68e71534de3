# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from odoo.tests import Form

from ..engine.documents import Address, Customer, Line, Payment
from .common import PLACED, ChannelCommon


class TestOmsOrderImporter(ChannelCommon):
    # === THE ORDER ===

    def test_order_is_confirmed_and_reserved(self):
        order = self._import(self._document())
        self.assertEqual((order.state, order.oms_state), ("sale", "allocated"))

    def test_order_keeps_the_date_of_the_buyer(self):
        order = self._import(self._document())
        self.assertEqual(order.date_order, PLACED.replace(tzinfo=None))

    def test_the_same_order_twice_in_a_batch_is_made_once(self):
        self._import(self._document(), self._document())
        self.assertEqual(
            [result.outcome for result in self.results], ["imported", "unchanged"]
        )

    def test_cancelled_order_asks_for_no_goods(self):
        order = self._import(self._document(cancelled_at=PLACED))
        self.assertEqual((order.oms_state, len(order.picking_ids)), ("cancelled", 0))

    def test_cancelled_order_has_the_reason_of_the_channel(self):
        order = self._import(self._document(cancelled_at=PLACED, cancel_reason="fraud"))
        self.assertEqual(order.oms_cancel_reason_id.code, "fraud")

    def test_reason_that_nobody_knows_leaves_the_order_without(self):
        order = self._import(self._document(cancelled_at=PLACED, cancel_reason="?"))
        self.assertEqual(order.oms_state, "cancelled")
        self.assertFalse(order.oms_cancel_reason_id)

    def test_note_of_the_buyer_is_kept(self):
        order = self._import(self._document(note="Ring twice\n🎁"))
        self.assertEqual(order.oms_buyer_note, "Ring twice\n🎁")

    def test_unknown_currency_is_refused_by_its_code(self):
        self._import(self._document(currency="ZZZ"))
        self.assertIn("ZZZ", self.results[0].message)

    def test_refused_order_does_not_spoil_the_others(self):
        self._import(self._document("1", currency="ZZZ"), self._document("2"))
        self.assertEqual(
            [result.outcome for result in self.results], ["quarantined", "imported"]
        )

    def test_order_in_a_foreign_currency_keeps_it(self):
        self.env.ref("base.EUR").active = True
        order = self._import(self._document(currency="EUR"))
        self.assertEqual(order.currency_id.name, "EUR")

    # === MONEY ===

    def _assert_total(self, document):
        order = self._import(document)
        digits = order.currency_id.decimal_places
        self.assertEqual(f"{order.amount_total:.{digits}f}", f"{document.total:f}")
        return order

    def test_total_is_the_channels_to_the_cent(self):
        self._assert_total(self._document())

    def test_discount_that_no_percentage_gives_is_exact(self):
        line = self._line(
            quantity=Decimal(3), unit_price=Decimal("9.99"), discount=Decimal("5.00")
        )
        self._assert_total(self._document(lines=(line,)))

    def test_tax_is_the_channels_also_where_its_rate_gives_another(self):
        line = self._line(taxes=(self._tax("0.37"),))
        order = self._assert_total(self._document(lines=(line,)))
        self.assertEqual(order.amount_tax, 0.37)

    def test_two_rates_on_a_line_are_kept_apart(self):
        line = self._line(
            taxes=(self._tax("1.20"), self._tax("0.41", "0.0205", "County Tax"))
        )
        order = self._assert_total(self._document(lines=(line,)))
        self.assertEqual(len(order.order_line.tax_ids), 2)

    def test_tax_included_in_prices_is_not_added_again(self):
        line = self._line(taxes=(self._tax("3.33", "0.20", "VAT"),))
        order = self._assert_total(self._document(lines=(line,), taxes_included=True))
        self.assertEqual(order.amount_untaxed, 16.67)

    def test_shipping_and_tip_are_lines_of_their_own(self):
        lines = (
            self._line(),
            Line("ship", "Express", Decimal(1), Decimal("4.90"), kind="shipping"),
            Line("tip", "Tip", Decimal(1), Decimal("1.00"), kind="tip"),
        )
        order = self._assert_total(self._document(lines=lines))
        self.assertEqual(order.order_line.mapped("is_delivery"), [False, True, False])

    def test_small_difference_goes_to_a_rounding_line(self):
        order = self._assert_total(self._document(total=Decimal("20.02")))
        self.assertFalse(order.oms_open_hold_ids)

    def test_large_difference_holds_the_order_and_names_it(self):
        order = self._import(self._document(total=Decimal("22.00")))
        self.assertIn("2.00", order.oms_open_hold_ids.reason)

    def test_tax_that_its_rate_does_not_give_is_held_before_the_invoice(self):
        line = self._line(taxes=(self._tax("3.98"),))
        order = self._import(self._document(lines=(line,)))
        self.assertRegex(order.oms_open_hold_ids.reason, "3.98.*1.20")

    def test_tax_rounded_per_line_is_no_difference(self):
        line = self._line(unit_price=Decimal("9.99"), taxes=(self._tax("1.20"),))
        order = self._import(self._document(lines=(line,)))
        self.assertFalse(order.oms_open_hold_ids)

    def test_invoice_is_exact_and_paid(self):
        line = self._line(
            quantity=Decimal(3),
            unit_price=Decimal("9.99"),
            discount=Decimal("5.00"),
            taxes=(self._tax("1.51"),),
        )
        document = self._document(lines=(line,))
        order = self._import(document)
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertEqual(
            (f"{invoice.amount_total:.2f}", invoice.amount_residual),
            (str(document.total), 0.0),
        )

    def test_rate_that_nobody_knows_becomes_a_tax_once(self):
        line = self._line(taxes=(self._tax("1.77", "0.08875", "NYC"),))
        self._import(self._document("1", lines=(line,)))
        self._import(self._document("2", lines=(line,)))
        taxes = self.env["account.tax"].search([("amount", "=", 8.875)])
        mapped = self.env["oms.channel.tax"].search(
            [("channel_id", "=", self.channel.id), ("title", "=", "NYC")]
        )
        self.assertIn(mapped.tax_id, taxes)
        self.assertEqual(len(mapped), 1)

    # === PEOPLE ===

    def test_goods_go_to_the_ship_to_of_the_order(self):
        ship_to = Address("Bob", "", "99 Other Rd", "", "Boston", "02108", "MA", "US")
        order = self._import(self._document(ship_to=ship_to))
        self.assertEqual(order.picking_ids.partner_id.street, "99 Other Rd")

    def test_bill_goes_to_the_bill_to_of_the_order(self):
        bill_to = Address("Office", "", "5 Desk St", "", "Boston", "02108", "MA", "US")
        order = self._import(self._document(bill_to=bill_to))
        self.assertEqual(order.partner_invoice_id.street, "5 Desk St")

    def test_known_customer_is_found_by_the_channels_number(self):
        first = self._import(self._document("1"))
        second = self._import(self._document("2"))
        self.assertEqual(first.partner_id, second.partner_id)

    def test_new_address_leaves_the_old_one_as_it_was(self):
        first = self._import(self._document("1"))
        moved = Address("Ada Buyer", "", "2 Oak St", "", "Reno", "89501", "NV", "US")
        self._import(self._document("2", ship_to=moved, bill_to=moved))
        self.assertEqual(first.partner_shipping_id.street, "1 Elm St")

    def test_address_known_already_is_used_again(self):
        other = Address("Bob", "", "99 Other Rd", "", "Boston", "02108", "MA", "US")
        first = self._import(self._document("1", ship_to=other))
        second = self._import(self._document("2", ship_to=other))
        self.assertEqual(first.partner_shipping_id, second.partner_shipping_id)

    def test_two_guests_without_mail_are_two_people(self):
        first, second = self._import(
            self._document("1", customer=Customer()),
            self._document("2", customer=Customer()),
        )
        self.assertNotEqual(first.partner_id, second.partner_id)

    def test_guest_is_recognised_by_mail_within_the_channel(self):
        guest = Customer(name="Eve", email="Eve@example.com")
        first, second = self._import(
            self._document("1", customer=guest),
            self._document("2", customer=replace(guest, email="eve@example.com")),
        )
        self.assertEqual(first.partner_id, second.partner_id)

    def test_contact_of_somebody_else_is_never_taken(self):
        stranger = self.env["res.partner"].create(
            {"name": "Eve", "email": "eve@example.com"}
        )
        guest = Customer(name="Eve", email="eve@example.com")
        order = self._import(self._document(customer=guest))
        self.assertNotEqual(order.partner_id, stranger)

    def test_state_and_country_are_found_by_code(self):
        order = self._import(self._document())
        self.assertEqual(order.partner_shipping_id.state_id.code, "NV")

    # === PRODUCTS ===

    def test_unknown_product_holds_the_order_and_names_the_sku(self):
        order = self._import(self._document(lines=(self._line(sku="NO-SUCH"),)))
        self.assertIn("NO-SUCH", order.oms_open_hold_ids.reason)

    def test_unknown_product_keeps_text_and_price_of_the_line(self):
        order = self._import(self._document(lines=(self._line(sku="NO-SUCH"),)))
        self.assertEqual((order.order_line.name, order.amount_total), ("Mug", 20.0))

    def test_product_that_appears_lets_the_order_go_on(self):
        order = self._import(self._document(lines=(self._line(sku="LATER"),)))
        later = self._create_product("LATER")
        self.assertEqual(order.picking_ids.move_ids.product_id, later)

    def test_product_renamed_to_the_sku_lets_the_order_go_on(self):
        order = self._import(self._document(lines=(self._line(sku="LATER"),)))
        with Form(self.lamp) as product:
            product.default_code = "LATER"
        self.assertFalse(order.oms_open_hold_ids)

    def test_price_of_the_channel_survives_the_products_own(self):
        order = self._import(self._document(lines=(self._line(sku="LATER"),)))
        self._create_product("LATER", list_price=99.0)
        self.assertEqual(order.amount_total, 20.0)

    def test_product_is_found_by_barcode(self):
        self.lamp.barcode = "4006381333931"
        line = self._line(sku="", barcode="4006381333931")
        order = self._import(self._document(lines=(line,)))
        self.assertEqual(order.order_line.product_id, self.lamp)

    def test_sku_of_two_products_is_not_guessed(self):
        self._create_product("TEST-MUG")
        order = self._import(self._document())
        self.assertEqual(order.oms_open_hold_ids.type_id.code, "unknown_product")

    # === PROGRESS ELSEWHERE ===

    def test_unsecured_money_holds_the_parcel_but_keeps_the_stock(self):
        order = self._import(self._document(payments=()))
        self.assertEqual(
            (order.oms_open_hold_ids.type_id.code, order.picking_ids.state),
            ("payment", "assigned"),
        )

    def test_authorised_money_is_secured(self):
        payment = Payment("auth", "authorisation", Decimal("20.00"), PLACED)
        order = self._import(self._document(payments=(payment,)))
        self.assertFalse(order.oms_open_hold_ids)

    def test_what_was_fulfilled_in_the_shop_has_left_here_too(self):
        order = self._import(self._document(lines=(self._line(fulfilled=Decimal(1)),)))
        self.assertEqual(
            sorted(order.picking_ids.mapped("state")), ["assigned", "done"]
        )

    def test_what_was_fulfilled_in_the_shop_and_is_not_here_asks_a_person(self):
        line = self._line(quantity=Decimal(20), fulfilled=Decimal(20))
        order = self._import(self._document(lines=(line,)))
        self.assertEqual(order.oms_open_hold_ids.type_id.code, "channel_change")

    def test_what_was_cancelled_in_the_shop_is_not_ordered_here(self):
        order = self._import(self._document(lines=(self._line(cancelled=Decimal(1)),)))
        self.assertEqual(
            (order.order_line.product_uom_qty, order.amount_total, order.oms_state),
            (1.0, 10.0, "allocated"),
        )

    # === VERSIONS ===

    def _next_version(self, document, **values):
        return replace(document, version="2026-02-02T00:00:00Z", **values)

    def test_older_version_changes_nothing(self):
        document = self._document()
        order = self._import(document)
        self._import(replace(document, version="2025-01-01", cancelled_at=PLACED))
        self.assertEqual(order.state, "sale")

    def test_change_within_the_same_second_is_not_lost(self):
        document = self._document()
        order = self._import(document)
        self._import(replace(document, cancelled_at=PLACED))
        self.assertEqual(order.oms_state, "cancelled")

    def test_payment_that_arrives_later_releases_the_order(self):
        document = self._document(payments=())
        order = self._import(document)
        payment = Payment("late", "capture", Decimal("20.00"), PLACED)
        self._import(self._next_version(document, payments=(payment,)))
        self.assertFalse(order.oms_open_hold_ids)

    def test_listed_payments_take_the_place_of_their_summary(self):
        summary = Payment(
            "order-paid", "capture", Decimal("20.00"), PLACED, is_summary=True
        )
        document = self._document(payments=(summary,))
        order = self._import(document)
        listed = Payment("t-1", "capture", Decimal("20.00"), PLACED)
        self._import(self._next_version(document, payments=(listed,)))
        self.assertEqual(order.oms_payment_ids.mapped("external_id"), ["t-1"])

    def test_listed_payments_are_not_added_to_a_booked_summary(self):
        summary = Payment(
            "order-paid", "capture", Decimal("20.00"), PLACED, is_summary=True
        )
        document = self._document(payments=(summary,))
        order = self._import(document)
        order._create_invoices().action_post()
        listed = Payment("t-1", "capture", Decimal("20.00"), PLACED)
        self._import(self._next_version(document, payments=(listed,)))
        self.assertEqual(sum(order.oms_payment_ids.mapped("amount")), 20.0)

    def test_order_cancelled_in_the_shop_is_cancelled_here(self):
        document = self._document()
        order = self._import(document)
        self._import(self._next_version(document, cancelled_at=PLACED))
        self.assertEqual(order.oms_state, "cancelled")

    def test_order_cancelled_after_it_shipped_asks_a_person(self):
        document = self._document()
        order = self._import(document)
        self._ship(order)
        self._import(self._next_version(document, cancelled_at=PLACED))
        self.assertEqual(order.oms_open_hold_ids.type_id.code, "channel_change")

    # === BATCH ===

    def test_hundred_orders_need_few_more_queries_than_ten(self):
        self._add_stock(self.mug, 1000)

        def count(start, number):
            documents = [
                self._document(str(i), customer=Customer(f"c{i}", "Ada Buyer"))
                for i in range(start, start + number)
            ]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._import(*documents)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(0, 1)
        ten, hundred = count(100, 10), count(1000, 100)
        self.assertLess(hundred - ten, 90 * 6, f"{ten} and {hundred}")

    def test_product_resolves_hundred_lines_in_few_more_queries_than_ten(self):
        def count(sku, start, number):
            self._import(
                *(
                    self._document(str(i), lines=(self._line(sku=sku),))
                    for i in range(start, start + number)
                )
            )
            product = self._create_product(f"NOT-{sku}")
            self._add_stock(product, 1000)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            product.default_code = sku
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count("FIRST", 0, 1)
        ten, hundred = count("TEN", 100, 10), count("HUNDRED", 1000, 100)
        self.assertLess(hundred - ten, 90, f"{ten} and {hundred}")
