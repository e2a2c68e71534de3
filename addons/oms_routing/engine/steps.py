# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a routing rule may be: a filter that refuses places, or a sorter of them.

A step is a frozen dataclass with one method; its fields are its parameters.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from .problem import Node, Order
from .quantities import Quantities
from .sentences import Sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a place may not ship. ``for_now``: it may when goods have arrived there."""

    reason: Sentence
    for_now: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What a sorter says of a place: lower is better; the text gives the figure.

    ``short`` is the figure alone, for a comparison of two places.
    """

    value: float
    text: Sentence
    short: Sentence | None = None

    @property
    def figure(self) -> Sentence:
        return self.short or self.text


class Filter(ABC):
    """Says which places may ship an order."""

    __slots__ = ()

    @abstractmethod
    def refuse(self, order: Order, node: Node, stock: Quantities) -> Refusal | None:
        """The reason against this place, or None.

        :param stock: what the place can still promise
        """


class Sorter(ABC):
    """Says which of two places is better.

    Sorters count in their sequence: the next one decides only where the ones before
    see no difference.
    """

    __slots__ = ()

    @abstractmethod
    def score(self, order: Order, node: Node, stock: Quantities) -> Score:
        """How this place does."""

    @property
    @abstractmethod
    def best(self) -> Sentence:
        """What the winner is called, as "nearest"."""


Step = Filter | Sorter
