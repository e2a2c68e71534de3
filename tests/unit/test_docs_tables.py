# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pages that answer row by row name tests that exist, or say why there is none."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("platform-behaviour.md", "peers.md")
DEFINED = re.compile(r"^\s*def (test_\w+)\(", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")

tests = {
    name
    for folder in ("tests", "addons")
    for path in ROOT.glob(f"{folder}/**/*.py")
    for name in DEFINED.findall(path.read_text())
}


def _list_rows(page):
    text = (ROOT / "docs" / page).read_text()
    for line in text.splitlines():
        if line.startswith("|") and not line.startswith("|---"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if cells[-1] != "Proof":
                yield pytest.param(cells, id=f"{page}:{cells[0][:40]}")


rows = [row for page in PAGES for row in _list_rows(page)]


@pytest.mark.parametrize("cells", rows)
def test_row_has_a_proof_or_a_reason(cells):
    assert len(cells) == 3
    assert NAMED.search(cells[-1]) or cells[-1].startswith("No test")


@pytest.mark.parametrize("cells", rows)
def test_named_tests_exist(cells):
    assert not set(NAMED.findall(cells[-1])) - tests


def test_every_measured_row_of_woocommerce_is_answered():
    text = (ROOT / "docs/platform-behaviour.md").read_text()
    assert re.findall(r"^\| W(\d+) \|", text, re.MULTILINE) == [
        str(number) for number in range(1, 19)
    ]


@pytest.mark.parametrize(
    ("heading", "count"), [("Twelve gaps", 12), ("Ten complaints", 10)]
)
def test_every_complaint_about_others_is_answered(heading, count):
    text = (ROOT / "docs/peers.md").read_text()
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| (\d+) ", section, re.MULTILINE) == [
        str(number) for number in range(1, count + 1)
    ]
