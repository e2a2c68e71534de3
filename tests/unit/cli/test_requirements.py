# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
import subprocess
import zipfile

import pytest

from omscli.environment import LOCK
from omscli.paths import CACHE, ROOT

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def pins(*names):
    found = {}
    for name in names:
        for package, version in PINNED.findall((ROOT / name).read_text()):
            found[re.sub(r"[-_.]+", "-", package).lower()] = version
    return found


def test_lock_has_every_version_that_the_requirements_name():
    locked = pins(LOCK.name)
    named = pins("requirements.txt", "requirements-dev.txt")
    assert {name: locked.get(name) for name in named} == named


def test_every_requirement_is_pinned():
    lines = [
        line
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    assert [line for line in lines if not PINNED.match(line)] == []


def test_wheel_that_answers_for_odoo_holds_no_code():
    (wheel,) = (ROOT / "scripts" / "wheels").glob("odoo-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert all(name.startswith("odoo-19.0.dist-info/") for name in names)


def test_fetched_odoo_has_no_dangling_links():
    """Debian's package links to fonts and scripts of others, fetched beside it."""
    find = ["find", CACHE / "odoo-19", "-xtype", "l"]
    result = subprocess.run(find, capture_output=True, text=True, check=False)
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["frob"], ["start", "production"]])
def test_pg_refuses_what_it_does_not_know(arguments):
    pg = ROOT / "scripts" / "pg"
    result = subprocess.run(
        [pg, *arguments], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (1, "")
