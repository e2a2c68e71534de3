# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest

from odoo.addons.oms_returns.engine.disposition import BY_GRADE, GRADES, propose


@pytest.mark.parametrize(
    ("grade", "disposition"),
    [
        ("new", "restock"),
        ("opened", "restock"),
        ("worn", "scrap"),
        ("damaged", "scrap"),
        (None, "restock"),
    ],
)
def test_disposition_follows_from_the_grade(grade, disposition):
    assert propose(grade) == disposition


def test_every_grade_has_a_disposition():
    assert set(BY_GRADE) == {code for code, _label in GRADES}
