# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of faults has every fault of each shop, and names tests that exist."""

import re
from pathlib import Path

import pytest

from emulators.shopify.faults import NAMES as SHOPIFY
from emulators.woocommerce.faults import NAMES as WOOCOMMERCE

ROOT = Path(__file__).parents[3]
README = (ROOT / "emulators" / "README.md").read_text()
TABLE = README.partition("## Faults\n")[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if line.startswith("| ") and not line.startswith("| What goes wrong")
]
DEFINED = re.compile(r"^\s*def (test_\w+)\(", re.MULTILINE)


@pytest.mark.parametrize(("column", "names"), [(1, SHOPIFY), (2, WOOCOMMERCE)])
def test_every_fault_is_in_the_table(column, names):
    told = {name for row in ROWS for name in re.findall(r"`(\w+)`", row[column])}
    assert set(names) - told == set()


def test_every_row_names_tests_that_exist():
    there = {
        name
        for folder in ("tests", "addons")
        for path in ROOT.glob(f"{folder}/**/*.py")
        for name in DEFINED.findall(path.read_text())
    }
    told = [re.findall(r"`(test_\w+)`", row[3]) for row in ROWS]
    assert all(told)
    assert {name for names in told for name in names} - there == set()
