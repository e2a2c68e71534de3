# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged
from odoo.tools import SQL

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestSaleOrderSearch(OmsCommon):
    """One box finds an order by whatever is read out, and reads no table through."""

    def _find(self, text):
        return self.env["sale.order"].search([("oms_search", "ilike", text)])

    def _create_buyer(self, **values):
        return self.env["res.partner"].create({"name": "Zoe Zander", **values})

    def test_phone_is_found_however_it_is_written(self):
        for stored, asked in [
            ("0033612345678", "+33 6 12 34"),
            ("+33 6 12 34 56 78", "06 12 34 56 78"),
            ("06.12.34.56.78", "+33 612 345 678"),
            ("+1 (512) 555-0131", "512 555 0131"),
            ("+1 512-555-0131", "5550131"),
        ]:
            with self.subTest(stored=stored, asked=asked):
                buyer = self._create_buyer(phone=stored)
                order = self._create_order(partner_id=buyer.id)
                self.assertIn(order, self._find(asked))

    def test_a_number_with_letters_is_no_phone(self):
        partners = self.env["res.partner"]
        self.assertEqual(partners._get_oms_phone_digits("S0012345"), "")
        self.assertEqual(partners._get_oms_phone_digits("1234"), "")

    def test_order_is_found_by_number_of_parcel_and_of_invoice(self):
        order = self._create_order()
        self._create_order()
        invoice = self._invoice(order)
        self.assertEqual(self._find(order.picking_ids.name), order)
        self.assertIn(order, self._find(invoice.name))

    def test_order_is_found_by_the_barcode_of_a_product(self):
        self.lamp.barcode = "4006381333931"
        order = self._create_order([(self.lamp, 1)])
        self._create_order()
        self.assertEqual(self._find("4006381333931"), order)

    def test_two_letters_find_what_begins_with_them(self):
        order = self._create_order(oms_external_number="QX-1")
        other = self._create_order(oms_external_number="1-QX")
        self.assertIn(order, self._find("qx"))
        self.assertNotIn(other, self._find("qx"))

    def test_spaces_alone_narrow_nothing(self):
        order = self._create_order()
        self.assertIn(order, self._find("  "))

    def test_order_of_an_archived_contact_is_found(self):
        buyer = self._create_buyer(name="Quentin Archived")
        order = self._create_order(partner_id=buyer.id)
        buyer.active = False
        self.assertEqual(self._find("quentin arch"), order)

    def test_orders_of_another_company_stay_hidden(self):
        other = self.env["res.company"].create({"name": "Another"})
        buyer = self._create_buyer(name="Nadia Elsewhere")
        order = self._create_order(partner_id=buyer.id)
        user = self._create_user("elsewhere", "oms_core.group_oms_user")
        user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        found = self.env["sale.order"].with_user(user).with_company(other)
        self.assertFalse(found.search([("oms_search", "ilike", "nadia else")]))
        self.assertIn(order, self._find("nadia else"))

    def test_no_table_is_read_through_from_end_to_end(self):
        """With enough rows the database prefers indexes; here it is told to."""
        if not self.env.registry.has_trigram:
            self.skipTest("the extension pg_trgm is not installed")
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for text in ("S00042", "+33 6 12 34 56", "zander", "ada@example", "SKU-1"):
            query = self.env["sale.order"]._search([("oms_search", "ilike", text)])
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(row[0] for row in rows)
            for table in (
                "sale_order",
                "sale_order_line",
                "stock_picking",
                "res_partner",
                "product_product",
            ):
                with self.subTest(text=text, table=table):
                    self.assertNotRegex(plan, rf"Seq Scan on {table}\b")

    # === COMMAND PALETTE ===

    def _find_all(self, text, user=None):
        finder = self.env["oms.finder"].with_user(user or self.env.user)
        return {(row["kind"], row["id"]) for row in finder.find(text)}

    def test_palette_finds_order_customer_and_parcel(self):
        buyer = self._create_buyer(email="zoe.zander@example.com")
        order = self._create_order(partner_id=buyer.id)
        self._ship(order, "TRK-PALETTE-1")
        parcel = order.picking_ids
        self.assertIn(("order", order.id), self._find_all(order.name))
        self.assertEqual(
            self._find_all("zoe.zander@example.com"),
            {("order", order.id), ("customer", buyer.id)},
        )
        self.assertEqual(
            self._find_all("trk-palette-1"),
            {("order", order.id), ("parcel", parcel.id)},
        )

    def test_palette_of_a_user_without_rights_is_empty(self):
        order = self._create_order()
        user = self._create_user("plain", "base.group_user")
        self.assertFalse(self._find_all(order.name, user))
