# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tells the shop what has left."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...engine.documents import Shipment
from ...engine.errors import ChannelError, Misconfigured, Rejected, Retry
from . import documents
from .client import Client
from .parcels import make_plan, read_number

# A shop that failed this often in a row will fail for the next parcel, too.
PATIENCE = 3


def tell_shipments(
    client: Client,
    shipments: Sequence[Shipment],
    told: Mapping[str, Sequence[Shipment]],
) -> dict[str, ChannelError | None]:
    """{shipment key: error or None}; one by one, for the shop knows no other way.

    :param told: order's external id -> shipments that the shop has taken before
    """
    errors: dict[str, ChannelError | None] = {}
    known = {order: [*others] for order, others in told.items()}
    failed = 0
    for shipment in shipments:
        others = known.setdefault(shipment.order_external_id, [])
        error = _try_to_tell(client, shipment, others)
        errors[shipment.key] = error
        if error is None:
            others.append(shipment)
        failed = failed + 1 if isinstance(error, Retry) else 0
        if failed >= PATIENCE or isinstance(error, Misconfigured):
            return {rest.key: error for rest in shipments} | errors
    return errors


def _try_to_tell(
    client: Client, shipment: Shipment, told: Iterable[Shipment]
) -> ChannelError | None:
    try:
        tell(client, shipment, told)
    except ChannelError as error:
        return error
    return None


def tell(client: Client, shipment: Shipment, told: Iterable[Shipment] = ()) -> None:
    """Make fulfilments of what the shop does not know yet of this shipment.

    :raise Rejected: if the shop will not have all of it; what it will have, it gets
    """
    order, plan = _read_and_plan(client, shipment, told)
    try:
        _carry_out(client, plan.inputs)
    except Rejected:
        # Between reading and telling, somebody split or moved it: once more.
        order, plan = _read_and_plan(client, shipment, told)
        _carry_out(client, plan.inputs)
    if plan.missing:
        state = " (cancelled)" if order["cancelledAt"] else ""
        raise Rejected(
            f"The shop takes not all of this parcel of order {order['name']}{state}: "
            f"{'; '.join(plan.missing)}. If that is right, skip this message.",
            field="lines",
        )


def _read_and_plan(client: Client, shipment: Shipment, told: Iterable[Shipment]):
    order = read_fulfilments(client, shipment)
    sources = [
        *client.list_all(
            documents.FULFILMENT_ORDERS, "order.fulfillmentOrders", id=order["id"]
        )
    ]
    for source in sources:
        client.complete(
            source["lineItems"],
            documents.FULFILMENT_ORDER_LINES,
            "fulfillmentOrder.lineItems",
            id=source["id"],
        )
    return order, make_plan(shipment, sources, order["fulfillments"], told)


def read_fulfilments(client: Client, shipment: Shipment) -> dict[str, Any]:
    """The order of a shipment, with all that has left.

    :raise Rejected: if the shop has no such order
    """
    key = f"gid://shopify/Order/{read_number(shipment.order_external_id)}"
    order: dict[str, Any] | None = client.ask(documents.FULFILMENTS, id=key).get(
        "order"
    )
    if not order:
        raise Rejected(
            f"The shop has no order {shipment.order_external_id}, or the token may "
            "not read orders of that age.",
            field="order",
            value=shipment.order_external_id,
        )
    for fulfilment in order["fulfillments"]:
        client.complete(
            fulfilment["fulfillmentLineItems"],
            documents.FULFILMENT_LINES,
            "fulfillment.fulfillmentLineItems",
            id=fulfilment["id"],
        )
    return order


def _carry_out(client: Client, inputs: Iterable[dict[str, Any]]) -> None:
    for fulfilment in inputs:
        client.change(documents.CREATE_FULFILMENT, fulfillment=fulfilment)
