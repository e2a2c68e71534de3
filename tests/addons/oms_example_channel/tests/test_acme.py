# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError

from odoo.addons.oms_core.tests.common import OmsCommon

PAYLOAD = {
    "ref": "77",
    "revision": 1,
    "placed": 1767322800,
    "money": "USD",
    "buyer": "Ada Buyer",
    "street": "1 Elm St",
    "city": "Reno",
    "country": "US",
    "rows": [{"row": "1", "what": "Mug", "sku": "TEST-MUG", "count": 2, "each": "7.5"}],
}


class TestAcme(OmsCommon):
    """Orders of a platform that OMS has never heard of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.platform = "acme"
        cls.company.currency_id = cls.env.ref("base.USD")

    def _import(self, **changes):
        return self.env["oms.api"].import_orders(
            "test_shop", [PAYLOAD | changes], format="acme"
        )[0]

    def test_order_is_imported_and_reserved(self):
        self.assertEqual(self._import()["state"], "allocated")

    def test_line_without_a_price_is_quarantined_by_its_path(self):
        rows = [PAYLOAD["rows"][0] | {"each": None}]
        self.assertIn("rows[0].each", self._import(rows=rows)["message"])

    def test_platform_that_is_not_installed_is_refused(self):
        with self.assertRaisesRegex(UserError, "nowhere"):
            self.env["oms.api"].import_orders("test_shop", [], format="nowhere")
