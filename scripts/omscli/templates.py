# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases that tests are cloned from, made again only when their sources change.

`base_<key>` is Odoo with the modules that ours depend on; `project_<key>` is a copy
of it with ours installed; `glue_<key>` is a copy of that with Odoo's shop and point of
sale, and what glues ours to them. A key is the digest of what the database was made
from, and a name is given only to a finished one.
"""

import ast
import json
import os
import re
from collections.abc import Callable, Collection, Sequence

from .console import Stop, step
from .databases import Databases
from .environment import LOCK
from .odoo import install, progress, run_script
from .paths import CACHE, GLUE, MODULES, module_path, test_modules
from .postgres import Cluster
from .stamps import digest, locked, module_digests

KEY_LENGTH = 12


def manifest(name: str) -> dict:
    return ast.literal_eval((module_path(name) / "__manifest__.py").read_text())


def foreign_modules() -> list[str]:
    """What our addons and those of the tests depend on, and are not ours."""
    ours = {*MODULES, *test_modules()}
    depends = {name for module in ours for name in manifest(module)["depends"]}
    return sorted(depends - ours)


def base_key() -> str:
    odoo = CACHE / "odoo-19" / ".complete"
    home = os.environ.get("ODOO_HOME", "")
    return digest(odoo, home, LOCK, *foreign_modules())[:KEY_LENGTH]


def digests(modules: Sequence[str]) -> dict[str, dict[str, str]]:
    return {name: module_digests(module_path(name)) for name in modules}


def project_template(cluster: Cluster) -> str:
    """The name of an up-to-date template; builds what is missing."""
    modules = [*MODULES, *test_modules()]
    return _template(Databases(cluster), "project", modules, base_template)


def glue_template(cluster: Cluster) -> str:
    """The same with the applications of Odoo that ours can do without, and the glue."""
    project = project_template(cluster)
    modules = [*MODULES, *test_modules(), *GLUE]
    return _template(Databases(cluster), "glue", modules, lambda _databases: project)


def _template(
    databases: Databases,
    kind: str,
    modules: Sequence[str],
    origin: Callable[[Databases], str],
) -> str:
    base, now = base_key(), digests(modules)
    name = f"{kind}_{digest(base, json.dumps(now, sort_keys=True))[:KEY_LENGTH]}"
    if databases.exists(name):
        return name
    with locked("templates"):
        if not databases.exists(name):
            _build(databases, name, {"base": base, "modules": now}, origin)
    return name


def base_template(databases: Databases) -> str:
    """The name of a database with Odoo's demo data and nothing of ours."""
    name = f"base_{base_key()}"
    if not databases.exists(name):
        work = f"{name}_unfinished"
        databases.drop(work)
        with step(
            "template: Odoo with demo data (once, about a minute)",
            progress("template-base.log"),
        ):
            install(
                databases.cluster,
                work,
                foreign_modules(),
                "template-base.log",
                demo=True,
            )
        databases.keep_quiet(work)
        _finish(databases, work, name, {})
    return name


def _build(
    databases: Databases, name: str, note: dict, origin: Callable[[Databases], str]
) -> None:
    """From the last template where an update does, else from what it is a copy of."""
    kind, _, _ = name.partition("_")
    work = f"{name}_unfinished"
    databases.drop(work)
    old = _predecessor(databases, kind, note)
    start = old or origin(databases)
    before = databases.note(start).get("modules", {})
    databases.clone(start, work)
    modules = _moved(before, note["modules"])
    doing = f"{'updating' if old else 'installing'} {', '.join(modules)}"
    log = f"template-{kind}.log"
    with step(f"template: {doing}", progress(log)):
        install(databases.cluster, work, modules, log, update=bool(old))
    _check_installed(databases, work, note["modules"])
    if kind == "project" and _moved(before, note["modules"], "static"):
        _warm_assets(databases.cluster, work)  # the browser's tests start from it
    _finish(databases, work, name, note)


def _check_installed(databases: Databases, work: str, modules: Collection[str]) -> None:
    """Odoo passes over a module that it does not find, and ends as if all were well.

    :raise Stop: naming what is not there
    """
    sql = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    missing = {*modules} - {*databases.query(sql, work)}
    if missing:
        raise Stop(
            f"Odoo has not found {', '.join(sorted(missing))}. Two checkouts that "
            "share OMS_CACHE cannot run ./oms at the same time: try again."
        )


def _predecessor(databases: Databases, kind: str, note: dict) -> str | None:
    """A template that an update makes the same as a new one: only code has moved."""
    for name in databases.names():
        if re.fullmatch(rf"{kind}_[0-9a-f]+", name):
            old = databases.note(name)
            before = old.get("modules", {})
            if (
                old.get("base") == note["base"]
                and {*before} == {*note["modules"]}
                and not _moved(before, note["modules"], "once")
            ):
                return name
    return None


def _moved(before: dict, now: dict, part: str = "") -> list[str]:
    """Modules of which this part, or any, is not what it was."""
    return [
        name
        for name, parts in now.items()
        if name not in before
        or (before[name][part] != parts[part] if part else before[name] != parts)
    ]


def _warm_assets(cluster: Cluster, database: str) -> None:
    with step("template: building the web client's assets"):
        problem = "The web client's assets could not be built."
        run_script(cluster, database, "warm_assets", problem)


def _finish(databases: Databases, work: str, name: str, note: dict) -> None:
    """Gives the database its name and drops those that it takes the place of."""
    databases.set_note(work, note)
    databases.rename(work, name)
    kind, _, _ = name.partition("_")
    for old in databases.names():
        if old.startswith(f"{kind}_") and old != name:
            try:
                databases.drop(old)
            except Stop:  # somebody is copying it at this moment: next time
                continue
