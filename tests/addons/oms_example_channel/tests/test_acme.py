# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo.exceptions import UserError

from odoo.addons.oms_example_channel.acme import mapper

from odoo.addons.oms_core.tests.common import OmsCommon
from tests.contract.connector import InboxContract
from tests.contract.mapping import MappingContract

PAYLOAD = {
    "ref": "77",
    "revision": 1,
    "placed": 1767322800,
    "money": "USD",
    "total": "15.0",
    "buyer": "Ada Buyer",
    "street": "1 Elm St",
    "city": "Reno",
    "country": "US",
    "rows": [{"row": "1", "what": "Mug", "sku": "TEST-MUG", "count": 2, "each": "7.5"}],
}


class TestAcmeMapping(MappingContract):
    samples = [("first", PAYLOAD)]
    order_key = staticmethod(mapper.order_key)
    order_from_payload = staticmethod(mapper.order_from_payload)

    def get_total(self, payload):
        return Decimal(payload["total"])


class AcmeCommon(OmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.platform = "acme"
        cls.company.currency_id = cls.env.ref("base.USD")


class TestAcmeInbox(InboxContract, AcmeCommon):
    samples = [("first", PAYLOAD)]

    def newer(self, payload):
        return payload | {"revision": 2, "dropped": True}

    def numbered(self, payload, number):
        return payload | {"ref": str(number)}


class TestAcme(AcmeCommon):
    """Orders of a platform that OMS has never heard of."""

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
