# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What differs between two JSON documents, place by place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

KEYS = ("id", "external_id", "admin_graphql_api_id", "key")
_NOTHING = object()


def differences(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(path, old, new) of each value that differs; None for what is not there.

    Members of lists are matched by their id where all have one, so that a line
    that was added in front does not make all others differ.

    >>> list(differences({"a": 1, "b": [1]}, {"a": 2, "b": [1, 3]}))
    [('a', 1, 2), ('b[1]', None, 3)]
    """
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _member(f"{path}.{key}" if path else str(key), old, new, key)
    elif isinstance(old, list) and isinstance(new, list):
        name = _get_key(old, new)
        before, after = _index(old, name), _index(new, name)
        for key in dict.fromkeys((*before, *after)):
            yield from _member(f"{path}[{key}]", before, after, key)
    elif old != new:
        yield path, old, new


def _member(
    path: str, old: Mapping[Any, Any], new: Mapping[Any, Any], key: Any
) -> Iterator[tuple[str, Any, Any]]:
    was, now = old.get(key, _NOTHING), new.get(key, _NOTHING)
    if was is _NOTHING or now is _NOTHING:
        if was not in (None, _NOTHING) or now not in (None, _NOTHING):
            yield (
                path,
                None if was is _NOTHING else was,
                None if now is _NOTHING else now,
            )
    else:
        yield from differences(was, now, path)


def _get_key(old: Sequence[Any], new: Sequence[Any]) -> str:
    """The member that tells the rows of both lists apart; empty if there is none."""
    rows = (*old, *new)
    for name in KEYS:
        if all(
            isinstance(row, dict) and isinstance(row.get(name), str | int)
            for row in rows
        ) and all(len({row[name] for row in side}) == len(side) for side in (old, new)):
            return name
    return ""


def _index(rows: Sequence[Any], name: str) -> dict[Any, Any]:
    return {row[name] if name else at: row for at, row in enumerate(rows)}
