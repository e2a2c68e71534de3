# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The selling shop: buyers come, and some change their mind."""

from __future__ import annotations

import random
import threading
import urllib.error
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from .posting import OPENER

# A demo left alone over the weekend should not drown: pauses grow to this many times
# the first one.
LONGEST = 20
GROWTH = 1.03
_SECOND_THOUGHTS = 0.18
_RECENT = 40


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

    FIRST = 8  # orders that are there when the selling starts
    OLDEST = 100_000  # seconds since the first of them was placed

    def __init__(
        self,
        store: Any,
        pause: float,
        *,
        wait_for: str | None = None,
        first: int | None = None,
        sleep: Callable[[float], bool] | None = None,
    ) -> None:
        super().__init__(name="traffic", daemon=True)
        self.store, self.pause, self.wait_for = store, pause, wait_for
        self.first = self.FIRST if first is None else first
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
            (self.random.randint(300, self.OLDEST) for _turn in range(self.first)),
            reverse=True,
        )
        with self.store.lock:
            for age in ages:
                self.place({"age": age})

    # === ONE EVENT ===
    def step(self) -> None:
        if self.random.random() < _SECOND_THOUGHTS and self._think_again():
            return
        self.place({})

    def _think_again(self) -> bool:
        """Something happens to an order of before; false if nothing fits."""
        recent = list(self.store.orders.values())[-_RECENT:]
        self.random.shuffle(recent)
        return any(self.change(order) for order in recent)

    # === THE PLATFORM'S ===
    def place(self, wishes: dict[str, Any]) -> None:
        raise NotImplementedError

    def change(self, order: Any) -> bool:
        """Do to this order what a buyer may do; false if nothing fits."""
        raise NotImplementedError
