# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reasons as values: readable here, and translatable by whoever shows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, Union

Value: TypeAlias = Union[str, int, Decimal, "Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template in English with its values; ``module`` has the translations.

    >>> str(Sentence("oms_routing", "has %(free)s of %(wanted)s", (("free", 1), \
("wanted", Decimal("2.50")))))
    'has 1 of 2.5'
    """

    module: str
    template: str
    values: tuple[tuple[str, Value], ...] = ()

    def render(self, translate: "Callable[[str, str], str]") -> str:
        """The text, with ``translate(module, template)`` for each template."""
        text = translate(self.module, self.template)
        if not self.values:
            return text
        return text % {
            name: value.render(translate)
            if isinstance(value, Sentence)
            else format_value(value)
            for name, value in self.values
        }

    def __str__(self) -> str:
        return self.render(lambda module, template: template)


def format_value(value: str | int | Decimal) -> str:
    """
    >>> format_value(Decimal("12.00")), format_value(Decimal("1E+2"))
    ('12', '100')
    """
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def sentences(module: str) -> "Callable[..., Sentence]":
    """The function that a module names ``_``, so that its texts are extracted.

    >>> _ = sentences("oms_routing")
    >>> str(_("%(place)s is closed", place="Reno"))
    'Reno is closed'
    """

    def make(template: str, **values: Value) -> Sentence:
        return Sentence(module, template, tuple(values.items()))

    return make


# An engine has no env: whoever shows a sentence translates it.
# pylint: disable=prefer-env-translation
_ = sentences("oms_routing")

# More than this many things of one kind are counted, not named.
NAMED = 3


def join(parts: Iterable[Value]) -> Value:
    """
    >>> str(join(["Reno", "Boston"])), str(join(["a", "b", "c"]))
    ('Reno and Boston', 'a, b and c')
    >>> str(join(["a", "b", "c", "d", "e"]))
    'a, b, c and 2 more'
    """
    named = list(parts)
    rest = len(named) - NAMED
    if rest > 0:
        named = named[:NAMED]
        last: Value = _("%(count)s more", count=rest)
    else:
        last = named.pop()
    if not named:
        return last
    first = named[0]
    for part in named[1:]:
        first = _("%(first)s, %(next)s", first=first, next=part)
    return _("%(first)s and %(last)s", first=first, last=last)
