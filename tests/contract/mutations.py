# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ways to spoil a document: what plugins, mistakes and other times put into one."""

from typing import Any

from hypothesis import strategies as st

Way = tuple[Any, ...]

NASTY = [
    *(None, True, False, -1, 0, 10**15, 10**400, 1e308, 0.1 + 0.2),
    *(float("nan"), float("inf"), "", " ", "0", "-0.01", "1,50", "1e5", "NaN"),
    *("9" * 400, "9" * 15, "0.0000000001", "\0", "\ud800", "²", "١٢", "<b>&amp;</b>"),
    *("2026-13-45T99:00:00Z", "0001-01-01T00:00:00+23:59", "0000-00-00T00:00:00"),
    *([], {}, [None], [[]], [{}], {"nodes": None}, {"nodes": [None]}),
]
values = st.sampled_from(NASTY) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def ways(value: Any, way: Way = ()) -> list[Way]:
    """The way to every place in a document."""
    found = []
    if isinstance(value, dict | list):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in members:
            found += [(*way, key), *ways(inner, (*way, key))]
    return found


def put(document: Any, way: Way, value: Any) -> Any:
    """A copy of the document with another value in one place."""
    return _change(document, way, lambda members, key: members.__setitem__(key, value))


def remove(document: Any, way: Way) -> Any:
    return _change(document, way, lambda members, key: members.pop(key))


def repeat(document: Any, way: Way) -> Any:
    """The same member of a list twice; of an object, under another name too."""

    def add(members: Any, key: Any) -> None:
        if isinstance(members, list):
            members.append(members[key])
        else:
            members[f"{key}_2"] = members[key]

    return _change(document, way, add)


def _change(document: Any, way: Way, change: Any) -> Any:
    copy = document.copy()
    if len(way) == 1:
        change(copy, way[0])
    else:
        copy[way[0]] = _change(document[way[0]], way[1:], change)
    return copy


@st.composite
def mutants(draw: Any, documents: list[Any]) -> Any:
    """One of the documents, spoiled in one to three places."""
    document = draw(st.sampled_from(documents))
    for _turn in range(draw(st.integers(1, 3))):
        places = ways(document)
        if not places:
            return document
        way = draw(st.sampled_from(places))
        kind = draw(st.sampled_from(["put", "put", "put", "remove", "repeat"]))
        if kind == "put":
            document = put(document, way, draw(values))
        else:
            document = {"remove": remove, "repeat": repeat}[kind](document, way)
    return document
