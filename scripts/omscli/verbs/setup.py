# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import shutil
import subprocess
import time

from ..console import Stop, say
from ..environment import LOCK, ensure
from ..paths import CACHE, ROOT


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./oms setup",
        description="Fetches Odoo 19, makes the virtualenv and the configuration, each"
        " only if it is missing or out of date. The other verbs call this themselves.",
    )
    parser.add_argument(
        "--lock",
        action="store_true",
        help="first write requirements.lock anew from requirements*.txt (needs uv)",
    )
    options = parser.parse_args(arguments)
    if options.lock:
        write_lock()
    start = time.monotonic()
    ensure()
    say(f"ready in {time.monotonic() - start:.2f} s: {CACHE}")
    return 0


def write_lock() -> None:
    uv = shutil.which("uv")
    if not uv:
        raise Stop("uv is missing, which writes requirements.lock: pip install uv")
    command = [
        uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-emit-package", "odoo",
        "--custom-compile-command", "./oms setup --lock",
        "requirements-dev.txt", "-o", LOCK.name,
    ]  # fmt: skip
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise Stop("uv could not resolve requirements-dev.txt: see above.")
