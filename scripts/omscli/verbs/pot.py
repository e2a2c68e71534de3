# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import contextlib
import re
from pathlib import Path

from ..config import config_path
from ..console import say, step
from ..databases import Databases
from ..environment import ensure
from ..paths import ADDONS, GLUE, MODULES, ODOO, PYTHON
from ..postgres import Cluster
from ..processes import run_logged
from ..templates import glue_template

DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date): .*\n', re.MULTILINE)


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./oms pot",
        description="Writes addons/*/i18n/*.pot anew; a file in which nothing but the"
        " date would change is left alone.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="change nothing, fail if one is out of date",
    )
    options = parser.parse_args(arguments)
    ensure()
    before = {path: path.read_text() if path.is_file() else "" for path in paths()}
    with Cluster("test").in_use() as cluster:
        template = glue_template(cluster)
        with Databases(cluster).temporary(template, "pot") as database:
            _export(cluster, database)
    changed = [path for path in paths() if _settle(path, before[path], options.check)]
    for path in changed:
        say(f"  {'out of date' if options.check else 'written'}: {path}")
    if options.check and changed:
        say("Run ./oms pot and commit what it writes.")
    return 1 if options.check and changed else 0


def paths() -> list[Path]:
    return [ADDONS / name / "i18n" / f"{name}.pot" for name in (*MODULES, *GLUE)]


def _export(cluster: Cluster, database: str) -> None:
    for path in paths():
        path.parent.mkdir(exist_ok=True)
    config = config_path("test")
    export = [PYTHON, ODOO, "i18n", "export", "-c", config, "-d", database]
    with step("exporting the terms"):
        run_logged(
            [*export, "-l", "pot", "--", *MODULES, *GLUE],
            "pot.log",
            "The terms could not be exported.",
            env=cluster.variables,
        )


def _settle(path: Path, before: str, only_check: bool) -> bool:
    """Whether the terms have changed; puts the old file back where it is to stay."""
    after = path.read_text() if path.is_file() else ""
    changed = DATES.sub("", before) != DATES.sub("", after)
    if before and (only_check or not changed):
        path.write_text(before)
    if not after:
        path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        path.parent.rmdir()  # only an empty one goes: an addon without any terms
    return changed
