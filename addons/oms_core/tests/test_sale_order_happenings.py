# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import OmsCommon

# What happens to an order, step by step; the state that it must end in comes last.
LIVES = [
    ("sold", ["confirm"], "allocated"),
    ("held", ["confirm", "hold"], "on_hold"),
    ("held before the sale", ["hold", "confirm"], "on_hold"),
    ("let go on", ["hold", "confirm", "release"], "allocated"),
    ("printed", ["confirm", "print"], "picking"),
    ("picked and held", ["confirm", "pick", "hold"], "on_hold"),
    ("picked", ["confirm", "print", "pick"], "packed"),
    ("sent", ["confirm", "pay", "pick", "send"], "shipped"),
    ("sent, then held", ["confirm", "send", "hold"], "shipped"),
    ("arrived", ["confirm", "send", "arrive", "pay"], "delivered"),
    ("all done", ["confirm", "invoice", "send", "pay", "arrive"], "closed"),
    ("paid last", ["confirm", "send", "arrive", "invoice", "pay"], "closed"),
    ("paid first", ["pay", "confirm", "invoice", "send", "arrive"], "closed"),
    ("cancelled", ["confirm", "hold", "cancel"], "cancelled"),
    ("never sold", ["cancel"], "cancelled"),
    ("a quotation", ["pay"], "captured"),
    ("made smaller", ["confirm", "reduce", "send"], "shipped"),
    ("nowhere", ["confirm", "lose", "refuse"], "unfillable"),
    ("goods taken away", ["confirm", "lose"], "backordered"),
]


@tagged("post_install", "-at_install")
class TestSaleOrderHappenings(OmsCommon):
    """The same happenings give the same states, however they are computed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Where routing is installed, it has but one place to choose.
        cls.channel.warehouse_ids = cls.warehouse
        cls._add_stock(cls.mug, 500)

    # === STEPS, each for any number of orders ===

    def _do_confirm(self, orders):
        orders.action_confirm()

    def _do_hold(self, orders):
        self._hold(orders, "payment")

    def _do_release(self, orders):
        orders.oms_open_hold_ids._release("paid by now")

    def _do_print(self, orders):
        orders.picking_ids.printed = True

    def _do_pick(self, orders):
        orders.picking_ids.move_ids.picked = True

    def _do_send(self, orders):
        self._ship(orders)

    def _do_arrive(self, orders):
        orders.picking_ids.oms_delivered_at = "2026-01-05 10:00:00"

    def _do_pay(self, orders):
        self.env["oms.payment"].create(
            [
                {
                    "order_id": order.id,
                    "external_id": f"paid-{order.id}",
                    "kind": "capture",
                    "amount": 20.0,
                    "currency_id": order.currency_id.id,
                    "date": "2026-01-02 03:04:05",
                }
                for order in orders
            ]
        )

    def _do_invoice(self, orders):
        orders._create_invoices().action_post()

    def _do_cancel(self, orders):
        orders._action_cancel()

    def _do_reduce(self, orders):
        orders.order_line.product_uom_qty = 1

    def _do_lose(self, orders):
        orders.picking_ids.do_unreserve()

    def _do_refuse(self, orders):
        orders.oms_unfillable = True

    # === WAYS ===

    def _create_lives(self):
        return [self._create_order(confirm=False) for _life in LIVES]

    def _live_each(self, orders, after_step):
        """One order after the other, whole lives."""
        for order, (_name, steps, _state) in zip(orders, LIVES, strict=True):
            for step in steps:
                getattr(self, f"_do_{step}")(order)
                after_step()

    def _live_together(self, orders):
        """Step by step, all orders that take the same step at once."""
        for number in range(max(len(steps) for _name, steps, _state in LIVES)):
            together = {}
            for order, (_name, steps, _state) in zip(orders, LIVES, strict=True):
                if number < len(steps):
                    together.setdefault(steps[number], order.browse())
                    together[steps[number]] |= order
            for step, batch in together.items():
                getattr(self, f"_do_{step}")(batch)

    def _read_states(self, orders):
        """What the database says at last."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            name: order.oms_state
            for order, (name, _steps, _state) in zip(orders, LIVES, strict=True)
        }

    # === TESTS ===

    def test_states_are_the_same_however_they_are_computed(self):
        expected = {name: state for name, _steps, state in LIVES}

        def write_and_forget():
            self.env.flush_all()
            self.env.invalidate_all()

        for case, live in [
            ("each step written", lambda o: self._live_each(o, write_and_forget)),
            ("written at the end", lambda o: self._live_each(o, lambda: None)),
            ("all together", self._live_together),
        ]:
            orders = self._create_lives()
            live(orders)
            with self.subTest(case=case):
                self.assertEqual(self._read_states(orders), expected)

    def test_computing_all_states_again_changes_none(self):
        orders = self._create_lives()
        self._live_together(orders)
        before = self._read_states(orders)
        everything = self.env["sale.order"].union(*orders)
        names = ("oms_payment_state", "oms_return_state", "oms_state")
        for name in names:
            self.env.add_to_compute(everything._fields[name], everything)
        everything._recompute_recordset(names)
        self.assertEqual(self._read_states(orders), before)
