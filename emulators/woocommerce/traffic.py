# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What buyers of this shop do: buy, pay late, cancel, send back."""

from __future__ import annotations

import copy
from typing import Any

from emulators.base import traffic

from . import refunds, selling
from .store import Row, ShopError


class Traffic(traffic.Traffic):
    FIRST = 4
    OLDEST = 60_000

    def place(self, wishes: dict[str, Any]) -> None:
        selling.place(self.store, wishes)

    def change(self, order: Row) -> bool:
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
