# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The question: who wants what where, and who has it. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .geo import Place
from .quantities import NOTHING, Quantities


@dataclass(frozen=True, slots=True)
class Demand:
    """One line of an order, in the unit that stock is counted in.

    ``parts`` is what one unit takes off the shelf when the product is a kit: a kit
    leaves from one place whole. ``lot`` is the smallest quantity that may leave
    alone (12 when dozens were sold); 0 when any may. Lines of the same ``group``
    (not 0) leave together from one place.
    """

    line: int
    product: int
    name: str
    quantity: Decimal
    parts: Quantities = NOTHING
    lot: Decimal = Decimal(0)
    group: int = 0

    @property
    def per_unit(self) -> Quantities:
        """What one unit takes off the shelf."""
        return self.parts or Quantities({self.product: Decimal(1)})

    @property
    def goods(self) -> Quantities:
        """What the whole line takes off the shelf."""
        return self.per_unit * self.quantity


@dataclass(frozen=True, slots=True)
class Order:
    """What one buyer wants, and where.

    ``policy`` names the steps that decide. ``places``: the only nodes that may ship
    it, because ``channel`` says so; None: every node.
    """

    id: int
    demands: tuple[Demand, ...]
    ship_to: Place = field(default_factory=Place)
    policy: str = ""
    channel: str = ""
    places: tuple[int, ...] | None = None

    @property
    def goods(self) -> Quantities:
        """Everything it takes off the shelf."""
        return sum((demand.goods for demand in self.demands), NOTHING)


@dataclass(frozen=True, slots=True)
class Node:
    """A place that ships. A lower ``sequence`` is preferred; ``kind`` is free."""

    id: int
    name: str
    place: Place = field(default_factory=Place)
    sequence: int = 10
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Orders in the sequence in which they may take, and one stock for all.

    ``stock`` is what each node can still promise (node → quantities); a node that
    is not named has nothing.
    """

    orders: tuple[Order, ...]
    nodes: tuple[Node, ...]
    stock: Mapping[int, Quantities]
