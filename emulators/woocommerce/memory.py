# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keeps the shop between two starts, so that a demo's second day is not its first."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from .webhooks import Webhooks

_KEPT = ("orders", "refunds", "notes", "trackings", "products")


class Memory:
    def __init__(self, path: Path, webhooks: Webhooks) -> None:
        self.path, self.webhooks, self.store = path, webhooks, webhooks.store
        self._saved = -1
        self._stop_asked = threading.Event()

    def load(self) -> bool:
        """Continue with the shop of before; a file of another make is left aside."""
        try:
            state = json.loads(self.path.read_text(encoding="utf-8"))
            kept = {
                name: {int(key): row for key, row in state[name].items()}
                for name in _KEPT
            }
            kept |= {"last_id": state["last_id"], "customers": state["customers"]}
        except FileNotFoundError:
            return False
        except (ValueError, KeyError, AttributeError, TypeError):
            self.path.replace(self.path.with_suffix(".unreadable"))
            return False
        vars(self.store).update(kept)
        return True

    def save(self) -> None:
        with self.store.lock:
            if self._saved == self.webhooks.published:
                return
            self._saved = self.webhooks.published
            names = (*_KEPT, "last_id", "customers")
            text = json.dumps({name: getattr(self.store, name) for name in names})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, self.path)

    def keep(self, seconds: float = 3.0) -> None:
        def work() -> None:
            while not self._stop_asked.wait(seconds):
                self.save()

        threading.Thread(target=work, name="memory", daemon=True).start()

    def stop(self) -> None:
        self._stop_asked.set()
        self.save()
