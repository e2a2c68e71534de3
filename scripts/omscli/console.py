# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How `./oms` speaks: steps with their seconds, and a sentence when it must stop."""

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator


class Stop(Exception):
    """Ends the command with a sentence that says what is wrong and what to do."""


class Terminated(KeyboardInterrupt):
    """A SIGTERM: ends what a Ctrl-C ends, in the same order."""


def say(text: str = "", stream=None) -> None:
    print(text, file=stream or sys.stdout, flush=True)


@contextlib.contextmanager
def step(title: str, detail: Callable[[], str] = str) -> Iterator[None]:
    """Shows `title` and the seconds its block takes; on a terminal they tick.

    :param detail: asked each second for a word on how far the block is.
    """
    start = time.monotonic()
    ticking = _ticker(title, start, detail) if sys.stdout.isatty() else None
    if not ticking:
        print(f"  {title} ...", end="", flush=True)
    outcome = "failed"
    try:
        yield
        outcome = ""
    finally:
        seconds = f"{time.monotonic() - start:.1f} s"
        if ticking:
            ticking()
            print(f"\r\033[K  {title} ...", end="")
        say(f" {seconds} {outcome}".rstrip())


def _ticker(title: str, start: float, detail: Callable[[], str]) -> Callable[[], None]:
    done = threading.Event()

    def tick() -> None:
        while not done.wait(0.5):
            text = f"{title} ... {time.monotonic() - start:.0f} s {detail()}"
            print(f"\r\033[K  {text}", end="", flush=True)

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()

    def stop() -> None:
        done.set()
        thread.join()

    return stop


def ask(question: str) -> bool:
    """A yes from the person at the keyboard; anything else, or nobody there, is no."""
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
