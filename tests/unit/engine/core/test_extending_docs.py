# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the guide quotes is the code of the example that the tests install."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
GUIDE = ROOT / "docs" / "extending" / "order_rule_action.md"
QUOTE = re.compile(r"`(tests/[^`]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
QUOTES = QUOTE.findall(GUIDE.read_text(encoding="utf-8"))


def test_guide_quotes_behaviour_code_view_and_test():
    assert len(QUOTES) == 4


@pytest.mark.parametrize(("path", "quoted"), QUOTES)
def test_quoted_code_is_its_file(path, quoted):
    assert (ROOT / path).read_text(encoding="utf-8") == quoted
