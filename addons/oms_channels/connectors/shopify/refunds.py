# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was given back, and what has left, as the shop's own documents say it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...engine.documents import ZERO, Line, Parcel, RefundedLine, Reversal
from ...engine.reading import Node
from ...engine.settling import gross
from .people import read_key
from .purse import Purse


@dataclass(slots=True)
class RefundReader:
    """Reads the refunds of one order.

    An order's webhook tells of shipping that was given back, but not of which of
    its shipping lines: it is taken from the first ones that have any of it left.
    """

    order: Node
    purse: Purse
    lines: Sequence[Line]
    taxes_included: bool

    def read_all(self) -> tuple[Reversal, ...]:
        left = {
            line.external_id: gross(line, self.taxes_included)
            for line in self.lines
            if line.kind == "shipping"
        }
        return tuple(
            Reversal(
                external_id=read_key(node, "id") or str(at),
                lines=(*self._read_lines(node), *self._read_shipping(node, left)),
                kept=self._read_kept(node),
            )
            for at, node in enumerate(self.order.items("refunds"))
        )

    def _read_lines(self, node: Node) -> Iterator[RefundedLine]:
        known = {line.external_id for line in self.lines}
        for row in node.items("refund_line_items", "refundLineItems"):
            key = read_key(row, "line_item_id") or read_key(
                row.part("line_item", "lineItem"), "id"
            )
            if key not in known:
                continue
            kind = row.text("restock_type", "restockType").lower()
            amount, tax = None, ZERO
            if row.get("subtotal", "subtotal_set") or row.get("subtotalSet"):
                amount = self.purse.amount(row, "subtotal", "subtotalSet", ZERO)
                tax = self.purse.amount(row, "total_tax", "totalTaxSet", ZERO)
                amount = self._add_tax(amount, tax)
            yield RefundedLine(
                key,
                quantity=row.number("quantity", least=ZERO),
                amount=amount,
                tax=tax,
                returned=kind == "return",
            )

    def _add_tax(self, amount: Decimal, tax: Decimal) -> Decimal:
        return amount if self.taxes_included else amount + tax

    def _read_shipping(
        self, node: Node, left: dict[str, Decimal]
    ) -> Iterator[RefundedLine]:
        amount, tax = self._sum_shipping(node)
        for key, rest in left.items():
            share = min(amount, rest)
            if share <= 0:
                continue
            mine = tax if share == amount else min(tax, share)
            left[key] -= share
            amount, tax = amount - share, tax - mine
            yield RefundedLine(key, amount=share, tax=mine)

    def _sum_shipping(self, node: Node) -> tuple[Decimal, Decimal]:
        """What of the shipping was given back, with the tax in it, and that tax."""
        amount = tax = ZERO
        for row in node.items("refundShippingLines"):
            net = self.purse.of_bag(row.get("subtotalAmountSet"))
            part = self.purse.of_bag(row.get("taxAmountSet"))
            amount, tax = amount + self._add_tax(net, part), tax + part
        for row in node.items("order_adjustments"):
            if row.text("kind").lower() == "shipping_refund":
                net = -self.purse.amount(row, "amount", "amountSet", ZERO)
                part = -self.purse.amount(row, "tax_amount", "taxAmountSet", ZERO)
                amount, tax = amount + self._add_tax(net, part), tax + part
        return amount, tax

    def _read_kept(self, node: Node) -> Decimal:
        """What the refund differs from the worth of what it takes back."""
        kept = ZERO
        for row in node.items("order_adjustments", "orderAdjustments"):
            if row.text("kind").lower() != "shipping_refund":
                kept += self.purse.amount(row, "amount", "amountSet", ZERO)
                kept += self.purse.amount(row, "tax_amount", "taxAmountSet", ZERO)
        return kept


def read_parcels(order: Node) -> tuple[Parcel, ...]:
    """The parcels that have left, the oldest first."""
    return tuple(
        Parcel(
            external_id=read_key(node, "id") or str(at),
            lines=tuple(_read_units(node)),
            carrier=node.text("tracking_company") or _read_tracking(node, "company"),
            tracking=node.text("tracking_number") or _read_tracking(node, "number"),
        )
        for at, node in enumerate(order.items("fulfillments"))
        if node.text("status").lower() == "success"
    )


def _read_units(parcel: Node) -> Iterator[tuple[str, Decimal]]:
    for row in parcel.items("line_items", "fulfillmentLineItems"):
        key = read_key(row.part("line_item", "lineItem"), "id") or read_key(row, "id")
        yield key, row.number_or(ZERO, "quantity", least=ZERO)


def _read_tracking(parcel: Node, member: str) -> str:
    return next(
        (row.text(member) for row in parcel.items("trackingInfo") if row.text(member)),
        "",
    )
