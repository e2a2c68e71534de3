# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where things are. All that is fetched or made lies in the cache folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("OMS_CACHE") or ROOT / ".odoo").absolute()
VENV = CACHE / "venv"
PYTHON = VENV / "bin" / "python"
ODOO = VENV / "bin" / "odoo"
LOGS = CACHE / "logs"
STAMPS = CACHE / "stamps"

ADDONS = ROOT / "addons"
TEST_ADDONS = ROOT / "tests" / "addons"
MODULES = ("oms_core", "oms_channels", "oms_routing", "oms_returns")
# What installs itself where an application of Odoo is that ours do not need: addon to
# application.
GLUE = {"oms_point_of_sale": "point_of_sale", "oms_website_sale": "website_sale"}


def test_modules() -> list[str]:
    """Names of the addons that only the tests install."""
    return sorted(path.parent.name for path in TEST_ADDONS.glob("*/__manifest__.py"))


def module_path(name: str) -> Path:
    return (ADDONS if name in (*MODULES, *GLUE) else TEST_ADDONS) / name
