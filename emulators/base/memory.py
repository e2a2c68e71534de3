# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keeps a shop between two starts, so that a demo's second day is not its first."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any


class Memory:
    """`load` and `save`; what is kept, and how, is the platform's."""

    UNREADABLE: tuple[type[Exception], ...] = (ValueError,)

    def __init__(self, path: Path, webhooks: Any) -> None:
        self.path, self.webhooks, self.store = path, webhooks, webhooks.store
        self._saved = -1
        self._stop_asked = threading.Event()

    def load(self) -> bool:
        """Continue with the shop of before; a file of another make is left aside."""
        try:
            self.read(self.path.read_bytes())
        except FileNotFoundError:
            return False
        except self.UNREADABLE:
            self.path.replace(self.path.with_suffix(".unreadable"))
            return False
        return True

    def save(self) -> None:
        with self.store.lock:
            if self._saved == self.webhooks.published:
                return
            self._saved = self.webhooks.published
            data = self.write()
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

    # === THE PLATFORM'S ===
    def read(self, data: bytes) -> None:
        raise NotImplementedError

    def write(self) -> bytes:
        raise NotImplementedError
