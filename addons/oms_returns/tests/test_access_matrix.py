# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.oms_core.tests.common_access import AccessCommon


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessCommon):
    MODULE = "oms_returns"

    def _get_values(self):
        return {
            "oms.return": {"order_id": self.order.id},
            "oms.return.create": {"order_id": self.order.id},
        }

    def _get_arguments(self):
        return {
            ("oms.api", "create_returns"): [[]],
            ("oms.api", "return_status"): [[]],
        }

    def test_each_role_may_do_with_each_model_what_the_table_says(self):
        self.check_models()

    def test_each_role_is_let_into_each_method_as_the_table_says(self):
        self.check_methods()
