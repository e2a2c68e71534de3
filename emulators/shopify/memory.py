# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keeps the shop between two starts, so that a demo's second day is not its first.

The file is written and read by this program only, on the user's own machine.
"""

from __future__ import annotations

import os
import pickle
import threading
from pathlib import Path

from .webhooks import Webhooks

_OWN = ("lock", "clock", "publish")


class Memory:
    def __init__(self, path: Path, webhooks: Webhooks) -> None:
        self.path = path
        self.webhooks = webhooks
        self.store = webhooks.store
        self._saved = -1
        self._stop_asked = threading.Event()

    def load(self) -> bool:
        """Continue with the shop of before; a file of another make is left aside."""
        try:
            state, subscriptions = pickle.loads(self.path.read_bytes())  # noqa: S301
        except FileNotFoundError:
            return False
        except (
            pickle.UnpicklingError,
            AttributeError,
            EOFError,
            ImportError,
            ValueError,
        ):
            self.path.replace(self.path.with_suffix(".unreadable"))
            return False
        vars(self.store).update(state)
        self.webhooks.subscriptions.update(subscriptions)
        return True

    def save(self) -> None:
        with self.store.lock:
            if self._saved == self.webhooks.published:
                return
            self._saved = self.webhooks.published
            state = {
                key: value for key, value in vars(self.store).items() if key not in _OWN
            }
            kept = {
                key: row
                for key, row in self.webhooks.subscriptions.items()
                if not row.by_app
            }
            data = pickle.dumps((state, kept))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        draft.write_bytes(data)
        os.replace(draft, self.path)

    def keep(self, seconds: float = 3.0) -> None:
        def work() -> None:
            while not self._stop_asked.wait(seconds):
                self.save()

        threading.Thread(target=work, name="memory", daemon=True).start()

    def stop(self) -> None:
        self._stop_asked.set()
        self.save()
