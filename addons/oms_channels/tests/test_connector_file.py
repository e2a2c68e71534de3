# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json

from odoo.exceptions import UserError

from .test_file_upload import FileCommon

ORDER = {
    "external_id": "F-1",
    "placed_at": "2026-01-02T03:04:05Z",
    "currency": "USD",
    "total": "16.20",
    "customer": {"name": "Ada Buyer", "email": "ada@example.com"},
    "ship_to": {"street": "1 Elm St", "city": "Reno", "state": "NV", "country": "US"},
    "lines": [
        {
            "sku": "TEST-MUG",
            "name": "Mug",
            "quantity": "2",
            "unit_price": "7.50",
            "taxes": [{"title": "State Tax", "rate": "0.08", "amount": "1.20"}],
        }
    ],
    "payments": [{"external_id": "p1", "kind": "capture", "amount": "16.20"}],
}
TABLE = """external_id;placed_at;currency;sku;quantity;unit_price;shipping;customer_name
T-1;2026-01-02T03:04:05Z;USD;TEST-MUG;1;7,50;4,90;Ada Buyer
T-1;;;TEST-LAMP;2;10,00;;
T-2;2026-01-02T03:04:05Z;USD;TEST-MUG;many;7,50;;Bob Buyer
"""


class TestConnectorFile(FileCommon):
    def _api(self, *orders, **options):
        return self.env["oms.api"].import_orders("test_shop", list(orders), **options)

    def _upload(self, name, content):
        upload = self.env["oms.channel.upload"].create(
            {
                "channel_id": self.channel.id,
                "name": name,
                "content": base64.b64encode(content.encode()),
            }
        )
        file = self.env["oms.channel.file"].browse(upload.action_upload()["res_id"])
        return file.message_ids.sorted("id")

    # === API ===

    def test_order_document_becomes_an_order(self):
        result = self._api(ORDER)[0]
        self.assertEqual((result["result"], result["state"]), ("imported", "allocated"))

    def test_total_of_the_document_is_kept_to_the_cent(self):
        name = self._api(ORDER)[0]["order"]
        order = self.env["sale.order"].search([("name", "=", name)])
        self.assertEqual(f"{order.amount_total:.2f}", ORDER["total"])

    def test_the_same_document_again_changes_nothing(self):
        first, second = self._api(ORDER)[0], self._api(ORDER)[0]
        self.assertEqual(
            (second["result"], second["order"]), ("unchanged", first["order"])
        )

    def test_document_twice_in_a_call_is_one_order(self):
        first, second = self._api(ORDER, ORDER)
        self.assertEqual(first["order"], second["order"])

    def test_bad_document_does_not_spoil_the_others(self):
        bad = ORDER | {"external_id": "F-2", "lines": []}
        results = self._api(bad, ORDER)
        self.assertEqual([r["result"] for r in results], ["quarantined", "imported"])

    def test_document_without_id_is_quarantined_with_the_field(self):
        bad = {key: value for key, value in ORDER.items() if key != "external_id"}
        self.assertIn("external_id", self._api(bad)[0]["message"])

    def test_line_without_price_is_quarantined_with_its_path(self):
        bad = ORDER | {"lines": [ORDER["lines"][0] | {"unit_price": None}]}
        self.assertIn("lines[0].unit_price", self._api(bad)[0]["message"])

    def test_unknown_currency_is_quarantined_with_its_code(self):
        self.assertIn("ZZZ", self._api(ORDER | {"currency": "ZZZ"})[0]["message"])

    def test_quarantined_document_is_imported_on_a_second_try(self):
        self.env.ref("base.EUR").active = False
        self._api(ORDER | {"currency": "EUR"})
        message = self.channel.message_ids
        self.env.ref("base.EUR").active = True
        message.action_retry()
        self.channel._process_inbox()
        self.assertEqual((message.state, len(message.order_id)), ("done", 1))

    def test_half_a_character_in_a_document_is_no_obstacle(self):
        result = self._api(ORDER | {"note": "half a smile: \ud83d"})[0]
        self.assertEqual(result["result"], "imported")

    def test_platform_without_its_addon_is_told_in_a_sentence(self):
        self.channel.platform = False
        with self.assertRaisesRegex(UserError, "has no platform"):
            self.channel._get_connector()

    def test_document_that_nobody_waits_for_is_stored(self):
        self.assertEqual(self._api(ORDER, wait=False)[0]["result"], "stored")

    def test_stored_documents_are_imported_by_the_job(self):
        self._api(ORDER, wait=False)
        self.channel._process_inbox()
        self.assertTrue(self.channel.message_ids.order_id)

    def test_holds_are_told_with_their_reason(self):
        line = ORDER["lines"][0] | {"sku": "NO-SUCH"}
        holds = self._api(ORDER | {"lines": [line]})[0]["holds"]
        self.assertEqual(holds[0]["type"], "unknown_product")

    def test_order_without_payment_waits_for_its_money(self):
        holds = self._api(ORDER | {"payments": []})[0]["holds"]
        self.assertEqual([hold["type"] for hold in holds], ["payment"])

    def test_order_of_a_channel_that_sells_on_account_waits_for_no_money(self):
        self.channel.sells_on_account = True
        self.assertEqual(self._api(ORDER | {"payments": []})[0]["holds"], [])

    def test_newer_version_on_account_waits_for_no_money_either(self):
        self.channel.sells_on_account = True
        self._api(ORDER | {"payments": []})
        line = ORDER["lines"][0] | {"quantity": "3", "taxes": []}
        newer = {"updated_at": "2026-01-03T03:04:05Z", "total": "22.50"}
        result = self._api(ORDER | newer | {"lines": [line], "payments": []})[0]
        self.assertEqual((result["result"], result["holds"]), ("updated", []))

    # === FILES ===

    def test_json_file_becomes_orders(self):
        messages = self._upload("orders.json", json.dumps({"orders": [ORDER]}))
        self.assertEqual(messages.state, "done")

    def test_table_with_a_bad_order_imports_the_good_one(self):
        self.channel.decimal_mark = ","
        messages = self._upload("orders.csv", TABLE)
        self.assertEqual(messages.mapped("state"), ["done", "quarantined"])

    def test_rows_of_an_order_become_its_lines(self):
        self.channel.decimal_mark = ","
        order = self._upload("orders.csv", TABLE).order_id
        self.assertEqual(order.order_line.mapped("price_subtotal"), [7.5, 20.0, 4.9])

    def test_the_same_file_again_makes_no_second_order(self):
        self._upload("orders.json", json.dumps(ORDER))
        self._upload("again.json", json.dumps(ORDER))
        orders = self.env["sale.order"].search(
            [("oms_channel_id", "=", self.channel.id)]
        )
        self.assertEqual(len(orders), 1)
