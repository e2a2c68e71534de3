# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import OmsCommon


class TestOmsSafetyStock(OmsCommon):
    def _create_safety(self, quantity=2, **values):
        return self.env["oms.safety.stock"].create(
            {
                "product_id": self.mug.id,
                "warehouse_id": self.warehouse.id,
                "quantity": quantity,
                **values,
            }
        )

    def test_product_has_one_safety_stock_at_a_node(self):
        self._create_safety()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_safety()

    def test_safety_stock_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_safety(-1)

    def test_safety_stock_belongs_to_the_company_of_its_node(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        place = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        safety = self._create_safety(warehouse_id=place.id)
        self.assertEqual(safety.company_id, company)

    def test_manager_keeps_back_and_user_reads(self):
        manager = self._create_user("test_keeper", "oms_core.group_oms_manager")
        user = self._create_user("test_reader", "oms_core.group_oms_user")
        safety = self._create_safety()
        safety.with_user(manager).quantity = 3
        self.assertEqual(safety.with_user(user).quantity, 3)
        with self.assertRaises(AccessError):
            safety.with_user(user).quantity = 4
