# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestOmsChannelDisplay(OmsCommon):
    """Every number on the card of a channel leads to its orders."""

    def _get_orders(self, action):
        return self.env["sale.order"].search(action["domain"])

    def test_card_counts_what_its_links_show(self):
        shipped, held = self._create_order(), self._create_order()
        self._create_order()
        self._hold(held, "address")
        self._ship(shipped)
        self.env.flush_all()
        for field, method, expected in [
            ("open_order_count", "action_view_open_orders", 2),
            ("hold_count", "action_view_held_orders", 1),
            ("unfillable_count", "action_view_unfillable_orders", 0),
            ("today_order_count", "action_view_today_orders", 3),
        ]:
            with self.subTest(field=field):
                orders = self._get_orders(getattr(self.channel, method)())
                self.assertEqual(self.channel[field], expected)
                self.assertEqual(len(orders), expected)

    def test_number_of_channels_does_not_change_the_number_of_queries(self):
        channels = self.channel.union(
            *(self.channel.copy({"code": f"copy{n}"}) for n in range(5))
        )
        names = ["open_order_count", "hold_count", "today_order_count", "icon_url"]
        counts = []
        channels.read(names)  # fills the caches
        for some in (channels[:1], channels):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
