# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo, the virtualenv and the configuration: made when missing, else left alone."""

import contextlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from .config import config_path, write_configs
from .console import Stop, step
from .paths import CACHE, LOGS, ODOO, PYTHON, ROOT, VENV
from .processes import run_logged, tail
from .stamps import digest, drop_stamp, is_fresh, locked, write_stamp

LOCK = ROOT / "requirements.lock"
# Odoo 19 says so in its release.py
PYTHONS = ((3, 10), (3, 13))


def ensure() -> None:
    """All that a verb needs before it starts; milliseconds when nothing is missing."""
    _make_cache()
    value = _inputs()
    if is_fresh("setup", value):
        return
    with locked("setup"):
        if is_fresh("setup", value):
            return
        _check_machine()
        drop_stamp("setup")
        site = _fetch_odoo()
        _make_venv()
        _join(site)
        write_configs(odoo_addons(site))
        write_stamp("setup", _inputs())


def is_ready() -> bool:
    return is_fresh("setup", _inputs())


def _inputs() -> str:
    """Of everything that the steps below read."""
    return digest(
        str(ROOT),
        str(CACHE),
        os.environ.get("ODOO_HOME", ""),
        os.environ.get("OMS_PG_BIN", ""),
        LOCK,
        CACHE / "odoo-19" / ".complete",
        VENV / "pyvenv.cfg",
        ROOT / "scripts" / "get-odoo",
        ROOT / "scripts" / "pg",
        Path(__file__).with_name("config.py"),
        Path(__file__),
        str((ROOT / "tests" / "addons").is_dir()),
        ODOO,
        config_path("dev"),
        config_path("test"),
    )


def _make_cache() -> None:
    try:
        CACHE.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(
            f"The cache folder {CACHE} cannot be made ({error.strerror}). Set OMS_CACHE"
            " to a folder of yours."
        ) from error
    if CACHE.stat().st_uid != os.geteuid():
        raise Stop(
            f"The cache folder {CACHE} belongs to another user. Set OMS_CACHE to a"
            " folder of yours."
        )


def _check_machine() -> None:
    missing = [tool for tool in ("bash", "flock") if not shutil.which(tool)]
    if missing:
        raise Stop(f"{' and '.join(missing)} missing: install util-linux and bash.")
    free = shutil.disk_usage(CACHE).free / 2**30
    if free < 2:
        raise Stop(
            f"{CACHE} has {free:.1f} GB free, and 2 GB are needed. Free some, or set"
            " OMS_CACHE to a folder elsewhere."
        )


# === ODOO ===


def _fetch_odoo() -> Path:
    """The folder that must be on Python's path."""
    script = ROOT / "scripts" / "get-odoo"
    known = os.environ.get("ODOO_HOME") or (CACHE / "odoo-19" / ".complete").is_file()
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "get-odoo.log"
    with open(log, "w") as output:
        title = "Odoo 19: downloading 125 MB and unpacking"
        with contextlib.nullcontext() if known else step(title):
            result = subprocess.run(
                [script],
                env={**os.environ, "OMS_CACHE": str(CACHE)},
                stdout=subprocess.PIPE,
                stderr=output,
                stdin=subprocess.DEVNULL,
                text=True,
                check=False,
            )
    if result.returncode:
        problem = log.read_text().replace("get-odoo: ", "").replace("ERROR: ", "")
        raise Stop(f"Odoo 19 could not be had.\n\n{problem.strip()}")
    return Path(result.stdout.strip())


def odoo_addons(site: Path) -> list[Path]:
    """Odoo's own addons folders: a checkout of its sources has a second one."""
    return [
        folder
        for folder in (site / "odoo" / "addons", site / "addons")
        if (folder / "web").is_dir() or (folder / "base").is_dir()
    ]


# === VIRTUALENV ===


def _make_venv() -> None:
    value = digest(str(VENV), LOCK)
    if PYTHON.exists() and is_fresh("venv", value):
        return
    drop_stamp("venv")
    if not _venv_is_ours():
        shutil.rmtree(VENV, ignore_errors=True)
        with step("Python: making a virtualenv"):
            run_logged(
                [_python(), "-m", "venv", VENV],
                "venv.log",
                "The virtualenv could not be made. On Debian and Ubuntu:"
                " apt-get install python3-venv",
            )
    with step("Python: installing the packages of requirements.lock"):
        _install_packages()
    write_stamp("venv", value)


def _venv_is_ours() -> bool:
    """A virtualenv holds absolute paths, so that of a moved checkout is of no use."""
    config = VENV / "pyvenv.cfg"
    return (
        PYTHON.exists()
        and (VENV / "bin" / "pip").is_file()
        and config.is_file()
        and (VENV / "bin" / "pip").read_text().startswith(f"#!{VENV}/bin/python")
        and subprocess.run(
            [PYTHON, "-c", "import pip"], capture_output=True, check=False
        ).returncode
        == 0
    )


def _python() -> str:
    """A Python that Odoo 19 runs on: this one, or another on PATH."""
    low, high = PYTHONS
    if low <= sys.version_info[:2] <= high:
        return sys.executable
    for minor in range(high[1], low[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    raise Stop(
        f"Odoo 19 runs on Python 3.{low[1]} to 3.{high[1]}; this is"
        f" {platform.python_version()}, and none of those is on PATH. Install one."
    )


def _install_packages() -> None:
    # --no-deps: the lock is complete, and the job queue asks for a distribution
    # `odoo` that no index has (requirements.txt tells more)
    try:
        run_logged(
            [
                PYTHON, "-m", "pip", "install", "--disable-pip-version-check",
                "--no-input", "--progress-bar", "off", "--no-compile",
                "--require-hashes", "--no-deps", "-r", LOCK,
            ],
            "pip.log",
            "",
        )  # fmt: skip
    except Stop:
        log = LOGS / "pip.log"
        raise Stop(_why_pip_failed(log)) from None


def _why_pip_failed(log: Path) -> str:
    text = log.read_text(errors="replace")
    offline = ("NewConnectionError", "NameResolution", "No matching distribution")
    if any(sign in text for sign in offline):
        start = (
            "The Python packages could not be downloaded: no network, or the package"
            " index does not have them. Try again when it answers; pip's own settings"
            " (PIP_INDEX_URL, PIP_FIND_LINKS, a proxy) are honoured."
        )
    elif "DO NOT MATCH THE HASHES" in text:
        start = "A downloaded package is not the one that requirements.lock names."
    else:
        start = "The Python packages could not be installed."
    return f"{start}\n\n{tail(log, 6)}\n\n  The whole log: {log}"


def _join(site: Path) -> None:
    """Lets the virtualenv's Python find Odoo, and gives it a launcher."""
    for folder in (VENV / "lib").glob("python3*/site-packages"):
        (folder / "odoo19.pth").write_text(f"{site}\n")
    # Not `python -m odoo`: with workers, Odoo starts its second process as
    # `python <the file it was started from>`, which must be one that can be run.
    ODOO.write_text(
        f'#!{PYTHON}\nimport odoo.cli\n\nif __name__ == "__main__":\n'
        "    odoo.cli.main()\n"
    )
    ODOO.chmod(0o755)
