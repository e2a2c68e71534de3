# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.oms_core.tests.common_access import AccessCommon


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessCommon):
    MODULE = "oms_channels"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls.env["oms.channel.gateway"].create(
            {"name": "A gateway", "code": "gateway", "channel_id": cls.channel.id}
        )
        money = {
            "company_id": cls.company.id,
            "date": "2026-01-02",
            "external_id": "payout-1",
        }
        cls.settlement = cls.env["oms.settlement"].create(
            money
            | {
                "gateway_id": cls.gateway.id,
                "currency_id": cls.company.currency_id.id,
                "line_ids": [Command.create(money | {"kind": "charge"})],
            }
        )
        cls.format = cls.env["oms.file.format"].create(
            {"name": "A format", "channel_id": cls.channel.id, "pattern": "*.csv"}
        )

        cls.message = cls.env["oms.channel.message"]._store(
            cls.channel, [{"kind": "order", "key": "one"}]
        )

    def _get_values(self):
        file = {"content": base64.b64encode(b"[]"), "name": "orders.json"}
        return {
            "oms.channel.file": {
                "channel_id": self.channel.id,
                "company_id": self.company.id,
                "name": "orders.csv",
                "direction": "in",
                "key": "test",
            },
            "oms.channel.setup": {"channel_id": self.channel.id},
            "oms.channel.list.products": {"channel_id": self.channel.id},
            "oms.channel.listing": {
                "channel_id": self.channel.id,
                "product_id": self.mug.id,
                "sku": "TEST-MUG",
            },
            "oms.channel.message": {
                "channel_id": self.channel.id,
                "company_id": self.company.id,
                "direction": "in",
                "kind": "order",
                "key": "test",
            },
            "oms.channel.message.skip": {
                "selected_ids": self.message.ids,
                "reason": "a test order",
            },
            "oms.channel.upload": file | {"channel_id": self.channel.id},
            "oms.file.trial": {"format_id": self.format.id},
            "oms.privacy.request": {"channel_id": self.channel.id},
            "oms.settlement.upload": file | {"gateway_id": self.gateway.id},
        }

    def _get_arguments(self):
        return {
            ("oms.api", "import_orders"): [self.channel.code, []],
        }

    def test_each_role_may_do_with_each_model_what_the_table_says(self):
        self.check_models()

    def test_each_role_is_let_into_each_method_as_the_table_says(self):
        self.check_methods()
