# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a table to order documents: one row a line, orders by their number.

Columns have the names of the order document, those of its parts with a prefix
(``customer_email``, ``ship_street``, ``bill_city``). What an order says once may
stand on its first row only. ``shipping`` is an amount and becomes a line.
"""

import csv
import io

from ...engine.errors import Rejected

ORDER = (
    *("number", "version", "placed_at", "updated_at", "currency", "total"),
    *("shipping_method", "note", "gift_note", "purchase_order"),
)
CUSTOMER = ("external_id", "name", "email", "phone", "vat", "lang")
ADDRESS = (
    *("name", "company", "street", "street2", "city", "zip", "state", "country"),
    *("phone", "email"),
)
LINE = ("sku", "barcode", "name", "quantity", "unit_price", "discount")
REQUIRED = ("external_id", "placed_at", "currency", "quantity", "unit_price")
NUMBERS = ("total", "quantity", "unit_price", "discount", "shipping", "paid")
NUMBERS += ("tax_rate", "tax_amount", "shipping_tax_amount")


def read_orders(content, decimal_mark="."):
    """Order documents of a table, in the order of their first rows.

    :param bytes content: UTF-8 (with or without mark) or Windows-1252
    :raise Rejected: if it is no table, or a column that must be there is not
    """
    rows = _read_rows(_decode(content))
    orders = {}
    for number, row in enumerate(rows, 2):
        if None in row:
            raise Rejected(
                f"Row {number} has more cells than the header has columns.",
                field=f"row {number}",
                value=str(row[None]),
            )
        clean = {key: (value or "").strip() for key, value in row.items()}
        if any(clean.values()):
            _add_row(orders, _plain_numbers(clean, decimal_mark), number)
    return list(orders.values())


def _decode(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _read_rows(text):
    header = text.partition("\n")[0]
    delimiter = max(";,\t|", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise Rejected(
            f"The header lacks the columns {', '.join(missing)}.",
            field="header",
            value=header[:80],
        )
    reader.fieldnames = names
    return reader


def _plain_numbers(row, decimal_mark):
    if decimal_mark == ".":
        return row
    return row | {
        key: row[key].replace(".", "").replace(decimal_mark, ".")
        for key in NUMBERS
        if row.get(key)
    }


def _add_row(orders, row, number):
    key = row["external_id"]
    if not key:
        raise Rejected(
            f"Row {number} has no external_id.", field=f"row {number}.external_id"
        )
    if key not in orders:
        orders[key] = _order(key, row)
    _add_line(orders[key], row)


def _order(key, row):
    order = {"external_id": key, "lines": []} | _pick(row, ORDER)
    parts = (("customer", CUSTOMER), ("ship_to", ADDRESS), ("bill_to", ADDRESS))
    for part, names in parts:
        if values := _pick(row, names, f"{part.removesuffix('_to')}_"):
            order[part] = values
    if row.get("shipping"):
        order["lines"].append(_shipping(row))
    if row.get("paid"):
        order["payments"] = [
            {"external_id": f"{key}-paid", "kind": "capture", "amount": row["paid"]}
        ]
    return order


def _shipping(row):
    line = {"external_id": "shipping", "kind": "shipping", "quantity": "1"}
    line |= {
        "name": row.get("shipping_method") or "Shipping",
        "unit_price": row["shipping"],
    }
    if row.get("shipping_tax_amount"):
        line["taxes"] = [_tax(row, row["shipping_tax_amount"])]
    return line


def _add_line(order, row):
    line = _pick(row, LINE)
    line["external_id"] = row.get("line_id") or str(len(order["lines"]) + 1)
    if row.get("tax_amount"):
        line["taxes"] = [_tax(row, row["tax_amount"])]
    order["lines"].append(line)


def _tax(row, amount):
    title = {"title": row["tax_title"]} if row.get("tax_title") else {}
    return title | {"rate": row.get("tax_rate") or "0", "amount": amount}


def _pick(row, names, prefix=""):
    return {name: row[prefix + name] for name in names if row.get(prefix + name)}
