# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..console import say, step
from ..environment import ensure
from ..paths import (
    ADDONS,
    GLUE,
    MODULES,
    PYTHON,
    ROOT,
    VENV,
    module_path,
    test_modules,
)

# A model too large for one readable file is extended in several, each with a subject.
SPLIT_MODELS = "--disable=consider-merging-classes-inherited"


@dataclass(frozen=True)
class Check:
    name: str
    program: Sequence[str]
    paths: Sequence[str]


def checks() -> list[Check]:
    python = str(PYTHON)
    manifests = [f"{addon}/__manifest__.py" for addon in _addons()]
    pylint = [python, "-m", "pylint", "-j2"]
    test = ["tests/unit/test_architecture.py"]
    return [
        Check("ruff-format", [_tool("ruff"), "format", "--check", "--quiet"], ["."]),
        Check("ruff", [_tool("ruff"), "check", "--quiet"], ["."]),
        Check("pylint-odoo", [*pylint, SPLIT_MODELS], _addons()),
        Check("oca-odoo-module", [_tool("oca-checks-odoo-module")], manifests),
        Check("oca-po", [_tool("oca-checks-po")], _found(ADDONS, "*/i18n/*.po*")),
        Check("mypy", [python, "-m", "mypy"], _found(ADDONS, "*/engine")),
        Check("architecture", [python, "-m", "pytest", "-q", "-p", "no:odoo"], test),
    ]


def _tool(name: str) -> str:
    return str(VENV / "bin" / name)


def _addons() -> list[str]:
    paths = [module_path(name) for name in [*MODULES, *GLUE, *test_modules()]]
    return [str(path.relative_to(ROOT)) for path in paths]


def _found(folder: Path, pattern: str) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in sorted(folder.glob(pattern))]


def run(arguments: list[str]) -> int:
    known = [check.name for check in checks()]
    parser = argparse.ArgumentParser(
        prog="./oms lint",
        description="Checks the form of the code; changes nothing without --fix.",
    )
    parser.add_argument(
        "only", nargs="*", metavar="CHECK", help=f"some of: {', '.join(known)}"
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first let ruff and the OCA checks mend what they can",
    )
    options = parser.parse_args(arguments)
    if unknown := sorted({*options.only} - {*known}):
        parser.error(f"no check {', '.join(unknown)}; there are {', '.join(known)}")
    ensure()
    if options.fix:
        _fix()
    chosen = [
        check for check in checks() if not options.only or check.name in options.only
    ]
    failed = [check.name for check in chosen if not _passes(check)]
    say(f"lint: {', '.join(failed)} failed" if failed else "lint: clean")
    return 1 if failed else 0


def _fix() -> None:
    oca = [_tool("oca-checks-odoo-module"), "--fix", "--no-exit", "--no-verbose"]
    for command in (
        [_tool("ruff"), "check", "--fix", "--quiet", "."],
        [_tool("ruff"), "format", "--quiet", "."],
        [*oca, *_addons()],
    ):
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)


def _passes(check: Check) -> bool:
    if not check.paths:
        return True
    with step(check.name):
        result = subprocess.run(
            [*check.program, *check.paths],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode:
        say(f"{result.stdout}{result.stderr}".rstrip() + "\n")
    return result.returncode == 0
