# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The search syntax of `query:` arguments: terms, comparisons, AND, OR, NOT.

Like the platform, it does not refuse a field that it does not know: the term is
ignored, everything is found, and a warning stands in `extensions.search`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulators.base.clock import parse_moment

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<paren>[()])
      | (?P<word>AND|OR|NOT)(?=\s|\(|$)
      | (?P<minus>-(?=\w+:))
      | (?:(?P<field>\w+):)?(?P<op>>=|<=|>|<)?
        (?P<value>"(?:\\.|[^"])*"|'(?:\\.|[^'])*'|[^\s()]+)
    )""",
    re.VERBOSE,
)
Getter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    field: str = ""
    op: str = ""
    value: str = ""


class Search:
    """A compiled query; `fields` gives the value, or the list of values, of a row."""

    def __init__(self, query: str | None, fields: dict[str, Getter], text: Getter):
        self.fields = fields
        self.text = text
        self.warnings: list[dict[str, str]] = []
        self._tokens = list(_tokens(query or ""))
        self._position = 0
        self._test = self._either() if self._tokens else None

    def __call__(self, row: Any) -> bool:
        return self._test is None or self._test(row)

    # === GRAMMAR ===
    def _peek(self) -> Token | None:
        tokens = self._tokens
        return tokens[self._position] if self._position < len(tokens) else None

    def _take(self, kind: str) -> bool:
        token = self._peek()
        if token and token.kind == kind:
            self._position += 1
            return True
        return False

    def _either(self) -> Callable[[Any], bool]:
        tests = [self._all()]
        while self._take("OR"):
            tests.append(self._all())
        return lambda row: any(test(row) for test in tests)

    def _all(self) -> Callable[[Any], bool]:
        tests = [self._single()]
        while (token := self._peek()) and token.kind not in ("OR", ")"):
            self._take("AND")
            tests.append(self._single())
        return lambda row: all(test(row) for test in tests)

    def _single(self) -> Callable[[Any], bool]:
        if self._take("NOT"):
            test = self._single()
            return lambda row: not test(row)
        if self._take("("):
            test = self._either()
            self._take(")")
            return test
        token = self._peek()
        if token is None or token.kind != "term":
            return lambda row: True
        self._position += 1
        return self._term(token)

    # === TERMS ===
    def _term(self, token: Token) -> Callable[[Any], bool]:
        value = token.value
        if not token.field:
            return lambda row: value.lower() in self.text(row).lower()
        getter = self.fields.get(token.field)
        if not getter:
            self.warnings.append(
                {
                    "field": token.field,
                    "message": "Invalid search field for this query.",
                    "code": "invalid_field",
                }
            )
            return lambda row: True
        return lambda row: _matches(getter(row), token.op, value)


def _tokens(query: str):
    position = 0
    while match := _TOKEN.match(query, position):
        position = match.end()
        if match["paren"]:
            yield Token(match["paren"])
        elif match["word"]:
            yield Token(match["word"])
        elif match["minus"]:
            yield Token("NOT")
        else:
            value = match["value"]
            if value[0] in "'\"":
                value = re.sub(r"\\(.)", r"\1", value[1:-1])
            yield Token("term", match["field"] or "", match["op"] or "", value)


def _matches(found: Any, op: str, value: str) -> bool:
    if isinstance(found, list | tuple | set):
        return any(_matches(item, op, value) for item in found)
    if found is None:
        return False
    if isinstance(found, datetime):
        try:
            return _compare(found, op, parse_moment(value))
        except ValueError:
            return False
    if isinstance(found, bool):
        return str(found).lower() == value.lower()
    if isinstance(found, int):
        number = value.rsplit("/", 1)[-1]
        return number.lstrip("-").isdigit() and _compare(found, op, int(number))
    words = [word.strip().lower() for word in value.split(",")]
    text = str(found).lower()
    return any(
        text.startswith(word[:-1]) if word.endswith("*") else text == word
        for word in words
    )


def _compare(found: Any, op: str, value: Any) -> bool:
    if op == ">=":
        return found >= value
    if op == "<=":
        return found <= value
    if op == ">":
        return found > value
    if op == "<":
        return found < value
    return found == value
