# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a plan says for itself: one sentence per order, one per place not chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from .filters import shortage
from .plan import Assignment, Backorder
from .problem import Order
from .quantities import Quantities
from .sentences import Sentence, Value, join, sentences
from .steps import Sorter

if TYPE_CHECKING:
    from .coordinator import Judged

# An engine has no env: whoever shows a sentence translates it.
# pylint: disable=prefer-env-translation
_ = sentences("oms_routing")


@dataclass(frozen=True, slots=True)
class View:
    """Everything that was decided of one order; ``ranked`` has the best first."""

    order: Order
    ranked: tuple[Judged, ...]
    shelves: Mapping[int, Quantities]
    sorters: tuple[Sorter, ...]
    assignments: tuple[Assignment, ...]
    backorders: tuple[Backorder, ...]
    nodes: tuple[int, ...]

    def name(self, node: int) -> str:
        return next(p.node.name for p in self.ranked if p.node.id == node)

    @property
    def names(self) -> Value:
        return join([self.name(node) for node in self.nodes])


# === THE ORDER ===


def outcome(view: View) -> Sentence:
    """Who ships what, and why it is they."""
    if not view.nodes:
        return _unfillable(view)
    if not view.assignments:
        return _waiting(view)
    if view.backorders:
        return _partial(view)
    if len(view.nodes) > 1:
        return _(
            "%(places)s share %(goods)s: no place had everything.",
            places=view.names,
            goods=_goods(view.order),
        )
    return _(
        "%(place)s ships %(goods)s: %(why)s.",
        place=view.names,
        goods=_goods(view.order),
        why=_why_whole(view),
    )


def _goods(order: Order) -> Sentence:
    if len(order.demands) == 1:
        return _("the whole order")
    if len(order.demands) == 2:
        return _("both lines")
    return _("all %(count)s lines", count=len(order.demands))


def _why_whole(view: View) -> Sentence:
    permitted = [place for place in view.ranked if place.may_wait]
    complete = [place for place in permitted if place.may_ship and place.complete]
    if len(permitted) == 1:
        why = _("the only place that may ship it")
    elif len(complete) == 1:
        why = _(
            "the only one of %(count)s places that had everything",
            count=len(permitted),
        )
    else:
        why = _(
            "%(best)s of the %(count)s places that had everything",
            best=_best(view, complete),
            count=len(complete),
        )
    return _with_figure(view, why, complete)


def _waiting(view: View) -> Sentence:
    places = [place for place in view.ranked if place.may_wait]
    if len(places) == 1:
        why = _("the only place that may ship it")
    else:
        why = _(
            "%(best)s of the %(count)s places that may ship it",
            best=_best(view, places),
            count=len(places),
        )
    return _(
        "No place can ship any of it now: the order waits at %(place)s, %(why)s.",
        place=view.names,
        why=_with_figure(view, why, places),
    )


def _partial(view: View) -> Sentence:
    left = {part.line: part.quantity for part in view.backorders}
    lacking = [
        _(
            "%(left)s of %(wanted)s %(product)s",
            left=left[demand.line],
            wanted=demand.quantity,
            product=demand.name,
        )
        for demand in view.order.demands
        if demand.line in left
    ]
    if len(view.nodes) == 1:
        return _(
            "%(place)s ships what there is; the rest waits for goods there: "
            "%(lacking)s.",
            place=view.names,
            lacking=join(lacking),
        )
    return _(
        "%(places)s share what there is; the rest waits for goods at %(place)s: "
        "%(lacking)s.",
        places=view.names,
        place=view.name(view.backorders[0].node),
        lacking=join(lacking),
    )


def _unfillable(view: View) -> Sentence:
    if not view.ranked:
        return _("No place may ship this order: there is no place.")
    refused: dict[Sentence, list[str]] = {}
    for place in view.ranked:
        if place.refusal:
            refused.setdefault(place.refusal.reason, []).append(place.node.name)
    reasons = [
        _("%(places)s (%(reason)s)", places=join(names), reason=reason)
        for reason, names in refused.items()
    ]
    return _("No place may ship this order: %(reasons)s.", reasons=join(reasons))


# === A PLACE ===


def rejection(view: View, place: Judged) -> Sentence:
    """Why a place does not ship, with the figures."""
    if place.refusal:
        return place.refusal.reason
    if place.complete:
        return _outranked(view, place)
    reason = shortage(view.order, view.shelves[place.node.id])
    if len(view.nodes) > 1:
        return _(
            "%(shortage)s; %(places)s come first",
            shortage=reason,
            places=view.names,
        )
    return reason


def _outranked(view: View, place: Judged) -> Sentence:
    winner = next(p for p in view.ranked if p.node.id == view.nodes[0])
    decisive = _decisive(winner, place)
    if decisive is None:
        reason = _(
            "has everything, but %(winner)s stands before it in the list of places",
            winner=winner.node.name,
        )
        unknown = [score.text for score in place.scores if score.value == inf]
        if not unknown:
            return reason
        return _("%(reason)s; %(figure)s", reason=reason, figure=unknown[0])
    return _(
        "has everything, but %(winner)s is %(best)s: %(theirs)s, here %(mine)s",
        winner=winner.node.name,
        best=view.sorters[decisive].best,
        theirs=winner.scores[decisive].figure,
        mine=place.scores[decisive].figure,
    )


# === RANKS ===


def _decisive(winner: Judged, loser: Judged) -> int | None:
    """Which sorter told two places apart."""
    pairs = zip(winner.scores, loser.scores, strict=True)
    for index, (ours, theirs) in enumerate(pairs):
        if ours.value != theirs.value:
            return index
    return None


def _best(view: View, places: Sequence[Judged]) -> Sentence:
    decisive = _decisive(places[0], places[1])
    if decisive is None:
        return _("first in the list")
    return view.sorters[decisive].best


def _with_figure(view: View, why: Sentence, places: Sequence[Judged]) -> Sentence:
    """The figure of the sorter that decided; of the first one if none did."""
    if not view.sorters:
        return why
    decisive = _decisive(places[0], places[1]) if len(places) > 1 else None
    return _(
        "%(why)s, %(figure)s", why=why, figure=places[0].scores[decisive or 0].text
    )
