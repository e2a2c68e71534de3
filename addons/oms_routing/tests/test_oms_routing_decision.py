# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tools.translate import code_translations

from .common import RoutingCommon


class TestOmsRoutingDecision(RoutingCommon):
    def test_decision_says_who_ships_and_why(self):
        order = self._route((self.mug, 2))
        self.assertEqual(
            order.oms_routing_sentence,
            "Test East ships the whole order: nearest of the 2 places that had "
            "everything, 304 km.",
        )

    def test_place_that_lacks_goods_says_how_many_it_has(self):
        order = self._route((self.lamp, 2))
        self.assertEqual(
            self._candidates(order)["TEST2"]["reason"], "has 0 of 2 Test-Lamp"
        )

    def test_place_outside_the_channel_says_so(self):
        self.channel.warehouse_ids = self.west
        order = self._route((self.mug, 2))
        self.assertEqual(
            self._candidates(order)["TEST1"]["reason"],
            "not a place of channel Test Shop",
        )

    def test_every_warehouse_of_the_company_is_weighed(self):
        order = self._route((self.mug, 2))
        warehouses = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(set(self._candidates(order)), set(warehouses.mapped("code")))

    def test_decision_keeps_what_each_place_had(self):
        order = self._route((self.mug, 15))
        east = self._candidates(order)["TEST1"]
        self.assertEqual(
            east["lines"],
            [
                {
                    "product": "Test-Mug",
                    "wanted": 15.0,
                    "has": 10.0,
                    "ships": 10.0,
                }
            ],
        )

    def test_decision_keeps_the_distance_of_each_place(self):
        order = self._route((self.mug, 2))
        distances = {
            code: place["distance_km"]
            for code, place in self._candidates(order).items()
            if code in ("TEST1", "TEST2")
        }
        self.assertEqual(distances, {"TEST1": 303.8, "TEST2": 3851.7})

    def test_decision_names_the_version_of_the_policy(self):
        self.policy.rule_ids[1].band_km = 100
        order = self._route((self.mug, 2))
        self.assertEqual(
            order.oms_routing_decision_id.policy_version, self.policy.version
        )

    def test_decision_keeps_the_rules_as_they_were(self):
        order = self._route((self.mug, 2))
        self.policy.rule_ids.unlink()
        self.assertIn("2. The nearest first", order.oms_routing_decision_id.rules)

    def test_decision_is_never_changed(self):
        order = self._route((self.mug, 2))
        with self.assertRaisesRegex(UserError, "kept as it was"):
            order.oms_routing_decision_id.sentence = "Because."

    def test_newest_decision_holds(self):
        order = self._route((self.mug, 2))
        first = order.oms_routing_decision_id
        order._oms_route()
        self.assertGreater(order.oms_routing_decision_id.id, first.id)

    def test_decision_speaks_the_language_of_who_routes(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = {
            "%(place)s ships %(goods)s: %(why)s.": "%(place)s expédie %(goods)s : ici.",
            "the whole order": "toute la commande",
        }
        order = self._create_order(confirm=False).with_context(lang="fr_FR")
        with patch.object(
            code_translations, "get_python_translations", return_value=french
        ):
            order._oms_route()
        self.assertEqual(
            order.oms_routing_sentence, "Test East expédie toute la commande : ici."
        )
