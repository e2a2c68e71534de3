# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import subprocess

from ..console import Stop, say
from ..databases import Databases
from ..dev_database import NAME
from ..environment import ensure
from ..postgres import Cluster

USAGE = """usage: ./oms psql [--test] [arguments of psql]

On the demo database; with --test in the cluster of the tests, where `-l` lists the
cached templates. Do not stay connected to a template: it cannot be copied meanwhile."""


def run(arguments: list[str]) -> int:
    if arguments and arguments[0] in {"-h", "--help"}:
        say(USAGE)
        return 0
    kind = "test" if arguments[:1] == ["--test"] else "dev"
    arguments = arguments[1:] if kind == "test" else arguments
    ensure()
    with Cluster(kind).in_use() as cluster:
        default = NAME if kind == "dev" else "postgres"
        if not Databases(cluster).exists(default):
            raise Stop(f"There is no database {NAME} yet: ./oms run makes it.")
        variables = {"PGDATABASE": default, **cluster.variables}
        return subprocess.run(
            ["psql", *arguments], env={**os.environ, **variables}, check=False
        ).returncode
