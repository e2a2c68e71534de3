# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The selling shop: buyers come, a few send things back."""

from __future__ import annotations

import copy
import random
import threading
from collections.abc import Callable

from emulators.shopify.traffic import GROWTH, LONGEST, answers

from . import refunds, selling
from .store import Row, ShopError, Store

FIRST_ORDERS = 4
_SECOND_THOUGHTS = 0.18


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
        self.store, self.pause = store, pause
        self.wait_for, self.first = wait_for, first
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
            (self.random.randint(300, 60_000) for _turn in range(self.first)),
            reverse=True,
        )
        with self.store.lock:
            for age in ages:
                selling.place(self.store, {"age": age})

    def step(self) -> None:
        if self.random.random() < _SECOND_THOUGHTS and self._think_again():
            return
        selling.place(self.store)

    def _think_again(self) -> bool:
        """Something happens to an order of before; false if nothing fits."""
        recent = list(self.store.orders.values())[-30:]
        self.random.shuffle(recent)
        return any(self._try(order) for order in recent)

    def _try(self, order: Row) -> bool:
        before = copy.deepcopy(order)
        if order["status"] == "pending":
            self.store.set_status(order, "processing")
        elif order["status"] == "processing" and self.random.random() < 0.4:
            self.store.set_status(order, "cancelled")
        elif order["status"] == "completed" and not order["refunds"]:
            return self._give_back(order)
        else:
            return False
        self.store.touch(order, before)
        return True

    def _give_back(self, order: Row) -> bool:
        try:
            refunds.by_hand(self.store, order, {"reason": "does not fit"})
        except ShopError:
            return False
        return True
