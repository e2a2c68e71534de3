# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from .. import running
from ..console import Stop, say
from ..paths import CACHE, PYTHON
from ..postgres import Cluster

SECONDS = 60


def run(arguments: list[str]) -> int:
    argparse.ArgumentParser(
        prog="./oms stop",
        description="Ends ./oms run, servers it left behind, and the private"
        " PostgreSQL clusters of this checkout. Deletes nothing.",
    ).parse_args(arguments)
    stopped = stop_everything()
    say("\n".join(f"  stopped {what}" for what in stopped) or "Nothing was running.")
    return 0


def stop_everything() -> list[str]:
    """:return: a word on each thing that ran."""
    stopped = []
    try:
        if pid := running.stop():
            stopped.append(f"./oms run (process {pid})")
    except TimeoutError as error:
        raise Stop(
            f"./oms run (process {error}) has been asked to end and has not. Look at"
            " its terminal; do not kill Odoo, which loses files by it."
        ) from error
    left = list(leftovers())
    for pid, _command in left:
        os.kill(pid, signal.SIGTERM)
    _wait_for(pid for pid, _command in left)
    stopped += [f"process {pid}: {command}" for pid, command in left]
    for kind in ("dev", "test"):
        if _is_up(kind):
            Cluster(kind).stop()
            stopped.append(f"PostgreSQL ({kind})")
    return stopped


def leftovers() -> Iterator[tuple[int, str]]:
    """Servers that run with this checkout's Python and belong to no `./oms`."""
    mine = str(PYTHON).encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if words[0] == mine and parent == "1":
            yield int(folder.name), b" ".join(words[1:4]).decode(errors="replace")


def _wait_for(pids: Iterator[int]) -> None:
    end = time.monotonic() + SECONDS
    for pid in pids:
        while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
            time.sleep(0.1)


def _is_up(kind: str) -> bool:
    return (CACHE / f"pg-{kind}" / "data" / "postmaster.pid").is_file()
