# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""May this be returned?

A rule looks at the facts of one line and objects or keeps silent; the verdict
collects every objection, so that a person sees all of them at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One order line of which somebody wants to return units (the line's unit).

    ``delivered`` counts what ever arrived at the buyer, ``returned`` what came back
    since, ``requested`` what other open returns have asked for.
    """

    asked: Decimal
    delivered: Decimal
    returned: Decimal = Decimal(0)
    requested: Decimal = Decimal(0)
    is_goods: bool = True

    @property
    def returnable(self) -> Decimal:
        return self.delivered - self.returned - self.requested


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule objects: a code that the reader's language is found by."""

    code: str
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed, allowed once a person has looked, or not; with every reason."""

    reasons: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        return all(reason.needs_review for reason in self.reasons)

    @property
    def needs_review(self) -> bool:
        return self.allowed and bool(self.reasons)


Rule = Callable[[LineFacts], Reason | None]


def asks_for_something(facts: LineFacts) -> Reason | None:
    return Reason("nothing_asked") if facts.asked <= 0 else None


def is_goods(facts: LineFacts) -> Reason | None:
    return None if facts.is_goods else Reason("not_goods")


def is_with_the_buyer(facts: LineFacts) -> Reason | None:
    if facts.is_goods and facts.delivered <= 0:
        return Reason("not_delivered")
    return None


def is_returnable(facts: LineFacts) -> Reason | None:
    """Returnable is what was delivered, has not come back and is not on its way."""
    if facts.delivered > 0 and facts.asked > facts.returnable:
        return Reason("too_many")
    return None


RULES: tuple[Rule, ...] = (
    asks_for_something,
    is_goods,
    is_with_the_buyer,
    is_returnable,
)


def judge(facts: LineFacts, rules: Sequence[Rule] = RULES) -> Verdict:
    """Ask every rule about one line."""
    answers = (rule(facts) for rule in rules)
    return Verdict(tuple(reason for reason in answers if reason))
