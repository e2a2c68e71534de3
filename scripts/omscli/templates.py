# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases that tests are cloned from, made again only when their sources change.

`base_<key>` is Odoo with the modules that ours depend on; `project_<key>` is a copy
of it with ours installed. A key is the digest of what the database was made from, and
a name is given only to a finished one.
"""

import ast
import os

from .console import Stop, step
from .databases import Databases
from .environment import LOCK
from .odoo import install, progress, run_script
from .paths import CACHE, MODULES, module_path, test_modules
from .postgres import Cluster
from .stamps import digest, locked, module_digest

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


def project_key() -> str:
    modules = [*MODULES, *test_modules()]
    digests = (module_digest(module_path(name)) for name in modules)
    return digest(base_key(), *modules, *digests)[:KEY_LENGTH]


def project_template(cluster: Cluster) -> str:
    """The name of an up-to-date template; builds what is missing."""
    databases = Databases(cluster)
    name = f"project_{project_key()}"
    if databases.exists(name):
        return name
    with locked("templates"):
        if not databases.exists(name):
            _build_project(databases, _base_template(databases), name)
    return name


def _base_template(databases: Databases) -> str:
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
            run_script(databases.cluster, work, "dead_ends", "A setting was refused.")
        _warm_assets(databases.cluster, work)
        _finish(databases, work, name)
    return name


def _build_project(databases: Databases, base: str, name: str) -> None:
    work = f"{name}_unfinished"
    databases.drop(work)
    databases.clone(base, work)
    modules = [*MODULES, *test_modules()]
    with step("template: installing our addons", progress("template-project.log")):
        install(databases.cluster, work, modules, "template-project.log")
    _warm_assets(databases.cluster, work)
    _finish(databases, work, name)


def _warm_assets(cluster: Cluster, database: str) -> None:
    """A bundle whose files are the same as before is kept, and costs nothing."""
    with step("template: building the web client's assets"):
        problem = "The web client's assets could not be built."
        run_script(cluster, database, "warm_assets", problem)


def _finish(databases: Databases, work: str, name: str) -> None:
    """Gives the database its name and drops those that it takes the place of."""
    databases.rename(work, name)
    kind, _, _ = name.partition("_")
    for old in databases.names():
        if old.startswith(f"{kind}_") and old != name:
            try:
                databases.drop(old)
            except Stop:  # somebody is copying it at this moment: next time
                continue
