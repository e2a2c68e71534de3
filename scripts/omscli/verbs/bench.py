# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import subprocess
import sys

from ..config import config_path
from ..console import Stop, say
from ..databases import Databases
from ..environment import ensure
from ..paths import CACHE, PYTHON, ROOT
from ..postgres import Cluster
from ..templates import project_template

FOLDER = ROOT / "benchmarks"


def names() -> list[str]:
    """Each benchmarks/bench_<name>.py is one."""
    return sorted(
        path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py")
    )


def run(arguments: list[str]) -> int:
    """Runs a benchmark on a copy of the test template, which is dropped afterwards.

    What goes before the benchmark's own output goes to the error stream, so that
    `./oms bench import --json` can be piped.
    """
    known = ", ".join(names()) or "none in this checkout"
    if not arguments or arguments[0] in {"-h", "--help"}:
        say(f"usage: ./oms bench NAME [arguments of the benchmark]\n\nNAME: {known}")
        return 0 if arguments else 2
    name, *rest = arguments
    if name not in names():
        raise Stop(f"There is no benchmark {name}. There is: {known}")
    sys.stdout, output = sys.stderr, sys.stdout
    try:
        ensure()
        with Cluster("test").in_use() as cluster:
            template = project_template(cluster)
            with Databases(cluster).temporary(template, "bench") as database:
                return _run(name, database, rest, cluster, output)
    finally:
        sys.stdout = output


def _run(name: str, database: str, rest: list[str], cluster: Cluster, output) -> int:
    script = FOLDER / f"bench_{name}.py"
    command = [str(PYTHON), str(script), "--database", database, *rest]
    environment = {
        **os.environ,
        **cluster.variables,
        "OMS_CACHE": str(CACHE),
        "ODOO_RC": str(config_path("test")),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=output, check=False
    ).returncode
