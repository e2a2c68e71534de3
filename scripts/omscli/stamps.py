# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A step is done again only when what it was made from has changed."""

import contextlib
import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from .paths import CACHE, STAMPS

# What an installation does not read.
UNREAD = {"__pycache__", "tests", "i18n", "readme", "description"}
# What it reads once: an update leaves records of these alone where somebody, or their
# `noupdate`, wants that, so that a database made anew may differ from an updated one.
READ_ONCE = {"__manifest__.py", "data", "demo", "migrations", "security"}


def digest(*parts: str | bytes | Path) -> str:
    """Of texts and of files' contents; a missing file counts as an empty one."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            part = part.read_bytes() if part.is_file() else b""
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def module_digests(folder: Path) -> dict[str, str]:
    """Of what an installation reads: `once`, the browser's `static`, and the `code`."""
    parts = {"once": [], "static": [], "code": []}
    for path in _files(folder):
        name = path.relative_to(folder).parts[0]
        part = "once" if name in READ_ONCE else name if name == "static" else "code"
        parts[part].append(f"{path.relative_to(folder)}\0{digest(path)}\0")
    return {part: digest(*lines) for part, lines in parts.items()}


def module_digest(folder: Path) -> str:
    return digest(*module_digests(folder).values())


def _files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in UNREAD:
                yield from _files(path)
        elif path.suffix != ".pyc":
            yield path


def is_fresh(name: str, value: str) -> bool:
    path = STAMPS / name
    return path.is_file() and path.read_text() == value


def write_stamp(name: str, value: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(value)


def drop_stamp(name: str) -> None:
    (STAMPS / name).unlink(missing_ok=True)


@contextlib.contextmanager
def locked(name: str) -> Iterator[None]:
    """Only one `./oms` of this checkout is in the block at a time."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    with open(CACHE / f".{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
