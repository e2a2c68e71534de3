# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.oms_routing.tests.common import RoutingCommon


@tagged("post_install", "-at_install")
class TestPostcode(RoutingCommon):
    """The buyer in New York is near Test East; 10001 belongs to Test West."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["oms.routing.rule"].create(
            {
                "policy_id": cls.policy.id,
                "sequence": -1,
                "kind": "postcode",
                "postcode_prefixes": "100, 101",
                "postcode_warehouse_id": cls.west.id,
            }
        )

    def test_place_for_the_region_ships_although_another_is_nearer(self):
        self.customer.zip = "10001"
        self.assertEqual(self._route((self.mug, 2)).warehouse_id, self.west)

    def test_address_outside_the_region_goes_to_the_nearest_place(self):
        self.customer.zip = "11201"
        self.assertEqual(self._route((self.mug, 2)).warehouse_id, self.east)

    def test_decision_names_the_rule(self):
        self.customer.zip = "10001"
        self.assertEqual(
            self._route((self.mug, 2)).oms_routing_sentence,
            "Test West ships the whole order: first choice of the 2 places that had "
            "everything, the place for this region.",
        )

    def test_rule_says_what_it_does(self):
        self.assertEqual(
            self.policy.rule_ids.filtered(lambda r: r.kind == "postcode").summary,
            "Test West first for postcodes that begin with 100, 101.",
        )
