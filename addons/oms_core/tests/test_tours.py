# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestTours(HttpCase, OmsCommon):
    """What a person does with the mouse."""

    def test_held_order_is_released_from_its_banner(self):
        user = self._create_user("tourist", "oms_core.group_oms_user")
        order = self._create_order(oms_external_number="TOUR-1")
        self._hold(order, "address", "no house number")
        self.start_tour("/odoo/oms-orders", "oms_release_hold", login=user.login)
        self.assertFalse(order.oms_open_hold_ids)
