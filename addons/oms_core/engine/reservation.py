# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which goods on the shelf serve which demand.

The shelf is a list of rows in the order of the removal strategy. Several rows may
lie in one place (the ERP splits a row when two people reach for it at once); what
is reserved in a place is booked on its first row, whatever row it was counted on,
and a row that is booked beyond its quantity takes from its neighbours. A row may be
booked below zero, where a release found its row in use; it is booked upon only when
that brings it back to zero.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

# Compares two quantities as the unit of measure rounds them: -1, 0 or 1.
Compare = Callable[[float, float], int]


@dataclass(frozen=True, slots=True)
class Row:
    """Goods in one place; ``reserved`` may exceed ``quantity``."""

    id: int
    place: int
    quantity: float
    reserved: float


@dataclass(frozen=True, slots=True)
class Demand:
    """``quantity`` is in the product's unit.

    ``fit`` rounds what can be given down to what the demand's own unit can carry.
    """

    key: int
    quantity: float
    fit: Callable[[float], float] | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a demand, taken in one place and booked on one row."""

    row: int
    place: int
    quantity: float


class Shelf:
    """All rows of one product that one location may give, in their order."""

    def __init__(self, rows: Sequence[Row], compare: Compare) -> None:
        self._rows = rows
        self._compare = compare
        self._reserved = {row.id: row.reserved for row in rows}
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        for row in rows:
            self._places[row.place].append(row.id)

    @property
    def changes(self) -> dict[int, float]:
        """Row -> what is reserved on it now, for the rows that have changed."""
        return {
            row.id: self._reserved[row.id]
            for row in self._rows
            if self._reserved[row.id] != row.reserved
        }

    def serve(self, demands: Iterable[Demand]) -> dict[int, list[Share]]:
        """Give each demand, in turn, what is left; demand key -> its shares."""
        return {demand.key: self._serve(demand) for demand in demands}

    def _serve(self, demand: Demand) -> list[Share]:
        wanted = min(demand.quantity, self._available())
        if demand.fit:
            wanted = demand.fit(wanted)
        if self._compare(wanted, 0.0) <= 0:
            return []
        taken = self._take(wanted)
        shares = []
        for place, quantity in taken.items():
            row = self._find_row(place, quantity)
            self._reserved[row] += quantity
            shares.append(Share(row, place, quantity))
        return shares

    def _find_row(self, place: int, quantity: float) -> int:
        """The row to book on: the first that does not stay below zero."""
        rows = self._places[place]
        return next(
            (
                row
                for row in rows
                if self._compare(self._reserved[row] + quantity, 0.0) >= 0
            ),
            rows[0],
        )

    def _available(self) -> float:
        free = sum(row.quantity for row in self._rows) - sum(self._reserved.values())
        return free if self._compare(free, 0.0) >= 0 else 0.0

    def _take(self, wanted: float) -> dict[int, float]:
        """Place -> quantity, walking the rows in order until all is found."""
        debts = self._debts()
        left = self._stock() - sum(self._reserved.values())
        taken: dict[int, float] = {}
        for row in self._rows:
            free = row.quantity - self._reserved[row.id]
            if self._compare(free, 0.0) <= 0:
                continue
            if debt := debts[row.place]:
                paid = min(-debt, free)
                debts[row.place] += paid
                free -= paid
            if self._compare(free, 0.0) <= 0:
                continue
            free = min(free, wanted)
            taken[row.place] = taken.get(row.place, 0.0) + free
            wanted -= free
            left -= free
            if not self._compare(wanted, 0.0) or not self._compare(left, 0.0):
                break
        return taken

    def _stock(self) -> float:
        return sum(
            row.quantity for row in self._rows if self._compare(row.quantity, 0.0) > 0
        )

    def _debts(self) -> defaultdict[int, float]:
        """Place -> how far its rows are booked beyond what they hold (negative)."""
        debts: defaultdict[int, float] = defaultdict(float)
        for row in self._rows:
            free = row.quantity - self._reserved[row.id]
            if self._compare(free, 0.0) < 0:
                debts[row.place] += free
        return debts
