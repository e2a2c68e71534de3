# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What may happen to an order, each happening as a change of its facts.

The addons do not go through this: they read facts, and the table of
:mod:`.lifecycle` gives the state. Here the same facts are moved by hand, so that
one can ask which states can be reached from where, and draw the answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .lifecycle import STATES, OrderFacts, order_state

# Two units of goods are enough to see what happens in part.
MOST = 2


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that warehouse, money or a person does to an order.

    ``side`` tells who does it. ``may`` is whether the world permits it now; what a
    hold forbids is not asked, since a hold can be placed a moment later.
    """

    name: str
    side: str
    may: Callable[[OrderFacts], bool]
    change: Callable[[OrderFacts], OrderFacts]

    def apply(self, facts: OrderFacts) -> OrderFacts:
        """The facts afterwards; the same if it cannot happen now."""
        return self.change(facts) if self.may(facts) else facts


def _sold(facts: OrderFacts) -> bool:
    return facts.confirmed and not facts.cancelled


def _here(facts: OrderFacts) -> bool:
    """Goods are reserved and have not left."""
    return _sold(facts) and facts.allocated > 0


def _left(facts: OrderFacts) -> OrderFacts:
    """A parcel takes along what was reserved."""
    return replace(
        facts,
        shipped=facts.shipped + facts.allocated,
        allocated=0.0,
        picking=False,
        packed=False,
    )


HAPPENINGS = (
    Happening(
        "not understood",
        "channel",
        lambda f: not f.confirmed and not f.cancelled,
        lambda f: replace(f, quarantined=True),
    ),
    Happening(
        "understood",
        "channel",
        lambda f: f.quarantined,
        lambda f: replace(f, quarantined=False),
    ),
    Happening(
        "confirmed",
        "desk",
        lambda f: not f.cancelled and not f.quarantined,
        lambda f: replace(f, confirmed=True),
    ),
    Happening(
        "hold placed",
        "desk",
        lambda f: not f.cancelled,
        lambda f: replace(f, held=True),
    ),
    Happening(
        "hold released", "desk", lambda f: f.held, lambda f: replace(f, held=False)
    ),
    Happening(
        "cancelled",
        "desk",
        lambda f: f.shipped < f.ordered or not f.shipped,
        lambda f: replace(f, cancelled=True, allocated=0.0),
    ),
    Happening(
        "goods added",
        "desk",
        lambda f: not f.cancelled and f.ordered < MOST,
        lambda f: replace(f, ordered=f.ordered + 1, packed=False),
    ),
    Happening(
        "goods removed",
        "desk",
        lambda f: not f.cancelled and f.open_quantity > f.allocated,
        lambda f: replace(f, ordered=f.ordered - 1),
    ),
    Happening(
        "no place may ship it",
        "routing",
        lambda f: _sold(f) and not f.allocated,
        lambda f: replace(f, unfillable=True),
    ),
    Happening(
        "a place found",
        "routing",
        lambda f: f.unfillable,
        lambda f: replace(f, unfillable=False),
    ),
    Happening(
        "goods reserved",
        "warehouse",
        lambda f: _sold(f) and f.allocated < f.open_quantity,
        lambda f: replace(f, allocated=f.allocated + 1, unfillable=False),
    ),
    Happening(
        "reservation lost",
        "warehouse",
        lambda f: _here(f) and not f.packed,
        lambda f: replace(f, allocated=f.allocated - 1, picking=False),
    ),
    Happening(
        "pick list printed", "warehouse", _here, lambda f: replace(f, picking=True)
    ),
    Happening(
        "picked",
        "warehouse",
        lambda f: _here(f) and f.allocated >= f.open_quantity,
        lambda f: replace(f, picking=True, packed=True),
    ),
    Happening("parcel left", "warehouse", _here, _left),
    Happening(
        "parcel arrived",
        "carrier",
        lambda f: f.delivered < f.shipped,
        lambda f: replace(f, delivered=f.shipped),
    ),
    Happening(
        "invoiced", "money", lambda f: f.confirmed, lambda f: replace(f, invoiced=True)
    ),
    Happening(
        "invoice reversed",
        "money",
        lambda f: f.invoiced,
        lambda f: replace(f, invoiced=False),
    ),
    Happening("paid", "money", lambda _: True, lambda f: replace(f, paid=True)),
)

BEGINNINGS = (OrderFacts(ordered=MOST), OrderFacts(ordered=0))


def find_transitions(
    beginnings: Iterable[OrderFacts] = BEGINNINGS,
) -> dict[tuple[str, str], list[str]]:
    """Every change of state that can happen, and by which happenings.

    :return: {(state before, state after): names of happenings}, in the order of the
        tables; every reachable combination of facts was looked at
    """
    todo = list(beginnings)
    seen = set(todo)
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    while todo:
        facts = todo.pop()
        before = order_state(facts)
        for happening in HAPPENINGS:
            changed = happening.apply(facts)
            if (after := order_state(changed)) != before:
                found[before, after].add(happening.name)
            if changed not in seen:
                seen.add(changed)
                todo.append(changed)
    states = list(dict.fromkeys(state for state, _holds in STATES))
    names = [happening.name for happening in HAPPENINGS]
    return {
        (before, after): [name for name in names if name in found[before, after]]
        for before in states
        for after in states
        if (before, after) in found
    }
