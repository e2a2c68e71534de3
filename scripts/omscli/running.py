# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The note that a running `./oms run` leaves, so that other verbs find it."""

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .paths import CACHE

NOTE = CACHE / "running.json"


def read() -> dict[str, Any]:
    """Empty unless `./oms run` of this checkout is alive."""
    try:
        note = json.loads(NOTE.read_text())
    except (OSError, ValueError):
        return {}
    return note if is_ours(note.get("pid", 0), "run") else {}


def is_ours(pid: int, word: str) -> bool:
    """A process id may have been given to a stranger since: look at its command."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return any(part.endswith(b"oms") for part in words) and word.encode() in words


@contextlib.contextmanager
def noted() -> Iterator[None]:
    try:
        yield
    finally:
        NOTE.unlink(missing_ok=True)


def note(**facts: Any) -> None:
    """What other verbs may know of this `./oms run`: url, shop."""
    fresh = NOTE.with_suffix(".new")
    fresh.write_text(json.dumps({"pid": os.getpid(), **facts}))
    fresh.replace(NOTE)


def stop(seconds: float = 150) -> int | None:
    """Asks a running `./oms run` to end.

    :return: its process id if it has ended, None if nothing ran.
    :raise TimeoutError: if it is still there after so many seconds.
    """
    pid = read().get("pid")
    if not pid:
        return None
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > end:
            raise TimeoutError(pid)
        time.sleep(0.1)
    return pid
