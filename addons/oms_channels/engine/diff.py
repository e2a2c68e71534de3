# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a newer version of an order changes, and what of it may simply be done.

Two documents are compared: the version that was applied last and the newer one. A
change of the shop is done unless the warehouse or the books have gone further, or
somebody changed the same thing here: then a person is asked. What the shop did not
change stays as it is here, whoever changed it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from .documents import ZERO, Address, ChannelOrder, Line
from .settling import settle

# kind of change -> what is done or asked about as a whole
GROUPS = {
    "line_added": "content",
    "line_removed": "content",
    "quantity": "content",
    "price": "content",
    "amount": "content",
    "currency": "content",
    "ship_to": "ship_to",
    "bill_to": "bill_to",
    "carrier": "carrier",
    "note": "note",
    "requested": "requested",
    "pickup": "pickup",
    "payment": "payment",
    "refund": "refund",
    "cancelled": "cancelled",
    "reopened": "reopened",
    "fulfilled": "fulfilled",
}
# What a document says of each group, where that can wait for a person.
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "content": ("lines", "refunds", "total", "currency", "taxes_included"),
    "ship_to": ("ship_to",),
    "bill_to": ("bill_to",),
    "carrier": ("shipping_method",),
    "pickup": ("is_pickup", "pickup_location"),
    "cancelled": ("cancelled_at", "cancel_reason"),
    "reopened": ("cancelled_at", "cancel_reason"),
}
NOTES = ("note", "gift_note", "purchase_order")
# Shipping, fees and tips are no goods: nobody picks them.
GOODS = ("goods", "gift_card")


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line as it is here; quantities in the line's unit.

    ``shipped`` is all that has left, ``returned`` what of it has come back;
    ``reserved``: allocated and not shipped; ``invoiced``: units on invoices that are
    not cancelled, less those credited.
    """

    quantity: Decimal
    shipped: Decimal = ZERO
    returned: Decimal = ZERO
    reserved: Decimal = ZERO
    invoiced: Decimal = ZERO
    is_moved: bool = True

    @property
    def away(self) -> Decimal:
        """Units that have left and not come back."""
        return self.shipped - self.returned

    @property
    def is_invoiced(self) -> bool:
        return self.invoiced > 0 and self.invoiced >= self.quantity


@dataclass(frozen=True, slots=True)
class Facts:
    """What has been done with an order here.

    ``started`` names the transfer that is being picked or has its label; ``shipped``
    one that has left, if not all of it is back; ``chain`` an internal one that must
    come before the parcel; ``invoice`` a posted invoice, ``draft`` one that is not;
    ``held`` a hold that forbids to ship, ``kept`` one that forbids to cancel,
    ``frozen`` one that forbids to edit. All are empty if there is none.
    """

    lines: Mapping[str, LineFacts] = field(default_factory=dict)
    is_cancelled: bool = False
    is_open: bool = True
    started: str = ""
    shipped: str = ""
    invoice: str = ""
    draft: str = ""
    held: str = ""
    kept: str = ""
    frozen: str = ""
    chain: str = ""
    digits: int = 2
    force: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different; ``asks`` says why a person must decide.

    ``asks`` is empty where nobody need be asked, else a code; ``about`` is what it
    speaks of, as the number of a transfer.
    """

    kind: str
    key: str = ""
    name: str = ""
    old: Decimal | str = ""
    new: Decimal | str = ""
    asks: str = ""
    about: str = ""

    @property
    def group(self) -> str:
        return GROUPS[self.kind]


def is_stale(version: str, applied: str) -> bool:
    """Versions are as fine as the platform's clock: of two in one second, either may
    be the newer one, so only an older one is passed over."""
    return version < applied


def compare(
    before: ChannelOrder | None, after: ChannelOrder, facts: Facts
) -> tuple[Change, ...]:
    """Everything that ``after`` changes, each with its verdict.

    Without ``before``, the order is compared as it is here: nobody knows what the
    shop had said, or a person wants the shop's word to count.
    """
    invoiced = {key for key, line in facts.lines.items() if line.is_invoiced}
    old_lines = (
        {line.external_id: line for line in settle(before, facts.digits, invoiced)}
        if before
        else _imagine(after, facts, invoiced)
    )
    changes = [*_compare_state(before, after, facts)]
    if not after.cancelled_at:
        new_lines = settle(after, facts.digits, invoiced)
        changes += _compare_lines(old_lines, new_lines, facts, before is not None)
        changes += _compare_fulfilled(before, after, facts)
        if before:
            changes += _compare_head(before, after, facts)
    known = before or replace(after, refunds=(), payments=())
    changes += _compare_money(known, after)
    return tuple(_ask_together(changes))


def applied(changes: tuple[Change, ...]) -> set[str]:
    """The groups of changes that nobody need be asked about."""
    asked = {change.group for change in changes if change.asks}
    return {change.group for change in changes} - asked


def advance(
    before: ChannelOrder | None, after: ChannelOrder, asked: Collection[str]
) -> ChannelOrder | None:
    """The document that says what has been applied: ``after`` but for what is asked.

    Of lines that are new nothing has been shipped yet: see :func:`get_new_and_gone`.
    None if that is not known.
    """
    if not before:
        return None if asked else after
    done = after
    for name, members in MEMBERS.items():
        if name in asked:
            kept = {member: getattr(before, member) for member in members}
            done = replace(done, **kept)
    known = {line.external_id: line.fulfilled for line in before.lines}
    gone = {line.external_id: line.fulfilled for line in after.lines}
    if "fulfilled" in asked:
        gone = known
    lines = (
        replace(
            line,
            fulfilled=gone.get(line.external_id, line.fulfilled)
            if line.external_id in known
            else ZERO,
        )
        for line in done.lines
    )
    return replace(done, lines=tuple(lines))


def get_new_and_gone(
    before: ChannelOrder | None, after: ChannelOrder, asked: Collection[str]
) -> set[str]:
    """Lines that were added and have left since, as far as they are added here.

    That they have left is a change of its own, once they are here.
    """
    if not before or "content" in asked:
        return set()
    known = {line.external_id for line in before.lines}
    return {
        line.external_id
        for line in after.lines
        if line.fulfilled and line.external_id not in known
    }


def _ask_together(changes: list[Change]) -> Iterator[Change]:
    """Half of what the shop changed would be an order that nobody placed."""
    reasons = {
        change.group: (change.asks, change.about)
        for change in reversed(changes)
        if change.asks
    }
    for change in changes:
        asks, about = reasons.get(change.group, ("", ""))
        yield change if change.asks else replace(change, asks=asks, about=about)


def _imagine(after: ChannelOrder, facts: Facts, invoiced: set[str]) -> dict[str, Line]:
    """The lines as the shop would have said them, had it said what is here."""
    return {
        line.external_id: replace(line, quantity=facts.lines[line.external_id].quantity)
        for line in settle(after, facts.digits, invoiced)
        if line.external_id in facts.lines
    }


# === STATE ===


def _compare_state(
    before: ChannelOrder | None, after: ChannelOrder, facts: Facts
) -> Iterator[Change]:
    was = before.cancelled_at is not None if before else facts.is_cancelled
    if after.cancelled_at and not was and not facts.is_cancelled:
        asks, about = _stop_cancel(facts)
        yield Change(
            "cancelled", new=after.cancel_reason or "-", asks=asks, about=about
        )
    elif not after.cancelled_at and was:
        yield Change("reopened", asks="" if not facts.is_cancelled else "reopened")


def _stop_cancel(facts: Facts) -> tuple[str, str]:
    if facts.shipped:
        return "cancel_shipped", facts.shipped
    if facts.started:
        return "started", facts.started
    return ("cancel_held", facts.kept) if facts.kept else ("", "")


# === LINES ===


def _compare_lines(
    old: Mapping[str, Line],
    new_lines: tuple[Line, ...],
    facts: Facts,
    is_known: bool,
) -> Iterator[Change]:
    new = {line.external_id: line for line in new_lines}
    for key in (*new, *(key for key in old if key not in new)):
        was = old.get(key)
        change = _compare_line(key, was, new.get(key))
        if not change:
            continue
        asks, about = _stop_line(change, was, new.get(key), facts, is_known)
        yield replace(change, asks=asks, about=about)


def _compare_line(key: str, was: Line | None, line: Line | None) -> Change | None:
    if line is None:
        # A line that is listed no more is as gone as one of which none is left.
        if not was or not was.quantity:
            return None
        return Change("line_removed", key, was.name, was.quantity, ZERO)
    if was is None:
        return Change("line_added", key, line.name, ZERO, line.quantity)
    if was.quantity != line.quantity:
        kind = "quantity" if line.quantity else "line_removed"
        return Change(kind, key, line.name, was.quantity, line.quantity)
    if was.unit_price != line.unit_price:
        return Change("price", key, line.name, was.unit_price, line.unit_price)
    if (was.net, was.taxes) != (line.net, line.taxes):
        return Change("amount", key, line.name, was.net, line.net)
    return None


def _stop_line(
    change: Change, was: Line | None, line: Line | None, facts: Facts, is_known: bool
) -> tuple[str, str]:
    here = facts.lines.get(change.key, LineFacts(ZERO))
    target = line.quantity if line else ZERO
    if facts.is_cancelled:
        return "is_cancelled", ""
    if is_known and was and here.quantity not in (was.quantity, target):
        return "changed_here", f"{here.quantity.normalize():f}"
    if facts.frozen:
        return "frozen", facts.frozen
    if facts.draft:
        return "draft_invoice", facts.draft
    if target < here.away:
        return "below_shipped", f"{here.away.normalize():f}"
    kind = (line or was or Line("", "", ZERO, ZERO)).kind
    if facts.started and kind in GOODS and target != here.quantity:
        return "started", facts.started
    if here.is_invoiced and was and line and target == was.quantity:
        more = line.net + line.tax - was.net - was.tax
        return ("dearer_invoiced", facts.invoice) if more > 0 else ("", "")
    return "", ""


# === FULFILLED IN THE SHOP ===


def _compare_fulfilled(
    before: ChannelOrder | None, after: ChannelOrder, facts: Facts
) -> Iterator[Change]:
    """Units that have left elsewhere: more than were shipped from here."""
    old = {line.external_id: line.fulfilled for line in before.lines} if before else {}
    for line in after.lines:
        here = facts.lines.get(line.external_id)
        if not here or not here.is_moved:
            continue
        units = min(
            line.fulfilled - here.shipped,
            line.fulfilled - old.get(line.external_id, ZERO),
        )
        if units <= 0:
            continue
        asks, about = _stop_fulfilment(units, here, facts)
        yield Change(
            "fulfilled",
            line.external_id,
            line.name,
            here.shipped,
            here.shipped + units,
            asks=asks,
            about=about,
        )


def _stop_fulfilment(units: Decimal, here: LineFacts, facts: Facts) -> tuple[str, str]:
    if facts.is_cancelled:
        return "is_cancelled", ""
    if facts.held:
        return "fulfilled_held", facts.held
    if facts.started:
        return "started", facts.started
    if facts.chain:
        return "fulfilled_chain", facts.chain
    if units > here.reserved and not facts.force:
        return "not_in_stock", f"{here.reserved.normalize():f}"
    return "", ""


# === HEAD ===


def _compare_head(
    before: ChannelOrder, after: ChannelOrder, facts: Facts
) -> Iterator[Change]:
    if before.currency != after.currency:
        yield Change(
            "currency", old=before.currency, new=after.currency, asks="currency"
        )
    if before.ship_to != after.ship_to:
        asks, about = _stop_address(facts)
        yield Change(
            "ship_to",
            old=write_address(before.ship_to),
            new=write_address(after.ship_to),
            asks=asks,
            about=about,
        )
    if before.bill_to != after.bill_to:
        yield Change(
            "bill_to",
            old=write_address(before.bill_to),
            new=write_address(after.bill_to),
            asks="address_invoiced" if facts.invoice else "",
            about=facts.invoice,
        )
    if before.shipping_method != after.shipping_method:
        asks, about = _stop_address(facts)
        yield Change(
            "carrier",
            old=before.shipping_method,
            new=after.shipping_method,
            asks=asks,
            about=about,
        )
    if before.requested_on != after.requested_on:
        yield Change(
            "requested",
            old=write_day(before.requested_on),
            new=write_day(after.requested_on),
        )
    if _get_pickup(before) != _get_pickup(after):
        yield Change(
            "pickup", old=_get_pickup(before), new=_get_pickup(after), asks="pickup"
        )
    for name in NOTES:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change("note", name, old=old, new=new)


def _stop_address(facts: Facts) -> tuple[str, str]:
    if facts.frozen:
        return "frozen", facts.frozen
    if facts.started:
        return "started", facts.started
    if facts.shipped and not facts.is_open:
        return "gone", facts.shipped
    return "", ""


def _get_pickup(order: ChannelOrder) -> str:
    return (order.pickup_location or "?") if order.is_pickup else "-"


def write_day(day: date | None) -> str:
    return day.isoformat() if day else "-"


def write_address(address: Address) -> str:
    """One line, as on an envelope."""
    place = " ".join(filter(None, (address.zip, address.city)))
    parts = (
        *(address.name, address.company, address.street, address.street2, place),
        *(address.state_code, address.country_code, address.phone),
    )
    return ", ".join(filter(None, parts))


# === MONEY ===


def _compare_money(before: ChannelOrder, after: ChannelOrder) -> Iterator[Change]:
    known = {payment.external_id: payment.amount for payment in before.payments}
    for payment in after.payments:
        if known.get(payment.external_id) != payment.amount:
            yield Change(
                "payment",
                payment.external_id,
                payment.kind,
                old=known.get(payment.external_id, ""),
                new=payment.amount,
            )
    told = {refund.external_id: refund for refund in before.refunds}
    for refund in after.refunds:
        if told.get(refund.external_id) != refund:
            lines = sum((row.amount or ZERO for row in refund.lines), ZERO)
            yield Change("refund", refund.external_id, new=lines - refund.kept)
