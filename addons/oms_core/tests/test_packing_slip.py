# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import html

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .test_ir_actions_report import NEEDS_BROWSER, read_pages


@tagged("post_install", "-at_install")
class TestPackingSlip(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].create(
            {"name": "Slip House", "code": "SLH"}
        )
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Ada Buyer", "street": "Elm 1", "city": "Oslo"}
        )
        cls.lamp, cls.chair = cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "default_code": code,
                    "is_storable": True,
                    "list_price": price,
                }
                for name, code, price in (
                    ("Desk Lamp", "LAMP-1", 123.45),
                    ("Chair", "CHAIR-1", 77.77),
                )
            ]
        )
        shelves = cls.env["stock.location"].create(
            [
                {"name": name, "location_id": cls.warehouse.lot_stock_id.id}
                for name in ("Shelf 10", "Shelf 2")
            ]
        )
        quants = cls.env["stock.quant"]
        quants._update_available_quantity(cls.lamp, shelves[0], 3)
        quants._update_available_quantity(cls.chair, shelves[1], 20)

    def _create_picking(self, lamps=5, chairs=2, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "warehouse_id": self.warehouse.id,
                "oms_external_number": "#1001",
                "order_line": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity}
                    )
                    for product, quantity in ((self.lamp, lamps), (self.chair, chairs))
                    if quantity
                ],
            }
            | values
        )
        order.action_confirm()
        order.picking_ids.action_assign()
        return order.picking_ids

    def _read_html(self, report, pickings):
        content, _type = self.env["ir.actions.report"]._render_qweb_html(
            f"oms_core.action_report_{report}", pickings.ids
        )
        return html.fromstring(content)

    def _read_rows(self, page):
        return [
            [" ".join(cell.text_content().split()) for cell in row.iter("td")]
            for row in page.xpath("//table[@name='lines']/tbody/tr")
        ]

    # === PACKING SLIP ===

    def test_slip_tells_ordered_packed_and_to_follow(self):
        page = self._read_html("packing_slip", self._create_picking(lamps=5, chairs=2))
        found = [[row[0], row[2].split()[0], *row[3:]] for row in self._read_rows(page)]
        self.assertEqual(
            found, [["LAMP-1", "5", "3", "2"], ["CHAIR-1", "2", "2", "\N{EN DASH}"]]
        )

    def test_second_parcel_counts_what_the_first_has_shipped(self):
        first = self._create_picking(lamps=5, chairs=0)
        first.with_context(skip_backorder=True, skip_sms=True).button_validate()
        second = first.backorder_ids
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.lamp, self.warehouse.lot_stock_id, 1)
        second.action_assign()
        ((_sku, _name, ordered, packed, follow),) = self._read_rows(
            self._read_html("packing_slip", second)
        )
        self.assertEqual((ordered.split()[0], packed, follow), ("5", "1", "1"))

    def test_slip_shows_no_price(self):
        text = self._read_html("packing_slip", self._create_picking()).text_content()
        for amount in ("123.45", "77.77", "617.25", "155.54", "$"):
            self.assertNotIn(amount, text)

    def test_slip_has_the_number_the_buyer_knows_and_the_gift_note(self):
        picking = self._create_picking(oms_gift_note="Happy birthday!")
        text = self._read_html("packing_slip", picking).text_content()
        for expected in (
            "#1001",
            "Ada Buyer",
            "Elm 1",
            "Happy birthday!",
            picking.name,
        ):
            self.assertIn(expected, text)

    def test_slip_speaks_the_language_of_the_buyer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.lamp.with_context(lang="fr_FR").name = "Lampe de bureau"
        self.buyer.lang = "fr_FR"
        text = self._read_html("packing_slip", self._create_picking()).text_content()
        self.assertIn("Lampe de bureau", text)

    def test_slip_is_printed_by_a_picker_without_rights_on_orders(self):
        picker = self.env["res.users"].create(
            {
                "name": "Picker",
                "login": "slip-picker",
                "group_ids": self.env.ref("stock.group_stock_user").ids,
            }
        )
        picking = self._create_picking(oms_gift_note="Happy birthday!")
        self.env = self.env(user=picker)
        for report in ("packing_slip", "pick_list", "pick_list_together"):
            with self.subTest(report):
                text = self._read_html(report, picking).text_content()
                self.assertIn("#1001", text)

    @NEEDS_BROWSER
    def test_as_many_slips_as_pickings_in_one_pdf(self):
        pickings = self._create_picking() | self._create_picking(
            oms_external_number="#1002"
        )
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf, _type = report._render_qweb_pdf(
            "oms_core.action_report_packing_slip", pickings.ids
        )
        pages = read_pages(pdf)
        self.assertEqual(
            [("#1001" in page, "#1002" in page) for page in pages],
            [(True, False), (False, True)],
        )

    # === PICK LIST ===

    def test_pick_list_follows_the_shelves_and_ends_with_what_is_missing(self):
        rows = self._read_rows(self._read_html("pick_list", self._create_picking()))
        found = [(row[1].split("/")[-1], row[3].split()[0], row[-1][0]) for row in rows]
        self.assertEqual(
            found,
            [
                ("Shelf 2", "CHAIR-1", "2"),
                ("Shelf 10", "LAMP-1", "3"),
                ("Not reserved", "LAMP-1", "2"),
            ],
        )

    def test_orders_together_make_one_walk_that_names_each_delivery(self):
        pickings = self._create_picking(lamps=1) | self._create_picking(lamps=1)
        page = self._read_html("pick_list_together", pickings)
        rows = self._read_rows(page)
        self.assertEqual(
            [row[3].split()[0] for row in rows], ["CHAIR-1"] * 2 + ["LAMP-1"] * 2
        )
        self.assertEqual(
            {row[5].split()[0] for row in rows}, set(pickings.mapped("name"))
        )

    def test_pick_list_is_one_document_for_each_picking(self):
        pickings = self._create_picking() | self._create_picking()
        page = self._read_html("pick_list", pickings)
        found = page.xpath("//div[@data-oe-model='stock.picking']/@data-oe-id")
        self.assertEqual([int(i) for i in found], pickings.ids)
