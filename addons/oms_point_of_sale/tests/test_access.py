# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestAccess(PosCommon):
    """A cashier needs to know nothing of channels, nor an order manager of tills."""

    def _create_cashier(self, *groups):
        groups = ("base.group_user", "point_of_sale.group_pos_user", *groups)
        return self._create_user("test_cashier", ",".join(groups))

    def test_cashier_sells(self):
        self._sell((self.mug, 1))
        cashier = self._create_cashier()
        data = self.sent | {"uuid": "test-cashier", "user_id": cashier.id}
        [receipt] = (
            self.env["pos.order"].with_user(cashier).sync_from_ui([data])["pos.order"]
        )
        self.assertEqual(
            self.env["pos.order"].browse(receipt["id"]).oms_channel_id, self.till
        )

    def test_cashier_reads_the_list_of_receipts(self):
        receipt = self._sell((self.mug, 1)).with_user(self._create_cashier())
        self.env.invalidate_all()
        [values] = receipt.web_read(
            {"oms_channel_id": {"fields": {"display_name": {}}}, "oms_state": {}}
        )
        self.assertEqual(values["oms_state"], "closed")

    def test_cashier_settles_an_order(self):
        first, order = self._create_order([(self.mug, 2)]), self._create_order()
        self._settle(first)
        line = {
            "sale_order_line_id": order.order_line.id,
            "sale_order_origin_id": order.id,
        }
        [sent] = self.sent["lines"]
        # Odoo's tills ask that of who settles orders.
        cashier = self._create_cashier("sales_team.group_sale_salesman_all_leads")
        data = self.sent | {
            "uuid": "test-cashier",
            "user_id": cashier.id,
            "lines": [Command.create(sent[2] | line)],
        }
        self.env["pos.order"].with_user(cashier).sync_from_ui([data])
        self.assertEqual(order.oms_state, "closed")

    def test_order_user_reads_channels_and_report_without_rights_on_tills(self):
        user = self._create_user("test_oms_user", "oms_core.group_oms_user")
        self._sell((self.mug, 1))
        self.env.flush_all()
        lines = self.env["oms.order.report"].with_user(user)
        self.assertEqual(lines.search_count([("channel_id", "=", self.till.id)]), 1)

    def test_who_may_not_see_receipts_finds_none(self):
        user = self._create_user("test_employee", "base.group_user")
        receipt = self._sell((self.mug, 1))
        found = self.env["oms.finder"].with_user(user).find(receipt.pos_reference)
        self.assertFalse(found)

    def test_receipts_of_another_company_are_not_in_the_report(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self._sell((self.mug, 1))
        self.env.flush_all()
        user = self._create_user("test_oms_user", "oms_core.group_oms_user")
        user.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        lines = self.env["oms.order.report"].with_user(user).with_company(company)
        self.assertFalse(lines.search([("channel_id", "=", self.till.id)]))
