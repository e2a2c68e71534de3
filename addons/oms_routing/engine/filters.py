# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which places may ship."""

from dataclasses import dataclass
from decimal import Decimal

from .problem import Demand, Node, Order
from .quantities import ZERO, Quantities
from .sentences import Sentence, Value, join, sentences
from .steps import Filter, Refusal

# An engine has no env: whoever shows a sentence translates it.
# pylint: disable=prefer-env-translation
_ = sentences("oms_routing")


@dataclass(frozen=True, slots=True)
class OfChannel(Filter):
    """Only the places that the channel ships from."""

    def refuse(self, order: Order, node: Node, stock: Quantities) -> Refusal | None:
        if order.places is None or node.id in order.places:
            return None
        return Refusal(_("not a place of channel %(channel)s", channel=order.channel))


@dataclass(frozen=True, slots=True)
class InStock(Filter):
    """Only places with goods on the shelf: something of the order, or all of it.

    A place that is refused may still take a backorder.
    """

    complete: bool = False

    def refuse(self, order: Order, node: Node, stock: Quantities) -> Refusal | None:
        if order.goods.within(stock):
            return None
        if self.complete or not any(
            free_units(demand, stock) for demand in order.demands
        ):
            return Refusal(shortage(order, stock), for_now=True)
        return None


def free_units(demand: Demand, stock: Quantities) -> Decimal:
    """How much of a line a stock can give, in whole lots, kits whole.

    >>> mug = Demand(1, 7, "Mug", Decimal(30), lot=Decimal(12))
    >>> free_units(mug, Quantities({7: Decimal(29)}))
    Decimal('24')
    >>> kit = Demand(1, 8, "Kit", Decimal(9), parts=Quantities({7: Decimal(2)}))
    >>> free_units(kit, Quantities({7: Decimal(5)}))
    Decimal('2')
    """
    lot = demand.lot
    if demand.parts:
        lot = max(lot, Decimal(1))
        free = min(stock[part] // each for part, each in demand.parts.items())
    else:
        free = stock[demand.product]
    free = min(free, demand.quantity)
    if free >= demand.quantity and demand.goods.within(stock):
        return demand.quantity
    if lot:
        free = free // lot * lot
    return max(free, ZERO)


def shortage(order: Order, stock: Quantities) -> Sentence:
    """What a place lacks for an order, line by line.

    >>> order = Order(1, (Demand(1, 7, "Mug", Decimal(2)),))
    >>> str(shortage(order, Quantities({7: Decimal(1)})))
    'has 1 of 2 Mug'
    """
    lacking: list[Value] = []
    left = stock
    for demand in order.demands:
        free = free_units(demand, left)
        left = left - demand.per_unit * free
        if free < demand.quantity:
            lacking.append(
                _(
                    "%(free)s of %(wanted)s %(product)s",
                    free=free,
                    wanted=demand.quantity,
                    product=demand.name,
                )
            )
    return _("has %(lacking)s", lacking=join(lacking))
