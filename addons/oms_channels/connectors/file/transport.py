# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where files come from and go to: a folder of this server, or one behind SFTP.

A file is claimed by moving it into ``processing``: whoever moves it has it. It stays
there until the database knows what became of it, so a crash loses nothing: what is
found there later is taken up again. Names are single names, never paths.
"""

import os
from abc import ABC, abstractmethod
from pathlib import Path

from ...engine.errors import Misconfigured, Rejected, Retry

IN, OUT, PROCESSING = "in", "out", "processing"
PROCESSED, REJECTED = "processed", "rejected"
FOLDERS = (IN, OUT, PROCESSING, PROCESSED, REJECTED)
LARGEST_FILE = 20 * 1024 * 1024
# Files that are still being written, by the names that programs give them.
UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", ".swp")


class Transport(ABC):
    """What both kinds can do; errors are Retry, Rejected or Misconfigured."""

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self) -> None:  # noqa: B027 (a folder has nothing to close)
        """Let go of a connection, if there is one."""

    # === TO BE GIVEN ===

    @abstractmethod
    def _list(self, folder: str) -> list[tuple[str, float, bool]]:
        """(name, time of the last change, whether it is a regular file)"""

    @abstractmethod
    def _read(self, folder: str, name: str) -> bytes: ...

    @abstractmethod
    def _write(self, folder: str, name: str, content: bytes) -> None: ...

    @abstractmethod
    def _move(self, folder: str, name: str, target: str, new_name: str) -> bool:
        """Whether it was there to be moved; what has the new name is replaced."""

    @abstractmethod
    def prepare(self) -> None:
        """Make the folders that are missing."""

    # === IN ===

    def list_new(self, before: float) -> list[str]:
        """Files that nobody has changed since a moment, oldest first."""
        found = [
            (changed, name)
            for name, changed, is_file in self._list(IN)
            if is_file and changed <= before and is_finished(name)
        ]
        return [name for _changed, name in sorted(found)]

    def list_claimed(self) -> list[str]:
        return sorted(
            name for name, _time, is_file in self._list(PROCESSING) if is_file
        )

    def claim(self, name: str) -> bool:
        """Whether this one has it now."""
        return self._move(IN, check_name(name), PROCESSING, name)

    def get(self, name: str) -> bytes:
        """A claimed file.

        :raise Rejected: if it is too large
        """
        return self._read(PROCESSING, check_name(name))

    def finish(self, name: str, folder: str, new_name: str) -> bool:
        return self._move(PROCESSING, check_name(name), folder, check_name(new_name))

    # === OUT ===

    def put(self, folder: str, name: str, content: bytes) -> None:
        """Write under another name, read back, give it its name: whole or not at all.

        :raise Retry: if what is read is not what was written
        """
        check_name(name)
        unfinished = f"{name}.part"
        self._write(folder, unfinished, content)
        if self._read(folder, unfinished) != content:
            raise Retry(f"{name} was not stored as it was sent.")
        self._move(folder, unfinished, folder, name)


def is_finished(name: str) -> bool:
    return not name.startswith((".", "~")) and not name.lower().endswith(UNFINISHED)


def check_name(name: str) -> str:
    """:raise Rejected: if it could lead elsewhere"""
    if name in ("", ".", "..") or any(sign in name for sign in "/\\\0"):
        raise Rejected(f"{name!r} is no name of a file.", field="name", value=name)
    return name


def check_size(name: str, size: int) -> None:
    if size > LARGEST_FILE:
        raise Rejected(f"{name} is larger than 20 MB: split it.", field="file")


class FolderTransport(Transport):
    """A folder below the one that the server's configuration allows."""

    def __init__(self, root: str, folder: str):
        """:raise Misconfigured: if the folder is not below the root"""
        base = Path(root).resolve()
        self.base = (base / folder).resolve()
        if not folder or not self.base.is_relative_to(base) or self.base == base:
            raise Misconfigured(
                f"The folder {folder or '(empty)'} is not below the server's folder "
                "for files: enter a name like example-stores.",
                field="file_folder",
            )

    def prepare(self) -> None:
        with _explained(str(self.base)):
            for name in FOLDERS:
                (self.base / name).mkdir(parents=True, exist_ok=True)

    def _list(self, folder: str) -> list[tuple[str, float, bool]]:
        with _explained(folder), os.scandir(self.base / folder) as entries:
            return [
                (
                    entry.name,
                    entry.stat(follow_symlinks=False).st_mtime,
                    entry.is_file(follow_symlinks=False),
                )
                for entry in entries
            ]

    def _read(self, folder: str, name: str) -> bytes:
        path = self.base / folder / name
        with _explained(name):
            # A link may lead anywhere.
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(handle, "rb") as file:
                check_size(name, os.fstat(handle).st_size)
                return file.read(LARGEST_FILE)

    def _write(self, folder: str, name: str, content: bytes) -> None:
        with _explained(name), open(self.base / folder / name, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def _move(self, folder: str, name: str, target: str, new_name: str) -> bool:
        try:
            os.replace(self.base / folder / name, self.base / target / new_name)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise Retry(
                f"{name} cannot be moved to {target}: {error.strerror}."
            ) from None
        return True


class _explained:  # noqa: N801 (used as a function)
    """Turns what the operating system says into a sentence."""

    def __init__(self, what: str):
        self.what = what

    def __enter__(self):
        return self

    def __exit__(self, _kind, error, _trace):
        if isinstance(error, PermissionError | NotADirectoryError):
            raise Misconfigured(
                f"{self.what}: {error.strerror}. Give the server's user the right to "
                "read and write there.",
                field="file_folder",
            ) from None
        if isinstance(error, OSError):
            raise Retry(f"{self.what}: {error.strerror or error}.") from None
        return False
