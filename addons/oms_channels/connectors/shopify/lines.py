# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was bought, one line each: goods, shipping, tips, duties, fees, rounding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ...engine.documents import ZERO, Line, Tax
from ...engine.reading import Node
from ...engine.shares import apportion
from .people import read_key
from .progress import Progress
from .purse import Purse

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads the lines of one order."""

    order: Node
    purse: Purse
    progress: Progress

    def read_all(self) -> tuple[Line, ...]:
        """All lines; together they cost what the order costs."""
        goods = [self._read_goods(node) for node in self._list_goods()]
        shipping = list(self._read_shipping())
        lines = [*goods, *shipping]
        lines += self._read_tip(lines)
        lines += self._read_duties()
        lines += self._read_fees()
        lines = self._share_order_taxes(lines)
        self._check_keys(lines)
        return tuple(lines)

    def _list_goods(self) -> tuple[Node, ...]:
        found = self.order.items("line_items", "lineItems")
        if not found:
            raise self.order.get("line_items", "lineItems").refuse(
                "must have at least one line"
            )
        return found

    # === GOODS ===

    def _read_goods(self, node: Node) -> Line:
        quantity = node.number("quantity", least=ZERO)
        if quantity != int(quantity):
            raise node.get("quantity").refuse("must be a whole number")
        key = read_key(node, "id") or node.required("id")
        name = node.text("name") or node.text("title") or node.text("sku")
        cancelled, fulfilled = self.progress.of(node, key, quantity)
        return Line(
            external_id=key,
            name=name or key,
            quantity=quantity,
            unit_price=self.purse.amount(
                node, "price", "originalUnitPriceSet", least=ZERO
            ),
            sku=node.text("sku"),
            barcode=node.part("variant").text("barcode"),
            product_external_id=read_key(node, "variant_id")
            or read_key(node.part("variant"), "legacyResourceId", "id"),
            kind=self._get_kind(node),
            discount=self._read_discount(node, "total_discount"),
            taxes=self._read_taxes(node),
            cancelled=cancelled,
            fulfilled=fulfilled,
            note="\n".join(
                filter(
                    None,
                    (
                        _write_bundle(node),
                        write_pairs(node.items("properties", "customAttributes")),
                    ),
                )
            ),
        )

    def _get_kind(self, node: Node) -> str:
        if node.flag("gift_card", "isGiftCard"):
            return "gift_card"
        return "tip" if node.get("tip") else "goods"

    def _read_discount(self, node: Node, plain: str) -> Decimal:
        """The shares that fall on this line, of line and order discounts alike."""
        shares = node.items("discount_allocations", "discountAllocations")
        if shares:
            return sum(
                (
                    self.purse.amount(share, "amount", "allocatedAmountSet", least=ZERO)
                    for share in shares
                ),
                ZERO,
            )
        return self.purse.amount(node, plain, "totalDiscountSet", ZERO, least=ZERO)

    def _read_taxes(self, node: Node) -> tuple[Tax, ...]:
        """Taxes as charged; one whose rate and amount are nought says nothing."""
        taxes = (
            Tax(
                title=tax.text("title") or "Tax",
                rate=_read_rate(tax),
                amount=self.purse.amount(tax, "price", "priceSet"),
                by_channel=tax.flag("channel_liable", "channelLiable"),
            )
            for tax in node.items("tax_lines", "taxLines")
        )
        return tuple(tax for tax in taxes if tax.rate or tax.amount)

    # === BESIDE THE GOODS ===

    def _read_shipping(self) -> Iterator[Line]:
        nodes = self.order.items("shipping_lines", "shippingLines")
        for index, node in enumerate(nodes):
            if node.flag("is_removed", "isRemoved"):
                continue
            price = self.purse.amount(node, "price", "originalPriceSet", least=ZERO)
            discount = self._read_discount(node, "discount")
            if not discount:
                paid = self.purse.amount(
                    node, "discounted_price", "discountedPriceSet", price
                )
                discount = max(price - paid, ZERO)
            yield Line(
                external_id=f"shipping-{read_key(node, 'id') or index}",
                name=node.text("title") or node.text("code") or "Shipping",
                quantity=ONE,
                unit_price=price,
                kind="shipping",
                discount=discount,
                taxes=self._read_taxes(node),
            )

    def _read_tip(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Tips that are no line of the order: some tills and checkouts make one."""
        order = self.order
        tip = self.purse.amount(
            order, "total_tip_received", "totalTipReceivedSet", ZERO, least=ZERO
        )
        rest = tip - sum((line.net for line in lines if line.kind == "tip"), ZERO)
        if rest > 0:
            yield Line("tip", "Tip", ONE, rest, kind="tip")

    def _read_duties(self) -> Iterator[Line]:
        """Duties by line where the shop has them so, else their sum."""
        if self.order.flag("duties_included", "dutiesIncluded"):
            return
        listed = False
        for at, node in enumerate(self._list_goods()):
            for number, duty in enumerate(node.items("duties")):
                listed = True
                name = node.text("name", "title")
                key = read_key(duty, "id") or f"{at}-{number}"
                yield self._read_charge(duty, f"duty-{key}", f"Duty: {name}")
        if not listed:
            yield from self._read_sum("duties", "Duties", "original_total_duties")

    def _read_fees(self) -> Iterator[Line]:
        fees = self.order.items("additional_fees", "additionalFees")
        for index, fee in enumerate(fees):
            key = read_key(fee, "id") or index
            yield self._read_charge(fee, f"fee-{key}", fee.text("name") or "Fee")
        if not fees:
            yield from self._read_sum("fees", "Fees", "original_total_additional_fees")

    def _read_charge(self, node: Node, key: str, name: str) -> Line:
        bag = node.get("price", "price_set")
        amount = self.purse.of_bag(bag if bag else node, least=ZERO)
        return Line(key, name, ONE, amount, kind="fee", taxes=self._read_taxes(node))

    def _read_sum(self, key: str, name: str, plain: str) -> Iterator[Line]:
        first, *rest = plain.split("_")
        graphql = first + "".join(word.capitalize() for word in rest) + "Set"
        amount = self.purse.amount(self.order, plain, graphql, ZERO, least=ZERO)
        if amount:
            yield Line(key, name, ONE, amount, kind="fee")

    # === CHECKS ===

    def _share_order_taxes(self, lines: list[Line]) -> list[Line]:
        """Taxes that are only on the order, as on imported orders, fall on the lines.

        By what the lines cost, to the cent; lines with taxes of their own mean that
        the order's taxes are merely their sum.
        """
        taxes = self._read_taxes(self.order)
        if not lines or not taxes or any(line.taxes for line in lines):
            return lines
        taxable = [line for line in lines if line.kind == "goods"] or lines
        weights = [max(line.net, ZERO) for line in taxable]
        shared: dict[str, list[Tax]] = {line.external_id: [] for line in taxable}
        for tax in taxes:
            shares = apportion(tax.amount, weights)
            for line, share in zip(taxable, shares, strict=True):
                shared[line.external_id].append(replace(tax, amount=share))
        return [
            replace(line, taxes=tuple(shared.get(line.external_id, ())))
            for line in lines
        ]

    def _check_keys(self, lines: list[Line]) -> None:
        seen: set[str] = set()
        for line in lines:
            if line.external_id in seen:
                raise self.order.get("line_items", "lineItems").refuse(
                    f"has the id {line.external_id} twice"
                )
            seen.add(line.external_id)


def read_rounding(order: Node, purse: Purse) -> Line | None:
    """Cash rounding: the coins that the till took more or less than the total."""
    bag = order.get("total_cash_rounding_payment_adjustment_set")
    if not bag:
        bag = order.part("totalCashRoundingAdjustment").get("paymentSet")
    amount = purse.of_bag(bag) if bag else ZERO
    if not amount:
        return None
    return Line("rounding", "Cash rounding", ONE, amount, kind="rounding")


def _read_rate(tax: Node) -> Decimal:
    """A fraction; zero where the shop says none."""
    rate = tax.get("rate")
    if rate:
        return tax.number("rate", least=ZERO)
    return tax.number_or(ZERO, "ratePercentage", least=ZERO) / 100


def _write_bundle(node: Node) -> str:
    """Which bundle a line is a part of: the bundle itself is no line."""
    group = node.part("line_item_group", "lineItemGroup")
    title = group.text("title", "name")
    return f"Part of {title}" if title else ""


def write_pairs(pairs: Sequence[Node]) -> str:
    """Options of a buyer, a line each; those of apps begin with an underscore."""
    texts = [(pair.text("name", "key"), pair.text("value")) for pair in pairs]
    return "\n".join(
        f"{name}: {value}" if name else value
        for name, value in texts
        if value and not name.startswith("_")
    )
