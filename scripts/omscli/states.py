# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The generated part of docs/states.md: tables and diagrams of the states."""

import ast
import re
from collections.abc import Iterable
from types import ModuleType

from .paths import ADDONS, ROOT

PAGE = ROOT / "docs" / "states.md"
LIFECYCLE = ADDONS / "oms_core" / "engine" / "lifecycle.py"
BEGIN, END = "<!-- drawn from the code -->", "<!-- end of what is drawn -->"
TABLES = {
    "STATES": "Order state",
    "PAYMENT_STATES": "Payment state",
    "RETURN_STATES": "Return state",
}
# They can be entered from nearly everywhere, and would hide the rest.
ASIDE = ("quarantined", "on_hold", "cancelled")
# In the table, not in the pictures: from many states back to many.
SECOND_THOUGHTS = ("goods added", "goods removed", "invoice reversed")
Transitions = dict[tuple[str, str], list[str]]


def renew(happenings: ModuleType) -> str:
    """The page as it should be: what people wrote, and what the code gives."""
    page = PAGE.read_text(encoding="utf-8")
    head, _old, tail = re.split(f"{re.escape(BEGIN)}|{re.escape(END)}", page)
    return f"{head}{BEGIN}\n\n{draw(happenings)}\n{END}{tail}"


def draw(happenings: ModuleType) -> str:
    transitions: Transitions = happenings.find_transitions()
    usual = {
        edge: kept
        for edge, names in transitions.items()
        if (kept := [name for name in names if name not in SECOND_THOUGHTS])
    }
    way = {edge: names for edge, names in usual.items() if not {*edge} & {*ASIDE}}
    aside = {edge: names for edge, names in usual.items() if edge not in way}
    return "\n".join(
        [
            *(line for name in TABLES for line in draw_rules(name)),
            "## How an order gets from one state to another",
            "",
            *draw_table(transitions),
            "",
            "### The way of an order",
            "",
            *draw_diagram(way),
            "",
            "### Stopped, and let go on",
            "",
            *draw_diagram(aside),
            "",
        ]
    )


def draw_rules(name: str) -> Iterable[str]:
    """A table of the life cycle, as it is written there."""
    yield f"## {TABLES[name]}"
    yield ""
    yield "| | State | if |"
    yield "|---|---|---|"
    for number, (state, rule) in enumerate(read_rules(name), 1):
        yield f"| {number} | `{state}` | {rule} |"
    yield ""


def read_rules(name: str) -> Iterable[tuple[str, str]]:
    tree = ast.parse(LIFECYCLE.read_text(encoding="utf-8"))
    [table] = [
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name
    ]
    if not isinstance(table, ast.Tuple):
        raise TypeError(f"{name} in {LIFECYCLE} is no tuple: adapt this reader.")
    for row in table.elts:
        state, rule = ast.literal_eval(row.elts[0]), row.elts[1].body  # type: ignore[attr-defined]
        words = ast.unparse(rule).replace("f.", "")
        yield state, "otherwise" if words == "True" else f"`{words}`"


def draw_table(transitions: Transitions) -> Iterable[str]:
    yield "| From | To | when |"
    yield "|---|---|---|"
    for (before, after), names in transitions.items():
        yield f"| `{before}` | `{after}` | {', '.join(names)} |"


def draw_diagram(transitions: Transitions) -> Iterable[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for (before, after), names in transitions.items():
        yield f"    {before} --> {after}: {' / '.join(names)}"
    yield "```"
