# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The state of an order, from facts alone.

Nobody writes a state: it follows from what the warehouse, the money and the
channel have done so far, read as one :class:`OrderFacts`. The table
:data:`STATES` is read top to bottom and the first line that holds wins, so the
answer does not depend on the order in which things happened.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What is known of one order; quantities in units of goods (services apart).

    ``ordered`` counts the goods the customer bought and has not cancelled.
    ``allocated`` of them are reserved somewhere, ``shipped`` have left and
    ``delivered`` have arrived. ``ordered`` 0 means that nothing is to be shipped.
    """

    confirmed: bool = False
    cancelled: bool = False
    quarantined: bool = False
    held: bool = False
    unfillable: bool = False
    ordered: float = 0.0
    allocated: float = 0.0
    shipped: float = 0.0
    delivered: float = 0.0
    picking: bool = False
    packed: bool = False
    invoiced: bool = False
    paid: bool = False

    @property
    def all_shipped(self) -> bool:
        return self.shipped >= self.ordered

    @property
    def all_delivered(self) -> bool:
        return self.delivered >= self.ordered

    @property
    def open_quantity(self) -> float:
        """Units that still have to leave."""
        return max(self.ordered - self.shipped, 0.0)


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """Money of one order, in its currency: what is due, secured, taken, given back."""

    total: float = 0.0
    authorised: float = 0.0
    captured: float = 0.0
    refunded: float = 0.0


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """How far the returns of one order are: whether any is at each point."""

    requested: bool = False
    in_progress: bool = False
    done: bool = False


STATES: tuple[tuple[str, Callable[[OrderFacts], bool]], ...] = (
    ("quarantined", lambda f: f.quarantined),
    ("cancelled", lambda f: f.cancelled),
    ("captured", lambda f: not f.confirmed and not f.held),
    (
        "closed",
        lambda f: f.all_delivered and f.all_shipped and f.invoiced and f.paid,
    ),
    ("delivered", lambda f: f.ordered > 0 and f.all_delivered),
    ("shipped", lambda f: f.ordered > 0 and f.all_shipped),
    ("on_hold", lambda f: f.held),
    ("partially_shipped", lambda f: f.shipped > 0),
    ("captured", lambda f: f.ordered <= 0),
    ("packed", lambda f: f.packed),
    ("picking", lambda f: f.picking),
    ("allocated", lambda f: f.allocated >= f.open_quantity),
    ("unfillable", lambda f: f.unfillable),
    ("backordered", lambda _: True),
)

PAYMENT_STATES: tuple[tuple[str, Callable[[PaymentFacts], bool]], ...] = (
    ("refunded", lambda f: f.captured > 0 and f.refunded >= f.captured),
    ("partially_refunded", lambda f: f.refunded > 0),
    ("paid", lambda f: f.captured >= f.total),
    ("authorised", lambda f: f.authorised + f.captured >= f.total),
    ("unpaid", lambda _: True),
)

# Of several returns the one furthest from its end is told.
RETURN_STATES: tuple[tuple[str, Callable[[ReturnFacts], bool]], ...] = (
    ("requested", lambda f: f.requested),
    ("in_progress", lambda f: f.in_progress),
    ("done", lambda f: f.done),
    ("none", lambda _: True),
)


def order_state(facts: OrderFacts) -> str:
    """The state of an order, one of :data:`STATES`."""
    return next(state for state, holds in STATES if holds(facts))


def payment_state(facts: PaymentFacts) -> str:
    """The payment state of an order, one of :data:`PAYMENT_STATES`."""
    return next(state for state, holds in PAYMENT_STATES if holds(facts))


def return_state(facts: ReturnFacts) -> str:
    """The return state of an order, one of :data:`RETURN_STATES`."""
    return next(state for state, holds in RETURN_STATES if holds(facts))
