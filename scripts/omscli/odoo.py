# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's own command, with our configuration."""

from collections.abc import Callable, Sequence
from pathlib import Path

from .config import config_path
from .paths import LOGS, ODOO, PYTHON, ROOT
from .postgres import Cluster
from .processes import run_logged, tail

SCRIPTS = ROOT / "scripts" / "odoo_shell"


def command(kind: str, database: str, *options: str) -> list[str]:
    config = str(config_path(kind))
    return [str(PYTHON), str(ODOO), "-c", config, "-d", database, *options]


def install(
    cluster: Cluster,
    database: str,
    modules: Sequence[str],
    log: str,
    *,
    update: bool = False,
    demo: bool = False,
) -> None:
    """Installs or updates modules, and ends."""
    options = ["-u" if update else "-i", ",".join(modules)]
    if demo:
        options.append("--with-demo")
    run_logged(
        command(cluster.kind, database, *options, "--stop-after-init", "--no-http"),
        log,
        f"Odoo could not {'update' if update else 'install'} {', '.join(modules)}.",
        env=cluster.variables,
    )


def run_script(cluster: Cluster, database: str, name: str, problem: str) -> None:
    """Runs scripts/odoo_shell/<name>.py in Odoo's shell on this database."""
    config = str(config_path(cluster.kind))
    shell = [PYTHON, ODOO, "shell", "-c", config, "-d", database, "--no-http"]
    script = SCRIPTS / f"{name}.py"
    run_logged(shell, f"{name}.log", problem, env=cluster.variables, stdin=script)


def progress(log: str) -> Callable[[], str]:
    """Reads from a log how many modules are loaded: `module 12 of 70`."""

    def detail() -> str:
        for line in reversed(tail(Path(LOGS, log), 40).splitlines()):
            _, found, rest = line.partition("Loading module ")
            if found and "/" in rest:
                return "module " + rest.split("(")[1].split(")")[0].replace("/", " of ")
        return ""

    return detail
