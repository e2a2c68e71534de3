# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The selling shop: buyers come, some change their mind, a few send things back."""

from __future__ import annotations

import random
import threading
import urllib.error
from collections.abc import Callable
from http.client import HTTPException

from . import orders, pricing, refunds
from .model import Order
from .refund_wishes import refund_by_hand
from .store import ShopError, Store
from .webhooks import OPENER

FIRST_ORDERS = 8
# A demo left alone over the weekend should not drown: pauses grow to this many times
# the first one.
LONGEST = 20
GROWTH = 1.03
_SECOND_THOUGHTS = 0.18


def answers(url: str) -> bool:
    """Whether somebody serves there; an error of the server is no service."""
    try:
        with OPENER.open(url, timeout=3):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (OSError, HTTPException, ValueError):
        return False


class Traffic(threading.Thread):
    """Sells every `pause` seconds, once `wait_for` answers (if one is given)."""

    def __init__(
        self,
        store: Store,
        pause: float,
        *,
        wait_for: str | None = None,
        first: int = FIRST_ORDERS,
        sleep: Callable[[float], bool] | None = None,
    ) -> None:
        super().__init__(name="traffic", daemon=True)
        self.store = store
        self.pause = pause
        self.wait_for = wait_for
        self.first = first
        self._stop_asked = threading.Event()
        self._sleep = sleep or self._stop_asked.wait
        self.random = random.Random(f"traffic/{store.seed}")

    def stop(self) -> None:
        self._stop_asked.set()

    def run(self) -> None:
        while self.wait_for and not answers(self.wait_for):
            if self._sleep(1.0):
                return
        if not self.store.orders:
            self.open_shop()
        pause = self.pause
        while not self._sleep(pause * self.random.uniform(0.6, 1.4)):
            with self.store.lock:
                self.step()
            pause = min(pause * GROWTH, self.pause * LONGEST)

    def open_shop(self) -> None:
        """Orders of the last hours, the oldest first, so that there is work at once."""
        ages = sorted(
            (self.random.randint(300, 100_000) for _turn in range(self.first)),
            reverse=True,
        )
        with self.store.lock:
            for age in ages:
                orders.place(self.store, {"age": age})

    # === ONE EVENT ===
    def step(self) -> None:
        if self.random.random() < _SECOND_THOUGHTS and self._think_again():
            return
        orders.place(self.store)

    def _think_again(self) -> bool:
        """Something happens to an order of before; false if nothing fits."""
        recent = list(self.store.orders.values())[-40:]
        self.random.shuffle(recent)
        return any(self._try(order) for order in recent)

    def _try(self, order: Order) -> bool:
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
