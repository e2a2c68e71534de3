# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo.addons.oms_channels.connectors.file import mapper
from tests.contract.mapping import MappingContract
from tests.unit.mappers.file.test_mapper import ORDER


class TestFileMapping(MappingContract):
    samples = [("document", ORDER)]
    order_key = staticmethod(mapper.order_key)
    order_from_payload = staticmethod(mapper.order_from_payload)

    def get_total(self, payload):
        return Decimal(payload["total"])
