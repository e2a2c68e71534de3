# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tells the shop what has left.

An order has no parcels: their numbers go to the plugin that a shop has for them, else
into a note. What was told is kept in the order's extra data, written together with the
status; and since there are no idempotency keys, everything is looked for before it is
written.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from ...engine.documents import ZERO, Shipment
from ...engine.errors import ChannelError, Misconfigured, Rejected, Retry
from ...engine.money import write_decimal
from ...engine.tracking import TrackingChange
from .client import Client, NoRoute, Refused
from .fetching import add_refunds

# A shop that failed this often in a row will fail for the next parcel, too.
PATIENCE = 3
PARCELS = "_oms_parcels"
OPEN = ("pending", "processing", "on-hold", "completed")
# The plugins that keep parcels, by the address of their API.
PLUGINS = ("wc-shipment-tracking/v3", "wc-ast/v3")
Order = dict[str, Any]


class Teller:
    """Tells parcels, one by one, for the shop knows no other way."""

    def __init__(self, client: Client):
        self._client = client
        self._plugins = list(PLUGINS)

    def tell_all(self, shipments: Sequence[Shipment]) -> dict[str, ChannelError | None]:
        """{shipment key: error or None}."""
        return _do_each(shipments, self.tell)

    def retell_all(
        self, changes: Sequence[TrackingChange]
    ) -> dict[str, ChannelError | None]:
        """{key of the change: error or None}."""
        return _do_each(changes, self.retell)

    def tell(self, shipment: Shipment) -> None:
        """:raise ChannelError: if the shop does not know of it afterwards"""
        path = f"orders/{shipment.order_external_id}"
        order = self._read_order(path, shipment)
        parcels = read_parcels(order)
        if any(parcel.get("key") == shipment.key for parcel in parcels):
            return
        if not self._tell_plugin(path, shipment):
            self._write_note(path, shipment.key, write_note(shipment))
        parcels.append(_make_parcel(shipment))
        changes: dict[str, Any] = {"meta_data": [{"key": PARCELS, "value": parcels}]}
        if order["status"] != "completed" and self._is_complete(order, parcels):
            changes["status"] = "completed"
        self._client.put(path, changes)

    def retell(self, change: TrackingChange) -> None:
        """Add the number of now to a parcel that was told before.

        :raise ChannelError: if the shop does not know of it afterwards
        """
        path = f"orders/{change.shipment.order_external_id}"
        parcels = read_parcels(self._client.get(path))
        rows = [row for row in parcels if row.get("key") == change.shipment.key]
        if not rows:
            raise Rejected(
                f"The shop was not told of this parcel of order "
                f"{change.shipment.order_external_id}: enter the number "
                f"{change.number} there, then skip this message.",
                field="tracking",
                value=change.number,
            )
        if rows[0].get("tracking") == change.number:
            return
        if not self._tell_plugin(path, change.shipment):
            self._write_note(path, change.key, write_change(change))
        rows[0]["tracking"] = change.number
        self._client.put(path, {"meta_data": [{"key": PARCELS, "value": parcels}]})

    # === STEPS ===

    def _read_order(self, path: str, shipment: Shipment) -> Order:
        order: Order = self._client.get(path)
        status = str(order.get("status"))
        if status not in OPEN:
            raise Rejected(
                f"Order {shipment.order_external_id} is {status} in the shop, which "
                "takes no parcel of it. If that is right, skip this message.",
                field="status",
                value=status,
            )
        return order

    def _tell_plugin(self, path: str, shipment: Shipment) -> bool:
        """Whether a plugin has the parcel now."""
        if not shipment.tracking.strip():
            return False
        for plugin in [*self._plugins]:
            address = f"/{plugin}/{path}/shipment-trackings"
            try:
                rows = self._client.list_page(address)
            except NoRoute:
                self._plugins.remove(plugin)
                continue
            numbers = {str(row.get("tracking_number")).strip() for row in rows}
            if shipment.tracking.strip() not in numbers:
                self._client.post(address, _make_tracking(shipment))
            return True
        return False

    def _write_note(self, path: str, key: str, sentence: str) -> None:
        mark = f"[{key}]"
        notes = self._client.get(f"{path}/notes")
        if any(mark in str(note.get("note")) for note in notes):
            return
        # The buyer is written to from here: the note is for the shop's people.
        note = {"note": f"{sentence} {mark}", "customer_note": False}
        self._client.post(f"{path}/notes", note)

    def _is_complete(self, order: Order, parcels: Sequence[Order]) -> bool:
        open_lines = count_open(self._client, order, parcels)
        return not any(self._ships(order, line) for line in open_lines)

    def _ships(self, order: Order, line: str) -> bool:
        """Whether a line of the order is goods; what is deleted is taken for goods."""
        row = next(row for row in order["line_items"] if str(row["id"]) == line)
        product, variation = row.get("product_id"), row.get("variation_id")
        if not product:
            return True
        path = f"products/{product}"
        if variation:
            path += f"/variations/{variation}"
        try:
            return self._client.get(path).get("virtual") is not True
        except Refused:
            return True


def _do_each(
    wishes: Sequence[Any], do: Callable[[Any], None]
) -> dict[str, ChannelError | None]:
    errors: dict[str, ChannelError | None] = {}
    failed = 0
    for wish in wishes:
        error = _try_to(do, wish)
        errors[wish.key] = error
        failed = failed + 1 if isinstance(error, Retry) else 0
        if failed >= PATIENCE or isinstance(error, Misconfigured):
            return {rest.key: error for rest in wishes} | errors
    return errors


def _try_to(do: Callable[[Any], None], wish: Any) -> ChannelError | None:
    try:
        do(wish)
    except ChannelError as error:
        return error
    return None


# === READING ===


def read_parcels(order: Order) -> list[Order]:
    """What we have told before."""
    for row in order.get("meta_data") or ():
        if row.get("key") == PARCELS and isinstance(row.get("value"), list):
            return [parcel for parcel in row["value"] if isinstance(parcel, dict)]
    return []


def count_open(
    client: Client, order: Order, parcels: Sequence[Order]
) -> dict[str, Decimal]:
    """Units by line that neither left nor were given back."""
    add_refunds(client, [order])
    rest = {str(row["id"]): Decimal(row["quantity"]) for row in order["line_items"]}
    for parcel in parcels:
        for line, units in parcel.get("lines") or ():
            rest[str(line)] = rest.get(str(line), ZERO) - Decimal(str(units))
    for refund in order["oms_refunds"]:
        for row in refund.get("line_items") or ():
            for meta in row.get("meta_data") or ():
                if meta.get("key") == "_refunded_item_id":
                    key = str(meta.get("value"))
                    rest[key] = rest.get(key, ZERO) - abs(Decimal(row["quantity"]))
    return {line: units for line, units in rest.items() if units > 0}


# === WRITING ===


def _make_parcel(shipment: Shipment) -> Order:
    return {
        "key": shipment.key,
        "tracking": shipment.tracking.strip(),
        "lines": [[line, write_decimal(units)] for line, units in shipment.lines],
    }


def _make_tracking(shipment: Shipment) -> Order:
    given = {
        "custom_tracking_provider": shipment.carrier.strip() or "Other",
        "tracking_number": shipment.tracking.strip(),
    }
    url = shipment.tracking_url.strip()
    if url.startswith(("https://", "http://")):
        given["custom_tracking_link"] = url
    return given


def write_note(shipment: Shipment) -> str:
    """A sentence for the shop's people; the key that follows it is for us."""
    units = sum((quantity for _line, quantity in shipment.lines), ZERO)
    how = _write_way(shipment)
    by = f" by {how}" if how else ""
    return f"{write_decimal(units)} units shipped{by}"


def write_change(change: TrackingChange) -> str:
    return f"Tracking number of {change.shipment.key}: {_write_way(change.shipment)}"


def _write_way(shipment: Shipment) -> str:
    parts = (shipment.carrier, shipment.tracking, shipment.tracking_url)
    return " ".join(part.strip() for part in parts if part.strip())
