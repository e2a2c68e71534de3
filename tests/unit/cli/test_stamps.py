# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest

from omscli import stamps


@pytest.fixture
def addon(tmp_path):
    for name in ("models/order.py", "data/cron.xml", "static/src/x.js", "tests/t.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("old")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("models/order.py", "code"),
        ("data/cron.xml", "once"),
        ("static/src/x.js", "static"),
    ],
)
def test_changed_file_changes_its_part_alone(addon, name, part):
    before = stamps.module_digests(addon)
    (addon / name).write_text("new")
    after = stamps.module_digests(addon)
    assert [key for key in before if before[key] != after[key]] == [part]


def test_changed_test_does_not_change_the_module(addon):
    before = stamps.module_digest(addon)
    (addon / "tests" / "t.py").write_text("new")
    assert stamps.module_digest(addon) == before


def test_renamed_file_changes_the_module(addon):
    before = stamps.module_digest(addon)
    (addon / "models" / "order.py").rename(addon / "models" / "sale_order.py")
    assert stamps.module_digest(addon) != before


def test_parts_of_a_digest_do_not_run_together():
    assert stamps.digest("ab", "c") != stamps.digest("a", "bc")


def test_stamp_is_stale_once_its_value_differs(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    stamps.write_stamp("venv", "one")
    assert not stamps.is_fresh("venv", "two")


def test_dropped_stamp_is_stale(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    stamps.write_stamp("venv", "one")
    stamps.drop_stamp("venv")
    assert not stamps.is_fresh("venv", "one")
