# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo.tests import tagged

from odoo.addons.oms_core.tests.common_access import AccessCommon


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessCommon):
    MODULE = "oms_channels"

    def _get_values(self):
        return {
            "oms.channel.message": {
                "channel_id": self.channel.id,
                "company_id": self.company.id,
                "direction": "in",
                "kind": "order",
                "key": "test",
            },
            "oms.channel.upload": {
                "channel_id": self.channel.id,
                "content": base64.b64encode(b"[]"),
                "name": "orders.json",
            },
            "oms.privacy.request": {"channel_id": self.channel.id},
        }

    def _get_arguments(self):
        return {
            ("oms.api", "import_orders"): [self.channel.code, []],
        }

    def test_each_role_may_do_with_each_model_what_the_table_says(self):
        self.check_models()

    def test_each_role_is_let_into_each_method_as_the_table_says(self):
        self.check_methods()
