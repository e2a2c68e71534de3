# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much of a line has left already, and how much never will."""

from dataclasses import dataclass
from decimal import Decimal

from ...engine.documents import ZERO
from ...engine.reading import Node
from .people import read_key


@dataclass(frozen=True, slots=True)
class Progress:
    """Units by line: shipped, taken back after that, and cancelled by a refund.

    ``shipped`` is None if the payload lists no parcels: then nothing is known to
    have left.
    """

    shipped: dict[str, Decimal] | None
    returned: dict[str, Decimal]
    cancelled: dict[str, Decimal]
    refunded: dict[str, Decimal]
    is_fulfilled: bool

    @classmethod
    def of_order(cls, order: Node) -> "Progress":
        by_kind: dict[str, dict[str, Decimal]] = {"return": {}, "cancel": {}}
        refunded: dict[str, Decimal] = {}
        for refund in order.items("refunds"):
            for row in refund.items("refund_line_items", "refundLineItems"):
                kind = row.text("restock_type", "restockType").lower()
                key = _get_line_key(row)
                units = row.number("quantity", least=ZERO)
                _add(refunded, key, units)
                _add(by_kind.get(kind, {}), key, units)
        return cls(
            shipped=_read_shipped(order),
            returned=by_kind["return"],
            cancelled=by_kind["cancel"],
            refunded=refunded,
            is_fulfilled=order.text(
                "fulfillment_status", "displayFulfillmentStatus"
            ).lower()
            == "fulfilled",
        )

    def of(self, node: Node, key: str, quantity: Decimal) -> tuple[Decimal, Decimal]:
        """(cancelled, fulfilled) units of a line.

        ``current_quantity`` is less by what was refunded or removed, shipped or
        not; what is still to be shipped tells the two apart. What needs no shipping
        has not left anywhere. An order that is cancelled as a whole says so itself.
        """
        current = node.number_or(
            quantity - self.refunded.get(key, ZERO),
            *("current_quantity", "currentQuantity"),
        )
        cancelled = self.cancelled.get(key, ZERO)
        gone = quantity - current - self.returned.get(key, ZERO)
        ships = node.get("requires_shipping", "requiresShipping").value is not False
        if self.shipped is None or not ships:
            return _between(max(gone, cancelled), quantity), ZERO
        open_units = node.number_or(ZERO, "fulfillable_quantity", "unfulfilledQuantity")
        shipped = self.shipped.get(key, ZERO)
        if node.text("fulfillment_status").lower() == "fulfilled":
            shipped = max(shipped, quantity - cancelled)
        elif self.is_fulfilled and not open_units:
            # Orders made elsewhere are marked as shipped without any parcel.
            shipped = max(shipped, current)
        shipped = _between(shipped, quantity)
        left = quantity - shipped
        return _between(max(min(gone, left - open_units), cancelled), left), shipped


def _between(units: Decimal, most: Decimal) -> Decimal:
    return max(min(units, most), ZERO)


def _read_shipped(order: Node) -> dict[str, Decimal] | None:
    if not order.get("fulfillments"):
        return None
    shipped: dict[str, Decimal] = {}
    for parcel in order.items("fulfillments"):
        if parcel.text("status").lower() != "success":
            continue
        for row in parcel.items("line_items", "fulfillmentLineItems"):
            key = _get_line_key(row) or read_key(row, "id")
            _add(shipped, key, row.number_or(ZERO, "quantity", least=ZERO))
    return shipped


def _get_line_key(row: Node) -> str:
    return read_key(row, "line_item_id") or read_key(
        row.part("line_item", "lineItem"), "id"
    )


def _add(sums: dict[str, Decimal], key: str, units: Decimal) -> None:
    sums[key] = sums.get(key, ZERO) + units
