# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..config import config_path
from ..console import Stop, Terminated, say
from ..databases import Databases
from ..environment import ensure
from ..paths import CACHE, GLUE, PYTHON, ROOT
from ..postgres import Cluster
from ..templates import glue_template, project_template

USAGE = """usage: ./oms test [paths] [pytest arguments]

  unit     tests/unit                        no database
  addons   addons/*/tests tests/addons/*     on a copy of a cached database
  glue     oms_website_sale oms_point_of_sale  on one with Odoo's shop and till too
  e2e      tests/e2e                         a browser against a real server

         --alone [addons]                  each addon without its siblings

Without paths all run; with paths, those that the paths belong to. Anything else
is handed to pytest: ./oms test -k held, ./oms test addons/oms_core/tests -x.
Whole stages without a browser run on all cores; -n 1 keeps them on one.
With CI=true a skipped test fails the run."""

NO_TESTS_COLLECTED = 5
# Options that speak for one process, or say themselves over how many.
ONE_PROCESS = ("-n", "--numprocesses", "--pdb", "--trace", "-s", "--capture=no")
# Each process of the addons' stage has a database of its own.
MOST_PROCESSES = 4


@dataclass
class Stage:
    name: str
    folders: Sequence[str]
    paths: list[str] = field(default_factory=list)
    code: int = 0
    seconds: float = 0
    whole: bool = False
    without: Sequence[str] = ()

    def owns(self, path: str) -> bool:
        return _is_below(path, self.folders) and not _is_below(path, self.without)

    def default_paths(self) -> list[str]:
        patterns = {
            "unit": ["tests/unit"],
            "addons": ["addons/*/tests", "tests/addons/*/tests"],
            "glue": ["addons/*/tests"],
            "e2e": ["tests/e2e"],
        }[self.name]
        found = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
        paths = (str(path.relative_to(ROOT)) for path in found)
        return [path for path in paths if self.owns(path)]


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(f"{path}/".startswith(f"{folder}/") for folder in folders)


def stages() -> list[Stage]:
    glue = [f"addons/{name}" for name in GLUE]
    return [
        Stage("unit", ["tests/unit"]),
        Stage("addons", ["addons", "tests/addons"], without=glue),
        Stage("glue", glue),
        Stage("e2e", ["tests/e2e"]),
    ]


def run(arguments: list[str]) -> int:
    if arguments and arguments[0] in {"-h", "--help"}:
        say(USAGE)
        return 0
    if arguments[:1] == ["--alone"]:
        # It runs stages of this module: known by the time it is asked for.
        from .. import alone

        return alone.run(arguments[1:])
    chosen, options = plan(arguments)
    ensure()
    _run_stages(chosen, options)
    return conclude(chosen)


def plan(arguments: Iterable[str]) -> tuple[list[Stage], list[str]]:
    """Sorts paths into the stages they belong to; the rest is for pytest."""
    chosen, options = stages(), []
    for argument in arguments:
        path = _path_in_repository(argument)
        if path is None:
            options.append(argument)
            continue
        _assign(chosen, path, argument)
    if any(stage.paths for stage in chosen):
        return [stage for stage in chosen if stage.paths], options
    for stage in chosen:
        stage.paths, stage.whole = stage.default_paths(), True
    return [stage for stage in chosen if stage.paths], options


def _path_in_repository(argument: str) -> str | None:
    """Relative to the repository; None if the argument does not look like a path."""
    if argument.startswith("-"):
        return None
    name, _, _ = argument.partition("::")
    path = Path(name).absolute()
    if path.exists() and path.is_relative_to(ROOT):
        return str(path.relative_to(ROOT))
    if name.endswith(".py") or "::" in argument:
        raise Stop(f"There is no {name} to test. Give a path in this repository.")
    return None


def _assign(chosen: list[Stage], path: str, argument: str) -> None:
    owners = [stage for stage in chosen if stage.owns(path)]
    if owners and path != "addons":
        for stage in owners:
            stage.paths.append(path + "".join(argument.partition("::")[1:]))
        return
    below = [
        (stage, inner)
        for stage in chosen
        for inner in stage.default_paths()
        if path == "." or inner.startswith(f"{path}/")
    ]
    if not below:
        raise Stop(f"{argument} holds no tests: they are in addons/*/tests and tests/.")
    for stage, inner in below:
        stage.paths.append(inner)


def _run_stages(chosen: list[Stage], options: list[str]) -> None:
    for stage in chosen:
        if stage.name == "unit":
            _pytest(stage, ["-p", "no:odoo", *spread(stage, options)], {})
    if not any(stage.name != "unit" for stage in chosen):
        return
    with Cluster("test").in_use() as cluster:
        databases = Databases(cluster)
        for stage in chosen:
            if stage.name in ("addons", "glue"):
                _run_in_odoo(stage, options, databases)
            elif stage.name == "e2e":
                variables = _variables(cluster, project_template(cluster))
                _pytest(stage, ["-p", "no:odoo", *options], variables)


def _run_in_odoo(stage: Stage, options: list[str], databases: Databases) -> None:
    cluster = databases.cluster
    template = (glue_template if stage.name == "glue" else project_template)(cluster)
    with databases.temporary(template, "run") as name:
        variables = _variables(cluster, template)
        run_addon_tests(stage, name, spread(stage, options), variables)


def _variables(cluster: Cluster, template: str) -> dict[str, str]:
    return {**cluster.variables, "OMS_TEMPLATE": template}


def run_addon_tests(
    stage: Stage, database: str, options: list[str], variables: dict[str, str]
) -> None:
    odoo = [f"--odoo-database={database}", "--odoo-http"]
    config = {"ODOO_RC": str(config_path("test"))}
    _pytest(stage, [*odoo, *options], variables | config)


def spread(stage: Stage, options: list[str]) -> list[str]:
    """On all cores, where that is worth a database for each: files stay together."""
    cores = len(os.sched_getaffinity(0))
    alone = any(option.startswith(ONE_PROCESS) for option in options)
    if not stage.whole or cores == 1 or alone:
        return options
    return ["-n", str(min(cores, MOST_PROCESSES)), "--dist", "loadfile", *options]


def _pytest(stage: Stage, options: list[str], variables: dict[str, str]) -> None:
    say(f"\n=== {stage.name}: {' '.join(stage.paths)}")
    start = time.monotonic()
    command = [str(PYTHON), "-m", "pytest", *options, *stage.paths]
    environment = {**os.environ, "OMS_CACHE": str(CACHE), **variables}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        stage.code = process.wait()
    except KeyboardInterrupt as interrupt:
        # a Ctrl-C has reached pytest too, which puts away what it started; anything
        # else has to be passed on
        if isinstance(interrupt, Terminated):
            process.send_signal(signal.SIGINT)
        process.wait()
        raise
    stage.seconds = time.monotonic() - start


def conclude(chosen: list[Stage]) -> int:
    """The first failure's exit code; a stage where `-k` left nothing is none."""
    words = {0: "passed", NO_TESTS_COLLECTED: "no test chosen"}
    say("\n=== result")
    for stage in chosen:
        word = words.get(stage.code, f"FAILED (exit code {stage.code})")
        say(f"  {stage.name:<14}{word:<26}{stage.seconds:6.1f} s")
    codes = [stage.code for stage in chosen]
    bad = [code for code in codes if code not in words]
    if not bad and 0 not in codes:
        say("No test was chosen.", stream=sys.stderr)
        return NO_TESTS_COLLECTED
    return bad[0] if bad else 0
