# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the guide quotes is the code of the example that the tests install."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
GUIDE = ROOT / "docs" / "extending" / "return_disposition.md"
QUOTE = re.compile(r"`(tests/addons/[^`]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
QUOTES = QUOTE.findall(GUIDE.read_text(encoding="utf-8"))


def test_guide_quotes_the_code_the_behaviour_the_data_and_the_test():
    assert len(QUOTES) == 4


@pytest.mark.parametrize(("path", "quoted"), QUOTES)
def test_quoted_code_is_the_beginning_of_its_file(path, quoted):
    assert (ROOT / path).read_text(encoding="utf-8").startswith(quoted)
