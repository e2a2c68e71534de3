# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import tagged

from .common_access import AccessCommon


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessCommon):
    MODULE = "oms_core"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_order()._oms_cancel("changed her mind")
        cls.hold_type = cls.env.ref("oms_core.hold_type_manual")
        cls.bulk_action = cls.env["oms.bulk.action"].create(
            {"name": "Test", "kind": "hold", "hold_type_id": cls.hold_type.id}
        )

    def _get_values(self):
        orders = [Command.set(self.order.ids)]
        stocked = {"product_id": self.mug.id, "warehouse_id": self.warehouse.id}
        return {
            "oms.bulk.action.line": {
                "action_id": self.bulk_action.id,
                "company_id": self.company.id,
                "order_id": self.order.id,
            },
            "oms.bulk.start": {
                "order_ids": self.order.ids,
                "kind": "hold",
                "hold_type_id": self.hold_type.id,
                "reason": "a reason",
            },
            "oms.buyer.mail": {
                "order_id": self.order.id,
                "company_id": self.company.id,
                "occasion": "capture",
                "res_id": self.order.id,
            },
            "oms.forecast": stocked,
            "oms.forecast.apply": {"apply_safety": True},
            "oms.forecast.change": stocked | {"kind": "safety", "was_missing": True},
            "oms.hold.place": {
                "order_ids": orders,
                "type_id": self.hold_type.id,
                "reason": "a reason",
            },
            "oms.hold.release": {
                "hold_ids": [Command.set(self.order.oms_hold_ids.ids)],
                "reason": "a reason",
            },
            "oms.cancel.reason": {"name": "A reason", "code": "a_reason"},
            "oms.order.cancel": {
                "order_id": self.order.id,
                "reason_id": self.env.ref("oms_core.cancel_reason_fraud").id,
            },
            "oms.order.rule": {"name": "A rule", "domain": "[]"},
            "oms.order.split": {"order_id": self.order.id},
            "oms.promise.change": {"order_ids": orders, "reason": "a reason"},
        }

    def _get_arguments(self):
        return {
            ("oms.api", "order_status"): [[self.order.name]],
            ("oms.api", "availability"): [["TEST-MUG"]],
            ("oms.api", "hold_orders"): [[self.order.name], "manual", "a reason"],
            ("oms.api", "release_holds"): [[self.order.name], "payment", "a reason"],
            ("oms.api", "cancel_orders"): [[self.order.name], "a reason"],
            ("oms.finder", "find"): ["TEST"],
            ("oms.event", "get_timeline"): [self.order.id],
        }

    def test_each_role_may_do_with_each_model_what_the_table_says(self):
        self.check_models()

    def test_each_role_is_let_into_each_method_as_the_table_says(self):
        self.check_methods()
