# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from .. import running
from ..console import Stop, say
from ..databases import Databases
from ..environment import LOCK, is_ready
from ..paths import CACHE, ODOO, PYTHON, ROOT
from ..postgres import Cluster
from ..processes import port_is_free
from .stop import leftovers

SHA1 = re.compile(r"[0-9a-f]{40}")


def run(arguments: list[str]) -> int:
    """Tells, and repairs what can be repaired without losing anything."""
    argparse.ArgumentParser(
        prog="./oms doctor",
        description="What is installed, what runs, what was left behind. Deletes"
        " broken files of the filestores and databases that a dead test run left.",
    ).parse_args(arguments)
    troubles = [trouble for section in sections() for trouble in _show(*section)]
    say("\nNothing is wrong." if not troubles else "\nTo do:")
    for trouble in troubles:
        say(f"  - {trouble}")
    return 1 if troubles else 0


Facts = Iterator[tuple[str, str, str]]


def sections() -> list[tuple[str, Callable[[], Facts]]]:
    return [
        ("Machine", machine),
        ("This checkout", checkout),
        ("Running", processes),
        ("Databases", databases),
        ("Files", filestores),
    ]


def _show(title: str, facts: Callable[[], Facts]) -> Iterator[str]:
    say(f"\n{title}")
    try:
        for name, value, trouble in facts():
            say(f"  {name:<14}{value}")
            if trouble:
                yield trouble
    except Stop as stop:
        say(f"  {stop}")
        yield str(stop)


def machine() -> Facts:
    yield "system", f"{platform.system()} {platform.machine()}", ""
    yield "python", platform.python_version(), ""
    yield "user", "root" if os.geteuid() == 0 else f"uid {os.geteuid()}", ""
    free = shutil.disk_usage(ROOT).free / 2**30
    yield "disk", f"{free:.0f} GB free", "" if free > 2 else "The disk is nearly full."
    for tool, purpose in (
        ("chromium", "PDF reports, tours and end-to-end tests"),
        ("pdftotext", "tests of PDF reports (package poppler-utils)"),
    ):
        found = shutil.which(tool)
        hint = "" if found else f"Install {tool}: {purpose} need it."
        yield tool, found or "missing", hint


def checkout() -> Facts:
    yield "folder", str(ROOT), ""
    yield "cache", f"{CACHE}", ""
    ready = is_ready()
    yield (
        "set up",
        "yes" if ready else "no, or not up to date",
        (
            ""
            if ready
            else "Run ./oms setup (./oms run and ./oms test do it themselves)."
        ),
    )
    yield "Odoo", _version([PYTHON, ODOO, "--version"]), ""
    yield "virtualenv", _version([PYTHON, "--version"]), ""
    yield "lock", f"{LOCK.read_text().count('==')} packages with hashes", ""
    try:
        postgres = _version([f"{Cluster('dev').binaries}/postgres", "--version"])
        yield "PostgreSQL", f"{postgres} in {Cluster('dev').binaries}", ""
    except Stop as stop:
        yield "PostgreSQL", "none", str(stop)


def _version(command: list[str | Path]) -> str:
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "missing"
    return (result.stdout or result.stderr).strip().splitlines()[-1]


def processes() -> Facts:
    note = running.read()
    yield "./oms run", f"{note['url']} (process {note['pid']})" if note else "no", ""
    if not note:
        free = port_is_free(8069)
        yield (
            "port 8069",
            "free" if free else "taken by another program",
            ("" if free else "Port 8069 is taken: use ./oms run --port N."),
        )
    for pid, command in leftovers():
        yield "left behind", f"{pid} {command}", f"Process {pid} is left: ./oms stop"
    for kind in ("dev", "test"):
        if (CACHE / f"pg-{kind}").is_dir() and is_ready():
            up = Cluster(kind).is_running()
            yield f"cluster {kind}", "running" if up else "stopped", ""


def databases() -> Facts:
    for kind in ("dev", "test"):
        if not (CACHE / f"pg-{kind}" / "data").is_dir() or not is_ready():
            continue
        with Cluster(kind).in_use() as cluster:
            known = Databases(cluster)
            for name in known.sweep():
                yield "deleted", f"{name}, left by a test run", ""
            for name in sorted(set(known.names()) - {"postgres"}):
                yield kind, f"{name:<24}{known.size(name)}", ""


def filestores() -> Facts:
    """A server that was killed leaves files of no bytes, which are served for ever."""
    for kind in ("dev", "test"):
        for folder in sorted((CACHE / f"data-{kind}" / "filestore").glob("*")):
            broken = [path for path in _stored(folder) if not _is_whole(path)]
            for path in broken:
                path.unlink()
            if broken:
                yield folder.name, f"{len(broken)} broken files deleted", ""
    yield "filestores", "whole", ""


def _stored(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob("??/*") if SHA1.fullmatch(path.name))


def _is_whole(path: Path) -> bool:
    digest = hashlib.sha1(path.read_bytes(), usedforsecurity=False)
    return digest.hexdigest() == path.name
