# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from odoo.addons.oms_core.tests.common import OmsCommon

BOSTON = {"partner_latitude": 42.35, "partner_longitude": -71.08}
RENO = {"partner_latitude": 39.46, "partner_longitude": -119.77}
NEW_YORK = {"partner_latitude": 40.71, "partner_longitude": -74.0}


class RoutingCommon(OmsCommon):
    """Test East in Boston and Test West in Reno; the buyer is in New York.

    Both have 10 mugs; lamps are in Test East only. What another addon's demo adds to
    the list of policies does not matter: the channel has its own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.east, cls.west = cls.warehouse, cls.other_warehouse
        cls.east.partner_id = cls._create_partner("East", **BOSTON)
        cls.west.partner_id = cls._create_partner("West", **RENO)
        cls.customer.write(NEW_YORK)
        cls._add_stock(cls.mug, 10, cls.west)
        cls.policy = cls._create_policy("in_stock", "nearest")
        cls.channel.routing_policy_id = cls.policy

    @classmethod
    def _create_partner(cls, name, **values):
        return cls.env["res.partner"].create({"name": name, **values})

    @classmethod
    def _create_policy(cls, *kinds, **values):
        return cls.env["oms.routing.policy"].create(
            {
                "name": "Test Policy",
                "rule_ids": [
                    Command.create({"kind": kind, "sequence": number})
                    for number, kind in enumerate(kinds)
                ],
                **values,
            }
        )

    def _route(self, *lines, **values):
        """A quotation of these (product, quantity), routed."""
        order = self._create_order(list(lines), confirm=False, **values)
        order._oms_route()
        return order

    def _candidates(self, order):
        return {
            place["code"]: place for place in order.oms_routing_decision_id.candidates
        }
