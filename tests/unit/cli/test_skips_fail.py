# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""conftest.py at the root: with CI=true a skip fails the run."""

import os
import subprocess
import sys

import pytest

from omscli.paths import ROOT

SKIPPING = "import pytest\n\ndef test_x():\n    pytest.skip('no browser')\n"
NOT_THERE = "import pytest\n\npytest.importorskip('no_such_module')\n"
PASSING = "def test_x():\n    assert True\n"
EXPECTED = "import pytest\n\n@pytest.mark.xfail\ndef test_x():\n    raise ValueError\n"


def run_pytest(folder, source, ci):
    (folder / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    (folder / "test_x.py").write_text(source)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            ".",
        ],
        cwd=folder,
        env={**os.environ, "CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("source", "ci", "code"),
    [
        pytest.param(SKIPPING, "true", 1, id="skipped test, in CI"),
        pytest.param(SKIPPING, "", 0, id="skipped test, at a desk"),
        pytest.param(PASSING, "true", 0, id="nothing skipped"),
        pytest.param(EXPECTED, "true", 0, id="expected failure"),
    ],
)
def test_exit_code(tmp_path, source, ci, code):
    assert run_pytest(tmp_path, source, ci).returncode == code


def test_module_skipped_as_a_whole_fails_in_ci(tmp_path):
    result = run_pytest(tmp_path, f"{NOT_THERE}{PASSING}", "true")
    assert result.returncode != 0


def test_reason_of_a_skip_is_shown(tmp_path):
    assert "no browser" in run_pytest(tmp_path, SKIPPING, "true").stdout
