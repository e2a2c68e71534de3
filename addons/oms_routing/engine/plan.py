# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The answer, explained. Frozen."""

from dataclasses import dataclass
from decimal import Decimal

from .sentences import Sentence


@dataclass(frozen=True, slots=True)
class Assignment:
    """This place ships so much of this line, from what it has."""

    line: int
    node: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Backorder:
    """So much of this line is nowhere; it waits at this place."""

    line: int
    node: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a place does not ship."""

    node: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was known of one place when it was judged.

    ``has`` is how much it could give of each line, ``scores`` what the sorters said
    of it, in their order; none if a filter refused it for good.
    """

    node: int
    has: tuple[tuple[int, Decimal], ...]
    distance_km: float | None = None
    scores: tuple[Sentence, ...] = ()
    chosen: bool = False
    complete: bool = False
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How one order is shipped.

    ``nodes`` ship or wait, the best first; none means that no place may.
    ``candidates`` are all places, in the order in which they were preferred.
    ``digest`` names the inputs: two plans with the same digest are the same plan.
    """

    order: int
    nodes: tuple[int, ...]
    assignments: tuple[Assignment, ...]
    backorders: tuple[Backorder, ...]
    candidates: tuple[Candidate, ...]
    sentence: Sentence
    digest: str

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """A reason for every place that was not chosen."""
        return tuple(
            Rejection(candidate.node, candidate.reason)
            for candidate in self.candidates
            if not candidate.chosen and candidate.reason is not None
        )

    @property
    def outcome(self) -> str:
        """One of ``whole``, ``split``, ``partial``, ``waiting``, ``unfillable``."""
        if not self.nodes:
            return "unfillable"
        if not self.assignments:
            return "waiting"
        if self.backorders:
            return "partial"
        return "split" if len(self.nodes) > 1 else "whole"

    def shares(self, line: int) -> dict[int, Decimal]:
        """Node → quantity of a line, what waits there included; best node first."""
        shares: dict[int, Decimal] = {}
        parts: tuple[Assignment | Backorder, ...] = self.assignments + self.backorders
        for part in parts:
            if part.line == line:
                shares[part.node] = shares.get(part.node, Decimal(0)) + part.quantity
        return {node: shares[node] for node in self.nodes if node in shares}
