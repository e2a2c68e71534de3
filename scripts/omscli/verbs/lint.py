# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from ..console import say, step
from ..environment import ensure
from ..paths import ADDONS, MODULES, PYTHON, ROOT, TEST_ADDONS, VENV, test_modules


@dataclass(frozen=True)
class Check:
    name: str
    command: Sequence[str]


def checks() -> list[Check]:
    tool = str(VENV / "bin") + os.sep
    modules = [f"addons/{name}" for name in MODULES]
    examples = [f"tests/addons/{name}" for name in test_modules()]
    engines = [
        str(path.relative_to(ROOT))
        for root in (ADDONS, TEST_ADDONS)
        for path in sorted(root.glob("*/engine"))
    ]
    manifests = [f"--{module}/__manifest__.py"[2:] for module in modules + examples]
    translations = [
        str(path.relative_to(ROOT)) for path in sorted(ADDONS.glob("*/i18n/*.po*"))
    ]
    found = [
        Check("ruff-format", [f"{tool}ruff", "format", "--check", "--quiet", "."]),
        Check("ruff", [f"{tool}ruff", "check", "--quiet", "."]),
        Check("pylint-odoo", [str(PYTHON), "-m", "pylint", "-j2", *modules, *examples]),
        Check("oca-odoo-module", [f"{tool}oca-checks-odoo-module", *manifests]),
        Check("mypy", [str(PYTHON), "-m", "mypy", *engines]),
        Check(
            "architecture",
            [
                str(PYTHON), "-m", "pytest", "-q", "-p", "no:odoo",
                "tests/unit/test_architecture.py",
            ],
        ),
    ]  # fmt: skip
    if translations:
        found.insert(4, Check("oca-po", [f"{tool}oca-checks-po", *translations]))
    return found


def run(arguments: list[str]) -> int:
    known = [check.name for check in checks()]
    parser = argparse.ArgumentParser(
        prog="./oms lint",
        description="Checks the form of the code; changes nothing without --fix.",
    )
    parser.add_argument(
        "only", nargs="*", metavar="CHECK", help=f"some of: {', '.join(known)}"
    )
    parser.add_argument("--fix", action="store_true", help="let ruff mend what it can")
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
    ruff = str(VENV / "bin" / "ruff")
    for command in (["check", "--fix", "--quiet", "."], ["format", "--quiet", "."]):
        subprocess.run([ruff, *command], cwd=ROOT, check=False)


def _passes(check: Check) -> bool:
    with step(check.name):
        result = subprocess.run(
            check.command, cwd=ROOT, capture_output=True, text=True, check=False
        )
    if result.returncode:
        say(f"{result.stdout}{result.stderr}".rstrip() + "\n")
    return result.returncode == 0
