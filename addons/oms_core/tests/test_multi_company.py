# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError

from .common import OmsCommon


class TestMultiCompany(OmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other Company"})
        cls.user = cls._create_user("test_one_company", "oms_core.group_oms_manager")
        cls.foreign_channel = cls.env["oms.channel"].create(
            {"name": "Foreign", "code": "foreign", "company_id": cls.other_company.id}
        )

    def test_channel_of_another_company_is_not_seen(self):
        channels = self.env["oms.channel"].with_user(self.user).search([])
        self.assertNotIn(self.foreign_channel, channels)

    def test_channel_of_another_company_is_not_read(self):
        with self.assertRaises(AccessError):
            self.foreign_channel.with_user(self.user).read(["name"])

    def test_two_companies_may_use_the_same_code(self):
        twin = self.env["oms.channel"].create(
            {
                "name": "Twin",
                "code": self.channel.code,
                "company_id": self.other_company.id,
            }
        )
        self.assertEqual(twin.code, self.channel.code)

    def test_hold_and_history_of_another_company_are_not_seen(self):
        order = self._create_order()
        self._hold(order, "manual")
        stranger = self._create_user("test_stranger", "oms_core.group_oms_manager")
        stranger.write(
            {
                "company_ids": [(6, 0, self.other_company.ids)],
                "company_id": self.other_company.id,
            }
        )
        seen = [
            self.env[model].with_user(stranger).search([("order_id", "=", order.id)])
            for model in ("oms.hold", "oms.event")
        ]
        self.assertFalse(any(seen))
