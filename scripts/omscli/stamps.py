# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A step is done again only when what it was made from has changed."""

import contextlib
import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from .paths import CACHE, STAMPS

# Nothing in these folders is read when a module is installed.
UNREAD = {"__pycache__", "tests", "i18n", "readme"}


def digest(*parts: str | bytes | Path) -> str:
    """Of texts and of files' contents; a missing file counts as an empty one."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            part = part.read_bytes() if part.is_file() else b""
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def module_digest(folder: Path) -> str:
    """Of all that an installation of this module reads, and the files' names."""
    total = hashlib.sha256()
    for path in _module_files(folder):
        total.update(f"{path.relative_to(folder)}\0{digest(path)}\0".encode())
    return total.hexdigest()


def _module_files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in UNREAD:
                yield from _module_files(path)
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
