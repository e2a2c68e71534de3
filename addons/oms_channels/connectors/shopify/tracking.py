# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tells the shop the number of a parcel that it knows under another, or under none.

A fulfilment does not say of which parcel it was made: it is known by the numbers that
were told, and by its goods. What other parcels have told is not taken for this one's.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...engine.documents import Shipment
from ...engine.errors import Rejected
from ...engine.tracking import TrackingChange
from . import documents
from .client import Client
from .parcels import count_sent, make_tracking, read_numbers, read_wanted
from .telling import read_fulfilments

Fulfilment = Mapping[str, Any]


def retell(client: Client, change: TrackingChange, told: Iterable[Shipment]) -> None:
    """Give the fulfilments of a parcel its number of now.

    :param told: shipments of the order that the shop has taken
    :raise Rejected: if the shop has no fulfilment of this parcel
    """
    order = read_fulfilments(client, change.shipment)
    found = find_fulfilments(change, order["fulfillments"], told)
    if not found:
        raise Rejected(
            f"The shop has no fulfilment of this parcel of order {order['name']}: "
            f"enter the number {change.number} there, then skip this message.",
            field="tracking",
            value=change.number,
        )
    wish = make_tracking(change.shipment)
    for fulfilment in found:
        if not _has(fulfilment, wish):
            client.change(documents.UPDATE_TRACKING, id=fulfilment["id"], tracking=wish)


def find_fulfilments(
    change: TrackingChange,
    fulfilments: Iterable[Fulfilment],
    told: Iterable[Shipment],
) -> list[Fulfilment]:
    """What the shop has made of a parcel, one for each place that it left from."""
    rest = [row for row in fulfilments if row["status"] == "SUCCESS"]
    for other in told:
        if other.key != change.shipment.key:
            theirs = _take(other, frozenset({other.tracking.strip()}), rest)
            rest = [row for row in rest if row not in theirs]
    return _take(change.shipment, change.known, rest)


def _take(
    shipment: Shipment, numbers: frozenset[str], fulfilments: Sequence[Fulfilment]
) -> list[Fulfilment]:
    """Fulfilments under one of the numbers that hold goods of the shipment only."""
    open_units = read_wanted(shipment)
    taken = []
    for fulfilment in fulfilments:
        sent = count_sent(fulfilment)
        is_its = not numbers.isdisjoint(read_numbers(fulfilment) or {""})
        fits = all(units <= open_units.get(line, 0) for line, units in sent.items())
        if is_its and sent and fits:
            taken.append(fulfilment)
            for line, units in sent.items():
                open_units[line] = open_units.get(line, 0) - units
    return taken


def _has(fulfilment: Fulfilment, wish: Mapping[str, str]) -> bool:
    """Whether number and carrier are the wished ones already."""
    infos = fulfilment["trackingInfo"]
    return read_numbers(fulfilment) == {wish["number"]} and all(
        (info.get("company") or "") == wish.get("company", "") for info in infos
    )
