# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which place is better."""

from dataclasses import dataclass
from math import inf

from .geo import Place, distance_km
from .problem import Node, Order
from .quantities import Quantities
from .sentences import Sentence, sentences
from .steps import Score, Sorter

# An engine has no env: whoever shows a sentence translates it.
# pylint: disable=prefer-env-translation
_ = sentences("oms_routing")


@dataclass(frozen=True, slots=True)
class Nearest(Sorter):
    """The shorter way as the crow flies; a place of unknown position comes last.

    Distances in the same band of so many kilometres count as equal, so that the
    next sorter decides between them; 0: every tenth of a kilometre counts.
    """

    band_km: float = 0.0

    def score(self, order: Order, node: Node, stock: Quantities) -> Score:
        distance = distance_km(order.ship_to.position, node.place.position)
        if distance is None:
            return Score(inf, _why_unknown(order.ship_to))
        value = distance // self.band_km if self.band_km > 0 else distance
        area = _rough_area(order.ship_to, node.place)
        return Score(value, distance_text(distance, area), _figure(distance, area))

    @property
    def best(self) -> Sentence:
        return _("nearest")


@dataclass(frozen=True, slots=True)
class Priority(Sorter):
    """The place that stands higher in the list of places."""

    def score(self, order: Order, node: Node, stock: Quantities) -> Score:
        return Score(node.sequence, _("priority %(sequence)s", sequence=node.sequence))

    @property
    def best(self) -> Sentence:
        return _("first by priority")


def distance_text(distance: float, area: str = "") -> Sentence:
    """The figure, and the area that it was measured from if an address is not exact.

    >>> str(distance_text(61.7))
    '62 km'
    >>> str(distance_text(61.7, "Nevada"))
    'about 62 km, measured from the middle of Nevada'
    """
    figure = _figure(distance, area)
    if not area:
        return figure
    return _(
        "%(figure)s, measured from the middle of %(area)s", figure=figure, area=area
    )


def _figure(distance: float, area: str) -> Sentence:
    if area:
        return _("about %(distance)s km", distance=f"{distance:.0f}")
    return _("%(distance)s km", distance=f"{distance:.0f}")


def _rough_area(*places: Place) -> str:
    areas = (place.position.area for place in places if place.position)
    return next(filter(None, areas), "")


def _why_unknown(ship_to: Place) -> Sentence:
    if ship_to.position is None:
        return _("distance unknown: nobody knows where the address is")
    return _("distance unknown: its own address has no position")
