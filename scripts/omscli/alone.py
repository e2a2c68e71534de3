# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each addon with nothing of ours beside it but what its manifest names."""

from .console import step
from .databases import Databases
from .environment import ensure
from .odoo import install, progress
from .paths import MODULES
from .postgres import Cluster
from .templates import base_template
from .verbs.test import Stage, conclude, run_addon_tests

LOG = "alone.log"


def plan(arguments: list[str]) -> tuple[list[Stage], list[str]]:
    """A stage for each addon named, all of them if none is; the rest is for pytest."""
    addons = [name for name in arguments if name in MODULES] or [*MODULES]
    options = [argument for argument in arguments if argument not in MODULES]
    folders = {name: f"addons/{name}/tests" for name in addons}
    return [Stage(name, [path], [path]) for name, path in folders.items()], options


def run(arguments: list[str]) -> int:
    stages, options = plan(arguments)
    ensure()
    with Cluster("test").in_use() as cluster:
        databases = Databases(cluster)
        template = base_template(databases)
        for stage in stages:
            with databases.temporary(template, "run") as name:
                with step(f"installing {stage.name} alone", progress(LOG)):
                    install(cluster, name, [stage.name], LOG)
                run_addon_tests(stage, name, options, cluster.variables)
    return conclude(stages)
