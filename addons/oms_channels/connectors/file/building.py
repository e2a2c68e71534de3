# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the fields that a mapping found to order documents."""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_UP, Decimal

from .fields import FLAGS, MOMENTS, NUMBERS
from .formats import Column, Document, Format
from .values import read_decimal, read_flag, read_moment, read_number

CENT = Decimal("0.01")
Values = dict[str, object]


def read_fields(
    columns: Iterable[Column], form: Format, get: Callable[[str], object]
) -> Values:
    """What a row or node says, by field; empty ones are left out."""
    found: Values = {}
    for column in columns:
        raw = get(column.source) if column.source else None
        if raw is None or str(raw).strip() == "":
            raw = column.constant
        raw = dict(column.values).get(str(raw).strip(), raw)
        value = _convert(column.field, raw, form)
        if value not in ("", None) and found.get(column.field) is None:
            found[column.field] = value
    return found


def _convert(name: str, raw: object, form: Format) -> object:
    if name in NUMBERS:
        return read_number(raw, form)
    if name in MOMENTS:
        return read_moment(raw, form) if raw else ""
    if name in FLAGS:
        return read_flag(raw) if str(raw or "").strip() else None
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return read_number(raw, form)
    return unguard(str(raw or "").strip())


def unguard(text: str) -> str:
    """Without the mark that keeps a spreadsheet from reading it as a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


class Draft:
    """An order that is being put together from several rows."""

    def __init__(self, form: Format):
        self.form = form
        self.payload: dict[str, object] = {"lines": []}
        self.rows: list[int] = []
        self.places: dict[str, str] = {}

    def add_head(self, values: Values, where: Mapping[str, str]) -> None:
        """What is said of the order itself; the first row that says it counts."""
        known = self.payload
        for name, value in values.items():
            if name.startswith("line."):
                continue
            part, _dot, key = name.rpartition(".")
            target = known.setdefault(part, {}) if part else known
            if isinstance(target, dict) and key not in target:
                target[key] = value
                self.places[name] = where.get(name, "")

    def add_line(self, values: Values, where: Mapping[str, str]) -> None:
        line = {k.removeprefix("line."): v for k, v in values.items() if "line." in k}
        if not line:
            return
        lines = self.payload["lines"]
        assert isinstance(lines, list)  # noqa: S101 (for the type checker)
        path = f"lines[{len(lines)}]"
        for name in line:
            self.places[f"{path}.{name}"] = where.get(f"line.{name}", "")
        for name in ("quantity", "unit_price", "sku"):
            place = where.get(f"line.{name}") or where.get("", "")
            self.places.setdefault(f"{path}.{name}", place)
        line.setdefault("external_id", f"{len(lines) + 1}")
        _spread_amount(line)
        taxes = _taxes(line, self.form)
        if taxes:
            line["taxes"] = taxes
        lines.append(line)

    def finish(self) -> Document:
        payload = self.payload
        if self.form.currency:
            payload.setdefault("currency", self.form.currency)
        if self.form.taxes_included:
            payload.setdefault("taxes_included", True)
        lines = payload["lines"]
        assert isinstance(lines, list)  # noqa: S101 (for the type checker)
        _add_charges(payload, lines)
        if paid := payload.pop("paid", None):
            key = f"{payload.get('external_id')}-paid"
            payment = {"external_id": key, "kind": "capture", "amount": paid}
            payload["payments"] = [payment]
        return Document(payload, tuple(self.rows), self.places)


def _add_charges(payload: dict[str, object], lines: list[dict[str, object]]) -> None:
    shipping = payload.pop("shipping", None)
    tax = payload.pop("shipping_tax_amount", None)
    if shipping is not None:
        line = {
            "external_id": "shipping",
            "kind": "shipping",
            "quantity": "1",
            "name": payload.get("shipping_method") or "Shipping",
            "unit_price": shipping,
        }
        if tax is not None:
            line["taxes"] = [{"rate": _rate(tax, shipping), "amount": tax}]
        lines.append(line)
    if (discount := payload.pop("order_discount", None)) is not None:
        amount = read_decimal(discount)
        if amount is None or amount:
            lines.append(
                {
                    "external_id": "discount",
                    "kind": "fee",
                    "quantity": "1",
                    "name": "Discount",
                    "unit_price": discount if amount is None else f"{-abs(amount):f}",
                }
            )


def _rate(tax: object, base: object) -> str:
    """The rate that a tax must have had; the amount is what counts."""
    part, whole = read_decimal(tax), read_decimal(base)
    if not part or not whole or not 0 <= part <= whole:
        return "0"
    return f"{(part / whole).quantize(Decimal('0.001')).normalize():f}"


def _spread_amount(line: Values) -> None:
    """The price of all units as price of one; what does not divide is a discount."""
    amount = line.pop("amount", None)
    if amount is None or "unit_price" in line:
        return
    total, quantity = read_decimal(amount), read_decimal(line.get("quantity"))
    if total is None or not quantity or quantity < 0:
        line["unit_price"] = amount
        return
    unit = (total / quantity).quantize(CENT, ROUND_UP)
    line["unit_price"] = f"{unit:f}"
    discount = read_decimal(line.get("discount", "0"))
    if discount is not None:
        line["discount"] = f"{discount + unit * quantity - total:f}"


def _taxes(line: Values, form: Format) -> list[dict[str, object]]:
    title, rate = line.pop("tax_title", None), line.pop("tax_rate", None)
    percent, amount = line.pop("tax_percent", None), line.pop("tax_amount", None)
    if percent is not None and rate is None:
        number = read_decimal(percent)
        rate = percent if number is None else f"{number / 100:f}"
    if amount is None and rate is None and form.tax_percent is not None:
        rate = f"{form.tax_percent / 100:f}"
    if amount is None:
        amount = _tax_amount(line, rate, form)
    if amount is None:
        # A rate that cannot be read is refused, not passed over.
        return [] if rate is None else [{"rate": rate, "amount": ""}]
    tax = {"rate": rate or "0", "amount": amount}
    return [tax | ({"title": title} if title else {})]


def _tax_amount(line: Values, rate: object, form: Format) -> str | None:
    """What a rate comes to on the line, to the cent; None if it cannot be said."""
    fraction, price = read_decimal(rate), read_decimal(line.get("unit_price"))
    quantity = read_decimal(line.get("quantity"))
    discount = read_decimal(line.get("discount") or "0")
    if fraction is None or price is None or quantity is None or discount is None:
        return None
    base = price * quantity - discount
    if form.taxes_included:
        base /= 1 + fraction
    return f"{(base * fraction).quantize(CENT):f}"
