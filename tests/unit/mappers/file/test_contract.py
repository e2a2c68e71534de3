# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo.addons.oms_channels.connectors.file import mapper
from tests.contract.mapping import MappingContract
from tests.unit.mappers.file.test_mapper import ORDER

PARTLY_DONE = ORDER | {
    "lines": [
        line | {"cancelled": "1", "fulfilled": 0, "external_id": key}
        for key, line in zip("ab", ORDER["lines"], strict=True)
    ]
}


class TestFileMapping(MappingContract):
    samples = [("document", ORDER), ("partly done", PARTLY_DONE)]
    order_key = staticmethod(mapper.order_key)
    order_from_payload = staticmethod(mapper.order_from_payload)

    def get_total(self, payload):
        return Decimal(payload["total"])
