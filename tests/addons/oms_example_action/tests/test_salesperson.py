# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.oms_core.tests.common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestSalesperson(RuleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("test_seller", "sales_team.group_sale_salesman")
        cls.rule = cls._create_rule(
            {"code": "salesperson", "salesperson_id": cls.seller.id}
        )

    def test_order_that_arrives_is_given_to_the_salesperson(self):
        self.assertEqual(self._create_order().user_id, self.seller)

    def test_rule_says_what_it_does(self):
        self.assertIn(f"give to {self.seller.name}", self.rule.summary)
