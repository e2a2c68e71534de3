# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Programs beside the tests that load Odoo, work, and print facts as JSON."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from omscli.config import config_path
from omscli.databases import Databases
from omscli.paths import PYTHON, ROOT
from omscli.postgres import Cluster


def run_program(name: str) -> dict[str, Any]:
    """What is true after it; on a database of its own, without a server."""
    template = os.environ.get("OMS_TEMPLATE")
    if not template:
        pytest.fail("OMS_TEMPLATE is not set: start these with ./oms test tests/e2e")
    cluster = Cluster("test")
    with Databases(cluster).temporary(template, "run") as database:
        result = subprocess.run(
            [PYTHON, Path(__file__).with_name(name), database],
            cwd=ROOT,
            env={
                **os.environ,
                **cluster.variables,
                "ODOO_RC": str(config_path("test")),
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert not result.returncode, result.stderr[-3000:]
    return json.loads(result.stdout.splitlines()[-1])
