# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ReturnsCommon


class TestControlTower(ReturnsCommon):
    def _get_count(self):
        self.env.flush_all()
        tiles = self.env["oms.control.tower"].get_page()["tiles"]
        return next(tile["count"] for tile in tiles if tile["code"] == "returns")

    def test_requested_return_is_to_decide(self):
        before = self._get_count()
        self._create_return(self._create_sold_order())
        self.assertEqual(self._get_count() - before, 1)

    def test_approved_return_is_decided(self):
        before = self._get_count()
        self._create_return(self._create_sold_order())._set_approved()
        self.assertEqual(self._get_count() - before, 0)
