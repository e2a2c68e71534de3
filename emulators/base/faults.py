# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What goes wrong on demand: switched on by name, by number of times, by subject."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class UnknownFault(ValueError):
    """Asked for a fault that this shop does not know."""


@dataclass(slots=True)
class Fault:
    remaining: int | None = None  # None: until it is switched off
    match: str = ""  # only requests (or webhook topics) that contain this
    seconds: float = 1.0


class Faults:
    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self._lock = threading.Lock()
        self._active: dict[str, Fault] = {}

    def set(self, wishes: dict[str, Any]) -> None:
        """`{name: true | false | times | {times, match, seconds}}`, `{clear: true}`."""
        wishes = dict(wishes)
        clear = wishes.pop("clear", False)
        for name in wishes:
            if name not in self.names:
                raise UnknownFault(
                    f"There is no fault {name!r}; known are {', '.join(self.names)}."
                )
        with self._lock:
            if clear:
                self._active.clear()
            for name, wish in wishes.items():
                self._active.pop(name, None)
                if isinstance(wish, dict):
                    self._active[name] = Fault(
                        wish.get("times"),
                        str(wish.get("match", "")),
                        float(wish.get("seconds", 1.0)),
                    )
                elif wish is True:
                    self._active[name] = Fault()
                elif wish:
                    self._active[name] = Fault(int(wish))

    def take(self, name: str, subject: str = "") -> Fault | None:
        """The fault, if it strikes now; a counted one is used up by this."""
        with self._lock:
            fault = self._active.get(name)
            if not fault or fault.match not in subject:
                return None
            if fault.remaining is not None:
                fault.remaining -= 1
                if fault.remaining <= 0:
                    del self._active[name]
            return fault

    def state(self) -> dict[str, Any]:
        with self._lock:
            return {
                name: {
                    "times": fault.remaining,
                    "match": fault.match,
                    "seconds": fault.seconds,
                }
                for name, fault in self._active.items()
            }
