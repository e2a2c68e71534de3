# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Programs that `./oms` starts, and how they end."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from .console import Stop
from .paths import LOGS


def tail(path: Path, lines: int = 12) -> str:
    text = path.read_text(errors="replace") if path.is_file() else ""
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines()[-lines:])


def run_logged(
    command: Sequence[object],
    log: str,
    problem: str,
    *,
    env: Mapping[str, str] | None = None,
    stdin: Path = Path(os.devnull),
) -> None:
    """Runs a program with its output in a log file.

    :raise Stop: with `problem` and the end of the log, if it fails.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / log
    with open(path, "wb") as output, open(stdin, "rb") as source:
        process = subprocess.Popen(
            _bound_to_us(command),
            stdin=source,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
        try:
            code = process.wait()
        except BaseException:
            terminate(process)
            raise
    if code:
        raise Stop(f"{problem}\n\n{tail(path)}\n\n  The whole log: {path}")


def start(
    command: Sequence[object],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen:
    """Starts a program that goes on beside us, deaf to the terminal's Ctrl-C."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as output:
        return subprocess.Popen(
            _bound_to_us(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            start_new_session=True,
        )


def _bound_to_us(command: Sequence[object]) -> list[str]:
    """If `./oms` is killed, the kernel sends what it started a polite SIGTERM."""
    words = [str(part) for part in command]
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--", *words] if setpriv else words


def terminate(process: subprocess.Popen, seconds: float = 60) -> None:
    """SIGTERM, and a second one for a server that hangs; never SIGKILL.

    A killed Odoo leaves files of no bytes in its filestore, which then answer for
    ever as if they were the asset; its second SIGTERM ends it at once, but tidily.
    """
    for _ in range(2):
        if process.poll() is not None:
            return
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str, seconds: float = 2) -> bool:
    """Whether something says 200 there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=seconds) as response:
            return response.status == 200
    except (OSError, urllib.error.URLError):
        return False


def wait_until_answers(
    url: str, process: subprocess.Popen, what: str, log: Path, seconds: float = 120
) -> None:
    """:raise Stop: when the process ends, or says nothing for too long."""
    end = time.monotonic() + seconds
    while not answers(url):
        if process.poll() is not None:
            raise Stop(f"{what} ended while starting.\n\n{tail(log)}\n\n  Log: {log}")
        if time.monotonic() > end:
            raise Stop(f"{what} did not answer on {url} in {seconds:.0f} s. Log: {log}")
        time.sleep(0.1)
