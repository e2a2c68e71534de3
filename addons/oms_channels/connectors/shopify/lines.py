# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was bought: goods, shipping, tip, duties and fees.

A line keeps the quantity and the money of the sale. What was removed or refunded
since is ``cancelled``; of goods, what cannot be fulfilled any more is ``fulfilled``.
Discounts are taken from the allocations: the headline figures leave out those of
codes and of the whole order.
"""

from collections.abc import Iterator
from decimal import Decimal

from ...engine.documents import ZERO, Line, Tax
from ...engine.reading import Node
from .people import read_key
from .purse import Purse

ONE = Decimal(1)


def read_lines(order: Node, purse: Purse) -> tuple[Line, ...]:
    returned = _read_returned(order)
    goods = (
        _read_goods(node, purse, returned)
        for node in order.items("line_items", "lineItems")
    )
    return (*goods, *_read_shipping(order, purse), *_read_extras(order, purse))


def _read_goods(node: Node, purse: Purse, returned: dict[str, Decimal]) -> Line:
    key = read_key(node, "id")
    if not key:
        raise node.get("id").refuse("is missing")
    quantity = node.number("quantity", least=ZERO)
    current = node.number_or(quantity, "current_quantity", "currentQuantity")
    cancelled = max(quantity - current - returned.get(key, ZERO), ZERO)
    left = node.number_or(current, "fulfillable_quantity", "unfulfilledQuantity")
    ships = node.flag("requires_shipping", "requiresShipping")
    is_gift_card = node.flag("gift_card", "isGiftCard")
    variant = node.part("variant")
    return Line(
        external_id=key,
        name=node.text("name") or node.text("title") or node.text("sku"),
        sku=node.text("sku"),
        barcode=variant.text("barcode"),
        product_external_id=read_key(node, "variant_id") or read_key(variant, "id"),
        kind="gift_card" if is_gift_card else "goods",
        quantity=quantity,
        unit_price=purse.amount(node, "price", "originalUnitPriceSet"),
        discount=_read_discount(node, purse),
        taxes=_read_taxes(node, purse),
        cancelled=cancelled,
        fulfilled=max(quantity - cancelled - left, ZERO) if ships else ZERO,
        note=_read_wishes(node),
    )


def _read_returned(order: Node) -> dict[str, Decimal]:
    """Units that came back after they had shipped, by line: they are not cancelled."""
    returned: dict[str, Decimal] = {}
    for refund in order.items("refunds"):
        for row in refund.items("refund_line_items", "refundLineItems"):
            kind = row.text("restock_type", "restockType").lower()
            if kind == "return":
                key = read_key(row, "line_item_id")
                key = key or read_key(row.part("lineItem"), "id")
                quantity = row.number("quantity", least=ZERO)
                returned[key] = returned.get(key, ZERO) + quantity
    return returned


def _read_shipping(order: Node, purse: Purse) -> Iterator[Line]:
    for position, node in enumerate(order.items("shipping_lines", "shippingLines"), 1):
        if node.flag("is_removed", "isRemoved"):
            continue
        price = purse.amount(node, "price", "originalPriceSet")
        discount = _read_discount(node, purse)
        if not discount:
            paid = purse.amount(
                node, "discounted_price", "discountedPriceSet", default=price
            )
            discount = max(price - paid, ZERO)
        yield Line(
            external_id=read_key(node, "id") or f"shipping-{position}",
            name=node.text("title", "code") or "Shipping",
            kind="shipping",
            quantity=ONE,
            unit_price=price,
            discount=discount,
            taxes=_read_taxes(node, purse),
        )


def _read_extras(order: Node, purse: Purse) -> Iterator[Line]:
    """Tip, duties and fees: in the total, and on no line of the shop."""
    extras = (
        ("tip", "Tip", "total_tip_received", "totalTipReceivedSet"),
        ("fee", "Duties", "original_total_duties", "originalTotalDutiesSet"),
        (
            "fee",
            "Additional fees",
            "original_total_additional_fees",
            "originalTotalAdditionalFeesSet",
        ),
    )
    for kind, name, plain, graphql in extras:
        amount = purse.amount(order, plain, graphql, default=ZERO, least=ZERO)
        if amount:
            key = name.lower().replace(" ", "-")
            yield Line(key, name, ONE, amount, kind=kind)


def _read_discount(node: Node, purse: Purse) -> Decimal:
    return sum(
        (
            purse.amount(part, "amount", "allocatedAmountSet", least=ZERO)
            for part in node.items("discount_allocations", "discountAllocations")
        ),
        ZERO,
    )


def _read_taxes(node: Node, purse: Purse) -> tuple[Tax, ...]:
    """Taxes as charged; one of rate and amount nought says nothing."""
    taxes = (
        Tax(
            title=part.text("title") or "Tax",
            rate=part.number_or(ZERO, "rate", least=ZERO),
            amount=purse.amount(part, "price", "priceSet"),
            by_channel=part.flag("channel_liable", "channelLiable"),
        )
        for part in node.items("tax_lines", "taxLines")
    )
    return tuple(tax for tax in taxes if tax.rate or tax.amount)


def _read_wishes(node: Node) -> str:
    """What the buyer entered for the line; names with _ are for programs."""
    wishes = (
        (part.text("name", "key"), part.text("value"))
        for part in node.items("properties", "customAttributes")
    )
    return "\n".join(
        f"{name}: {value}" for name, value in wishes if value and name[:1] != "_"
    )
