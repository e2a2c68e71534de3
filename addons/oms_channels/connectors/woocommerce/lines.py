# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was bought, one line each: goods, fees, shipping.

Amounts of lines are net of tax, whatever the shop shows: where its prices include tax,
the tax is put on top again, so that a unit costs what the buyer saw.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from ...engine.documents import ZERO, Line
from ...engine.reading import Node
from . import taxes
from .progress import Progress
from .taxes import WIDE, Taxed
from .wordpress import Meta, count_digits, strip_tags

ONE = Decimal(1)
# A unit's price where the line's does not divide evenly.
FINE = Decimal("0.000001")
BUNDLED = ("bundled by", "composite parent", "mnm container", "bundled item of")


@dataclass(frozen=True, slots=True)
class Item:
    kind: str
    node: Node
    taxed: Taxed


def read_lines(order: Node, progress: Progress) -> tuple[Line, ...]:
    """All lines; together they cost what the order costs.

    Coupons are not among them: what they took off is off the lines already.
    """
    items = list(_list_items(order))
    if not items:
        raise order.get("line_items").refuse("must have at least one line")
    unit = find_unit(order, items)
    rates = taxes.read_rates(order)
    rows = [item.taxed for item in items]
    taxes.settle(rows, order, rates, unit)
    fractions = taxes.find_fractions(rows, rates, unit)
    names = {item.node.text("id"): item.node.text("name") for item in items}
    included = order.flag("prices_include_tax")
    lines = [
        _read_line(
            item,
            taxes.make_taxes(item.taxed, rates, fractions),
            included,
            progress,
            names,
        )
        for item in items
    ]
    _check_keys(order, lines)
    return tuple(lines)


def _list_items(order: Node) -> Iterator[Item]:
    for kind, key in (
        ("goods", "line_items"),
        ("fee", "fee_lines"),
        ("shipping", "shipping_lines"),
    ):
        for node in order.items(key):
            # A plugin that removes a line in an update leaves its name as null.
            if node.get("id") and not node.get("total") and kind != "goods":
                continue
            yield Item(kind, node, taxes.read_taxed(node, kind == "shipping"))


def find_unit(order: Node, items: list[Item]) -> Decimal:
    """The smallest amount, by how the shop writes amounts."""
    figures = [order.number_or(ZERO, "total"), order.number_or(ZERO, "total_tax")]
    figures += [item.taxed.net for item in items] + [item.taxed.tax for item in items]
    return Decimal(1).scaleb(-count_digits(figures))


# === ONE LINE ===


def _read_line(
    item: Item, line_taxes, included: bool, progress: Progress, names
) -> Line:
    node, taxed = item.node, item.taxed
    number = node.text("id") or node.required("id")
    key = number if item.kind == "goods" else f"{item.kind}-{number}"
    quantity = _read_quantity(item)
    after = taxed.net + (sum(taxed.shares.values(), ZERO) if included else ZERO)
    before = node.number_or(taxed.net, "subtotal")
    if included:
        before += node.number_or(taxed.tax, "subtotal_tax")
    price = find_price(max(before, after), quantity)
    cancelled, fulfilled = ZERO, ZERO
    if item.kind == "goods":
        cancelled, fulfilled = progress.of(number, quantity)
    return Line(
        external_id=key,
        name=_read_name(item) or key,
        quantity=quantity,
        unit_price=price,
        sku=node.text("sku") if item.kind == "goods" else "",
        barcode=node.text("global_unique_id") if item.kind == "goods" else "",
        product_external_id=_read_product(node),
        kind=item.kind,
        discount=WIDE.subtract(WIDE.multiply(price, quantity), after),
        taxes=line_taxes,
        cancelled=cancelled,
        fulfilled=fulfilled,
        note=_read_note(item, names),
        parent=_read_parent(item, names),
    )


def _read_quantity(item: Item) -> Decimal:
    if item.kind != "goods":
        return ONE
    quantity = item.node.number("quantity", least=ZERO)
    if not quantity:
        raise item.node.get("quantity").refuse("must be more than 0")
    return quantity


def find_price(amount: Decimal, quantity: Decimal) -> Decimal:
    """What a unit costs: exact if it can be, else so little more that it shows nowhere.

    >>> find_price(Decimal("20.00"), Decimal(2)), find_price(Decimal(10), Decimal(3))
    (Decimal('10.00'), Decimal('3.333334'))
    """
    price = WIDE.divide(amount, quantity)
    exponent = price.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -6:
        return price
    return price.quantize(FINE, ROUND_CEILING, WIDE)


def _read_name(item: Item) -> str:
    node = item.node
    if item.kind == "shipping":
        return strip_tags(node.text("method_title")) or "Shipping"
    name = strip_tags(node.text("name"))
    return name or ("Fee" if item.kind == "fee" else node.text("sku"))


def _read_product(node: Node) -> str:
    """The variation, else the product; 0 stands for one that is deleted."""
    for key in ("variation_id", "product_id"):
        number = node.text(key)
        if number not in ("", "0"):
            return number
    return ""


def _read_note(item: Item, names: dict[str, str]) -> str:
    """The buyer's choices, and of a part of a bundle which one it belongs to."""
    if item.kind != "goods":
        return ""
    meta = Meta.of(item.node)
    number = item.node.get("bundled_by").value
    parent = names.get(str(number), "") if number else ""
    belongs = bool(parent or meta.find(*BUNDLED))
    part = f"Part of {parent}" if parent else "Part of a bundle"
    return "\n".join(filter(None, (part if belongs else "", meta.write_visible())))


def _read_parent(item: Item, names: dict[str, str]) -> str:
    """The line of the bundle, where the order has it."""
    value = item.node.get("bundled_by", "composite_parent").value
    key = str(value) if isinstance(value, int | str) and value else ""
    return key if key in names and key != item.node.text("id") else ""


def _check_keys(order: Node, lines: list[Line]) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.external_id in seen:
            raise order.get("line_items").refuse(f"has the id {line.external_id} twice")
        seen.add(line.external_id)
