# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decides what to tell the shop of a parcel; pure.

What can be sent is split by the shop into fulfilment orders, one or more for each
location, and a fulfilment takes from those of one location only. There is no
idempotency key for it: what was told before is recognised by its tracking number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...engine.documents import Shipment
from ...engine.errors import Rejected

OPEN = ("OPEN", "IN_PROGRESS")
WAITING = {
    "ON_HOLD": "on hold in the shop: release the hold there",
    "SCHEDULED": "scheduled for later in the shop: open it there",
}
Units = dict[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """``inputs``: of ``fulfillmentCreate``, one per location; ``missing``: why not all.

    Nothing in either: the shop knows it all already.
    """

    inputs: tuple[dict[str, Any], ...]
    missing: tuple[str, ...] = ()


def make_plan(
    shipment: Shipment,
    sources: Sequence[Mapping[str, Any]],
    fulfilments: Sequence[Mapping[str, Any]],
    told: Iterable[Shipment] = (),
) -> Plan:
    """What is still to be told of a shipment.

    :param sources: the fulfilment orders of the order, as just read
    :param fulfilments: what the shop knows to be sent, as just read
    :param told: other shipments of the order that the shop is known to have taken
    :raise Rejected: if a quantity is not whole
    """
    wanted = read_wanted(shipment)
    known = _count_known(shipment, wanted, fulfilments, told)
    wanted = {
        line: units - known.get(line, 0)
        for line, units in wanted.items()
        if units > known.get(line, 0)
    }
    places: dict[str, dict[str, list[dict[str, Any]]]] = {}
    missing = []
    for line, units in wanted.items():
        rest = units
        for source, row in _list_open(sources, line):
            taken = min(rest, row["remainingQuantity"])
            if taken > 0:
                rest -= taken
                parts = places.setdefault(_get_place(source), {})
                part = {"id": row["id"], "quantity": taken}
                parts.setdefault(source["id"], []).append(part)
        if rest:
            missing.append(f"{rest} of {units} of line {line} {_ask(sources, line)}")
    inputs = tuple(_make_input(shipment, parts) for parts in places.values())
    return Plan(inputs, tuple(missing))


def read_number(key: str) -> str:
    """``gid://shopify/LineItem/123?x=1`` is 123, and so is 123.

    >>> read_number("gid://shopify/LineItem/123"), read_number("123")
    ('123', '123')
    """
    return str(key).rpartition("/")[2].partition("?")[0]


# === WHAT IS KNOWN ===


def read_wanted(shipment: Shipment) -> Units:
    wanted: Units = {}
    for line, quantity in shipment.lines:
        if quantity != quantity.to_integral_value():
            raise Rejected(
                f"{quantity} of line {line} cannot be told: the shop counts whole "
                "units. Tell it there by hand, then skip this message.",
                field="lines",
                value=str(quantity),
            )
        if quantity > Decimal(0):
            number = read_number(line)
            wanted[number] = wanted.get(number, 0) + int(quantity)
    return wanted


def read_numbers(fulfilment: Mapping[str, Any]) -> set[str]:
    """The tracking numbers of a fulfilment; empty if it has none."""
    return {
        (info.get("number") or "").strip() for info in fulfilment["trackingInfo"]
    } - {""}


def _count_known(
    shipment: Shipment,
    wanted: Units,
    fulfilments: Sequence[Mapping[str, Any]],
    told: Iterable[Shipment],
) -> Units:
    """Units that the shop has been told of by this very shipment.

    That is what it has under this tracking number, less what other shipments told it
    under the same. Without a number only the same goods are taken for the same.
    """
    tracking = shipment.tracking.strip()
    known: Units = {}
    for fulfilment in fulfilments:
        if fulfilment["status"] != "SUCCESS":
            continue
        numbers = read_numbers(fulfilment)
        sent = count_sent(fulfilment)
        if tracking in numbers or (not tracking and not numbers and sent == wanted):
            _add(known, sent, 1)
    for other in told:
        if other.key == shipment.key or other.tracking.strip() != tracking:
            continue
        sent = read_wanted(other)
        if tracking or sent == wanted:
            _add(known, sent, -1)
    return known


def count_sent(fulfilment: Mapping[str, Any]) -> Units:
    sent: Units = {}
    for row in fulfilment["fulfillmentLineItems"]["nodes"]:
        _add(sent, {read_number(row["lineItem"]["id"]): row["quantity"] or 0}, 1)
    return sent


def _add(sums: Units, units: Units, sign: int) -> None:
    for line, count in units.items():
        sums[line] = sums.get(line, 0) + sign * count


# === WHAT IS OPEN ===


def _list_rows(
    sources: Sequence[Mapping[str, Any]], line: str, states: Iterable[str]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    return [
        (source, row)
        for source in sources
        if source["status"] in states
        for row in source["lineItems"]["nodes"]
        if read_number(row["lineItem"]["id"]) == line and row["remainingQuantity"] > 0
    ]


def _list_open(sources: Sequence[Mapping[str, Any]], line: str):
    return _list_rows(sources, line, OPEN)


def _ask(sources: Sequence[Mapping[str, Any]], line: str) -> str:
    """What a person has to do about units that cannot be told."""
    waiting = _list_rows(sources, line, WAITING)
    if waiting:
        return f"is {WAITING[waiting[0][0]['status']]}, then retry"
    return "is not open any more: it was fulfilled, removed or cancelled there"


def _get_place(source: Mapping[str, Any]) -> str:
    place = source.get("assignedLocation") or {}
    return (place.get("location") or {}).get("id") or place.get("name") or ""


# === WHAT IS TOLD ===


def _make_input(
    shipment: Shipment, parts: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    given = make_tracking(shipment)
    return {
        "lineItemsByFulfillmentOrder": [
            {"fulfillmentOrderId": source, "fulfillmentOrderLineItems": rows}
            for source, rows in parts.items()
        ],
        # The buyer is written to from here, at each stage.
        "notifyCustomer": False,
    } | ({"trackingInfo": given} if given else {})


def make_tracking(shipment: Shipment) -> dict[str, str]:
    tracking = {
        "company": shipment.carrier.strip(),
        "number": shipment.tracking.strip(),
        "url": _check_url(shipment.tracking_url),
    }
    return {name: value for name, value in tracking.items() if value}


def _check_url(url: str) -> str:
    """A link that the shop takes; a carrier's table of several links is none."""
    url = (url or "").strip()
    return url if url.startswith(("https://", "http://")) else ""
