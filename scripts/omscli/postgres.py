# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The private PostgreSQL clusters: `dev` keeps what it is told, `test` is quick.

A third, `soak`, is for the test that has it crash.
"""

import contextlib
import fcntl
import functools
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .console import Stop
from .paths import CACHE, ROOT

PG = ROOT / "scripts" / "pg"


def _pg(verb: str, kind: str) -> str:
    result = subprocess.run(
        [PG, verb, kind],
        env={**os.environ, "OMS_CACHE": str(CACHE)},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if result.returncode:
        raise Stop(result.stderr.replace("pg: ERROR: ", "").strip())
    return result.stdout.strip()


class Cluster:
    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.folder = CACHE / f"pg-{kind}"
        self.started_by_us = self.folder / ".started-by-oms"

    @functools.cached_property
    def binaries(self) -> str:
        return _pg("bin", self.kind)

    @functools.cached_property
    def variables(self) -> dict[str, str]:
        """PGHOST and its like, and a PATH on which PostgreSQL's programs come first."""
        pairs = (word.split("=", 1) for word in _pg("env", self.kind).split())
        path = f"{self.binaries}{os.pathsep}{os.environ.get('PATH', '')}"
        return {**dict(pairs), "PATH": path}

    @property
    def socket_folder(self) -> str:
        return self.variables["PGHOST"]

    def is_running(self) -> bool:
        return Path(self.socket_folder, ".s.PGSQL.5432").exists() and (
            self.run("psql", "-d", "postgres", "-c", "SELECT 1").returncode == 0
        )

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [program, *arguments],
            env={**os.environ, **self.variables},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def start(self) -> None:
        if not self.is_running():
            _pg("start", self.kind)
            self.started_by_us.touch()

    def stop(self) -> None:
        _pg("stop", self.kind)
        self.started_by_us.unlink(missing_ok=True)

    def crash(self) -> None:
        """Ends it in the middle of whatever it does, and starts it again."""
        _pg("crash", self.kind)

    @contextlib.contextmanager
    def in_use(self) -> Iterator["Cluster"]:
        """Runs for as long as anyone is in such a block; the last one stops it.

        A cluster that was running before the first one came is left running.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(CACHE / f".pg-{self.kind}.users", "w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield self
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if self.started_by_us.exists():
                        self.stop()
