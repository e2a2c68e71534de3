# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What EDIFACT, X12 and UBL orders have in common."""

from collections.abc import Iterable

from ...engine.days import read_day
from ...engine.errors import Rejected
from .building import CENT
from .values import read_decimal

UNCHANGED = ("original", "copy")
WHOLE = ("cancelled", "replace")


def order_key(buyer: str, number: str) -> str:
    """The number is the buyer's: two buyers may have the same.

    >>> order_key("5412345000013", "4711"), order_key("", "4711")
    ('5412345000013/4711', '4711')
    """
    return f"{buyer}/{number}" if buyer and number else number


def check_kind(wanted: str, kinds: Iterable[str], field: str) -> None:
    """:raise Rejected: names what is there instead of orders"""
    found = sorted(set(kinds))
    if wanted not in found:
        raise Rejected(
            f"The file holds no {wanted}, but {', '.join(found)}: only {wanted} is "
            "an order.",
            field=field,
            value=", ".join(found),
        )


def request_day(head: dict[str, object], notes: list[str], text: str) -> None:
    """The day that the buyer wants it; weeks and the like are for a person to read."""
    if day := read_day(text):
        head.setdefault("requested_on", day.isoformat())
    elif text:
        notes.append(f"Requested delivery: {text}")


def complete_item(line: dict[str, object]) -> None:
    """Without our number the buyer's is the SKU; without a text, the barcode is."""
    if not line.get("line.sku") and not line.get("line.barcode"):
        line["line.sku"] = line.get("line.buyer_sku", "")
    if not line.get("line.name") and not line.get("line.sku"):
        line["line.name"] = line.get("line.barcode", "")


def prefer_amount(line: dict[str, object], amount: object) -> None:
    """A price of so many units may not divide: the line costs what it says, then."""
    said, price = read_decimal(amount), read_decimal(line.get("line.unit_price"))
    quantity = read_decimal(line.get("line.quantity"))
    if said is None or price is None or quantity is None:
        return
    if 0 < abs(price * quantity - said) < CENT:
        del line["line.unit_price"]
        line["line.amount"] = f"{said:f}"


def charge_line(position: int, kind: str, name: str, amount: str) -> dict[str, object]:
    """A charge, or with a negative amount an allowance, as a line of its own."""
    return {
        "line.external_id": f"charge-{position}",
        "line.kind": kind,
        "line.name": name,
        "line.quantity": "1",
        "line.unit_price": amount,
    }


def apply_function(
    payload: dict[str, object], function: str, sent_at: str, partly: str
) -> None:
    """What the message does with the order: make it, replace it whole, cancel it.

    :param sent_at: when, for the version
    :param partly: why another function is refused
    """
    if function in UNCHANGED:
        return
    if function not in WHOLE:
        payload["unreadable"] = partly
        return
    changed = sent_at or payload.get("placed_at")
    payload["updated_at"] = changed
    if function == "cancelled":
        payload["cancelled_at"] = changed
