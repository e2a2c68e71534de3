# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The states in the documentation are those of the code."""

from odoo.addons.oms_core.engine import happenings
from odoo.addons.oms_core.engine.lifecycle import (
    PAYMENT_STATES,
    RETURN_STATES,
    STATES,
)
from omscli.states import PAGE, TABLES, read_rules, renew


def test_page_of_the_states_is_what_the_code_gives():
    current = PAGE.read_text(encoding="utf-8")
    assert current == renew(happenings), "run scripts/draw-states --write"


def test_every_line_of_the_tables_is_drawn():
    tables = dict(zip(TABLES, (STATES, PAYMENT_STATES, RETURN_STATES), strict=True))
    for name, table in tables.items():
        drawn = [state for state, _rule in read_rules(name)]
        assert drawn == [state for state, _holds in table]
