# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shop as a file of JSON."""

from __future__ import annotations

import json

from emulators.base import memory

_KEPT = ("orders", "refunds", "notes", "trackings", "products")


class Memory(memory.Memory):
    UNREADABLE = (ValueError, KeyError, AttributeError, TypeError)

    def read(self, data: bytes) -> None:
        state = json.loads(data)
        kept = {
            name: {int(key): row for key, row in state[name].items()} for name in _KEPT
        }
        kept |= {"last_id": state["last_id"], "customers": state["customers"]}
        vars(self.store).update(kept)

    def write(self) -> bytes:
        names = (*_KEPT, "last_id", "customers")
        return json.dumps({name: getattr(self.store, name) for name in names}).encode()
