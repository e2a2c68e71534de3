# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import CheckViolation

from odoo.tools import mute_logger

from ..engine.filters import InStock
from ..engine.sorters import Nearest, Priority
from .common import RoutingCommon


class TestSteps(RoutingCommon):
    def _build(self, **values):
        return (
            self.env["oms.routing.rule"]
            .create({"policy_id": self.policy.id, **values})
            ._build()
        )

    def test_rule_of_goods_builds_the_filter(self):
        self.assertEqual(self._build(kind="in_stock"), InStock())

    def test_rule_that_never_splits_wants_everything(self):
        self.assertEqual(
            self._build(kind="in_stock", never_split=True), InStock(complete=True)
        )

    def test_rule_of_distance_passes_its_band(self):
        self.assertEqual(self._build(kind="nearest", band_km=50), Nearest(band_km=50.0))

    def test_rule_of_priority_builds_the_sorter(self):
        self.assertEqual(self._build(kind="priority"), Priority())

    def test_band_of_distances_is_not_negative(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self._build(kind="nearest", band_km=-1)
