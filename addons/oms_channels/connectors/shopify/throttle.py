# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The leaky bucket that meters our calls, as the shop reports it.

Source: "API limits" in Shopify's developer documentation: each answer tells in
``extensions.cost`` what the call cost and how full the bucket is.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# The slowest plan: what to reckon with until the shop has said something.
RESTORE_RATE = 100.0


class Throttle:
    """Knows from former answers how long to wait before the next call."""

    def __init__(self) -> None:
        self._level: float | None = None
        self._at = 0.0
        self._maximum = 0.0
        self._rate = RESTORE_RATE
        self._costs: dict[str, float] = {}

    def note(self, name: str, cost: object, now: float) -> None:
        """Learn from the ``extensions.cost`` of an answer; None changes nothing.

        :param name: of the document that was sent
        :param now: seconds, from any steady clock
        """
        if not isinstance(cost, Mapping):
            return
        requested = _number(cost, "requestedQueryCost")
        if requested is not None:
            self._costs[name] = requested
        status = cost.get("throttleStatus")
        if not isinstance(status, Mapping):
            return
        self._rate = _number(status, "restoreRate") or RESTORE_RATE
        self._maximum = _number(status, "maximumAvailable") or 0.0
        self._level, self._at = _number(status, "currentlyAvailable"), now

    def get_wait(self, name: str, now: float) -> float:
        """Seconds until the bucket holds what this document cost the last time."""
        cost = self._costs.get(name)
        if cost is None or self._level is None:
            return 0.0
        level = self._level + (now - self._at) * self._rate
        return max((min(cost, self._maximum or cost) - level) / self._rate, 0.0)

    def get_refusal_wait(self, name: str, now: float) -> float:
        """Seconds to wait after a refusal, at least one: others drain it as well."""
        return max(self.get_wait(name, now), 1.0)


def _number(values: Mapping[str, Any], key: str) -> float | None:
    value = values.get(key)
    known = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return float(value) if known and value is not None else None
