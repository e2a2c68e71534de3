# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import subprocess

from ..config import config_path
from ..console import Stop, say
from ..databases import Databases
from ..dev_database import NAME
from ..environment import ensure
from ..paths import ODOO, PYTHON
from ..postgres import Cluster

USAGE = """usage: ./oms shell [arguments of `odoo shell`]

Python with `env` on the demo database; env.cr.commit() keeps what you did.
A script can come from the standard input: ./oms shell < script.py"""


def run(arguments: list[str]) -> int:
    if arguments and arguments[0] in {"-h", "--help"}:
        say(USAGE)
        return 0
    ensure()
    with Cluster("dev").in_use() as cluster:
        if not Databases(cluster).exists(NAME):
            raise Stop(f"There is no database {NAME} yet: ./oms run makes it.")
        options = ["-c", str(config_path("dev")), "-d", NAME, "--no-http", *arguments]
        return subprocess.run(
            [str(PYTHON), str(ODOO), "shell", *options],
            env={**os.environ, **cluster.variables},
            check=False,
        ).returncode
