# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shop as a file, written and read by this program only, on the user's machine."""

from __future__ import annotations

import pickle

from emulators.base import memory

_OWN = ("lock", "clock", "publish")


class Memory(memory.Memory):
    UNREADABLE = (
        pickle.UnpicklingError,
        AttributeError,
        EOFError,
        ImportError,
        ValueError,
    )

    def read(self, data: bytes) -> None:
        state, subscriptions = pickle.loads(data)  # noqa: S301 - see above
        vars(self.store).update(state)
        self.webhooks.subscriptions.update(subscriptions)

    def write(self) -> bytes:
        state = {
            key: value for key, value in vars(self.store).items() if key not in _OWN
        }
        kept = {
            key: row
            for key, row in self.webhooks.subscriptions.items()
            if not row.by_app
        }
        return pickle.dumps((state, kept))
