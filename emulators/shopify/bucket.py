# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The leaky bucket that meters calls by their cost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MAXIMUM = 2000.0
RESTORE_RATE = 100.0
LARGEST_QUERY = 1000


class Bucket:
    def __init__(
        self,
        maximum: float = MAXIMUM,
        restore_rate: float = RESTORE_RATE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self.resize(maximum, restore_rate)

    def resize(self, maximum: float, restore_rate: float) -> None:
        with self._lock:
            self.maximum = float(maximum)
            self.restore_rate = float(restore_rate)
            self._level = self.maximum
            self._seen = self._clock()

    def _refill(self) -> None:
        now = self._clock()
        self._level += (now - self._seen) * self.restore_rate
        self._level = min(self._level, self.maximum)
        self._seen = now

    def reserve(self, cost: float) -> bool:
        """Take the requested cost out, if there is that much."""
        with self._lock:
            self._refill()
            if cost > self._level:
                return False
            self._level -= cost
            return True

    def give_back(self, cost: float) -> None:
        """The part that was reserved and not used."""
        with self._lock:
            self._refill()
            self._level = min(self._level + max(cost, 0), self.maximum)

    def status(self) -> dict[str, float]:
        with self._lock:
            self._refill()
            return {
                "maximumAvailable": self.maximum,
                "currentlyAvailable": float(int(self._level)),
                "restoreRate": self.restore_rate,
            }
