# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What buyers of this shop do: buy, pay late, add, cancel, send back."""

from __future__ import annotations

from typing import Any

from emulators.base import traffic

from . import orders, pricing, refunds
from .model import Order
from .refund_wishes import refund_by_hand
from .store import ShopError


class Traffic(traffic.Traffic):
    def place(self, wishes: dict[str, Any]) -> None:
        orders.place(self.store, wishes)

    def change(self, order: Order) -> bool:
        try:
            return self._change(order)
        except ShopError:
            return False

    def _change(self, order: Order) -> bool:
        if order.cancelled_at:
            return False
        status = pricing.financial_status(order)
        shipped = any(line.fulfilled for line in order.lines)
        if status in ("pending", "authorized", "partially_paid"):
            orders.pay(self.store, order)
        elif shipped and status == "paid":
            made = refund_by_hand(self.store, order, {})
            refunds.publish(self.store, order, made)
        elif shipped:
            return False
        elif self.random.random() < 0.5:
            orders.cancel(self.store, order, reason="customer")
        else:
            orders.edit(self.store, order, {})
        return True
