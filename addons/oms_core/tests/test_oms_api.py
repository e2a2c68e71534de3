# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError

from .common import OmsCommon


class TestOmsApi(OmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(
            oms_external_id="900100", oms_external_number="#900100"
        )
        user = cls._create_user("test_api", "oms_core.group_oms_connector")
        cls.api = cls.env["oms.api"].with_user(user)

    def test_order_is_found_by_the_number_of_the_channel(self):
        status = self.api.order_status(["#900100"])[0]
        self.assertEqual(status["order"], self.order.name)

    def test_order_is_found_by_its_name(self):
        status = self.api.order_status([self.order.name])[0]
        self.assertEqual(status["state"], "allocated")

    def test_amounts_are_decimal_strings(self):
        status = self.api.order_status(["#900100"])[0]
        self.assertEqual((status["total"], status["tax"]), ("20.00", "0.00"))

    def test_lines_tell_what_is_allocated(self):
        status = self.api.order_status(["#900100"])[0]
        self.assertEqual(
            status["lines"],
            [
                {
                    "sku": "TEST-MUG",
                    "ordered": 2.0,
                    "allocated": 2.0,
                    "shipped": 0.0,
                    "returned": 0.0,
                }
            ],
        )

    def test_parcels_tell_place_and_tracking(self):
        self._ship(self.order, "TRACK-9")
        parcel = self.api.order_status(["#900100"])[0]["parcels"][0]
        self.assertEqual((parcel["node"], parcel["tracking"]), ("TEST1", "TRACK-9"))

    def test_holds_are_told_with_their_reason(self):
        self._hold(self.order, "manual", "wait for the call")
        status = self.api.order_status(["#900100"])[0]
        self.assertEqual(
            status["holds"], [{"type": "manual", "reason": "wait for the call"}]
        )

    def test_times_are_in_utc(self):
        self._hold(self.order, "manual")
        event = self.api.order_status(["#900100"])[0]["events"][-1]
        self.assertTrue(event["date"].endswith("Z"))

    def test_a_number_that_names_nothing_does_not_spoil_the_others(self):
        statuses = self.api.order_status(["nothing", "#900100"])
        self.assertEqual([s["order"] for s in statuses], ["", self.order.name])

    def test_unknown_channel_is_refused_by_its_code(self):
        with self.assertRaisesRegex(UserError, "no_such_channel"):
            self.api.order_status(["#900100"], channel="no_such_channel")

    def test_unknown_sku_is_answered_by_name(self):
        answer = self.api.availability(["NO-SUCH-SKU"])[0]
        self.assertIn("NO-SUCH-SKU", answer["message"])

    def test_employee_without_the_role_is_refused(self):
        stranger = self._create_user("test_stranger", "base.group_user")
        with self.assertRaisesRegex(AccessError, "Connector"):
            self.env["oms.api"].with_user(stranger).order_status(["#900100"])

    def test_orders_of_another_company_are_not_told(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self.api.env.user.write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        api = self.env["oms.api"].with_user(self.api.env.user).with_company(company)
        status = api.with_context(allowed_company_ids=company.ids).order_status(
            ["#900100"]
        )
        self.assertFalse(status[0]["order"])
