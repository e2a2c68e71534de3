# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes `odoo.addons.oms_*` importable without a server and without a database."""

from pathlib import Path

import odoo.addons

ROOT = Path(__file__).resolve().parents[1]

for folder in (ROOT / "addons", ROOT / "tests" / "addons"):
    if folder.is_dir() and str(folder) not in odoo.addons.__path__:
        odoo.addons.__path__.append(str(folder))
