# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the documentation quotes is what the files say, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
QUOTE = re.compile(r"```python\n# (\S+\.py)\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!http)([^)#]+)(?:#[^)]*)?\)")

quotes = [
    pytest.param(page, path, text, id=f"{page.name}:{path}")
    for page in PAGES
    for path, text in QUOTE.findall(page.read_text())
]
links = [
    pytest.param(page, target, id=f"{page.name}:{target}")
    for page in PAGES
    for target in LINK.findall(page.read_text())
]


@pytest.mark.parametrize(("page", "path", "text"), quotes)
def test_quoted_code_is_in_its_file(page, path, text):
    files = [ROOT / path, *ROOT.glob(f"tests/addons/*/{path}")]
    assert any(text in file.read_text() for file in files if file.is_file())


@pytest.mark.parametrize(("page", "target"), links)
def test_link_leads_to_a_file(page, target):
    assert (page.parent / target).exists()
