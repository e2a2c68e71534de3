# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Money back: documents of their own, beside an order that stays as it was."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

from .pricing import cents, text
from .store import Row, ShopError, Store

CREATE = "woocommerce_rest_cannot_create_order_refund"


def left(store: Store, order: Row) -> Decimal:
    """What can still be given back."""
    back = sum(Decimal(row["amount"]) for row in store.refunds.get(order["id"], ()))
    return Decimal(order["total"]) - back


def make(store: Store, order: Row, wish: Row) -> Row:
    """As often as it is asked for: the platform recognises no repetition."""
    rows = [_line(store, order, line) for line in wish.get("line_items") or ()]
    amount = cents(Decimal(str(wish.get("amount") or _sum(rows))))
    # Refusals of the business come as errors of the server.
    if amount <= 0 or amount > left(store, order):
        raise ShopError(CREATE, "Invalid refund amount.", 500)
    if wish.get("api_refund", True) and order["payment_method"] in ("cod", "cheque"):
        raise ShopError(
            CREATE, "The payment gateway for this order does not exist.", 500
        )
    before = copy.deepcopy(order)
    refund = {
        "id": store.next_id(),
        "parent_id": order["id"],
        **store.stamp("created", store.clock()),
        "amount": text(amount),
        "reason": str(wish.get("reason") or ""),
        "refunded_by": 1,
        "refunded_payment": bool(wish.get("api_refund", True)),
        "meta_data": list(wish.get("meta_data") or ()),
        "line_items": rows,
    }
    store.refunds.setdefault(order["id"], []).append(refund)
    order["refunds"].append(
        {"id": refund["id"], "reason": refund["reason"], "total": f"-{text(amount)}"}
    )
    if wish.get("api_restock", True):
        _restock(store, rows)
    if not left(store, order):
        order["status"] = "refunded"
    store.touch(order, before)
    return refund


def _line(store: Store, order: Row, wish: Row) -> Row:
    source = next((row for row in order["line_items"] if row["id"] == wish["id"]), None)
    if source is None:
        raise ShopError(CREATE, "Invalid line item.", 500)
    quantity = int(wish.get("quantity") or 0)
    net = Decimal(str(wish.get("refund_total") or 0))
    tax = sum(Decimal(str(r["refund_total"])) for r in wish.get("refund_tax") or ())
    kept = {key: source[key] for key in ("name", "product_id", "variation_id", "sku")}
    return kept | {
        "id": store.next_id(),
        "quantity": -quantity,
        "subtotal": text(-net),
        "subtotal_tax": text(-tax),
        "total": text(-net),
        "total_tax": text(-tax),
        "taxes": [],
        "meta_data": [
            {
                "id": store.next_id(),
                "key": "_refunded_item_id",
                "value": str(source["id"]),
            }
        ],
    }


def _sum(rows: list[Row]) -> Decimal:
    return -sum(
        (Decimal(row["total"]) + Decimal(row["total_tax"]) for row in rows), Decimal(0)
    )


def _restock(store: Store, rows: list[Row]) -> None:
    for row in rows:
        store.put_back(row, int(row["meta_data"][0]["value"]), -row["quantity"])


def by_hand(store: Store, order: Row, wish: dict[str, Any]) -> Row:
    """A merchant's refund: `{amount}` alone, or `{lines: [{sku, quantity}]}`."""
    if "amount" in wish:
        wanted = {"amount": wish["amount"]}
    else:
        asked = wish.get("lines") or [{"sku": order["line_items"][0]["sku"]}]
        wanted = {"line_items": [_wish(order, line) for line in asked]}
    return make(store, order, {"api_refund": False, **wanted, **_pick(wish)})


def _pick(wish: dict[str, Any]) -> Row:
    return {key: wish[key] for key in ("reason", "api_restock") if key in wish}


def _wish(order: Row, line: Row) -> Row:
    source = next(row for row in order["line_items"] if row["sku"] == line["sku"])
    units = int(line.get("quantity", 1))
    share = Decimal(units) / source["quantity"]
    return {
        "id": source["id"],
        "quantity": units,
        "refund_total": text(cents(Decimal(source["total"]) * share)),
        "refund_tax": [
            {
                "id": tax["id"],
                "refund_total": text(cents(Decimal(tax["total"]) * share)),
            }
            for tax in source["taxes"]
        ],
    }
