# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The orders that platforms have published, by name."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[1] / "fixtures"


def shopify_orders() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted((FIXTURES / "shopify").glob("rest.order.*.json")):
        body = _read(path)["response_body"]
        orders = body.get("orders") or [body["order"]]
        found += [(f"{path.stem}.{n}", order) for n, order in enumerate(orders)]
    return found


def woocommerce_orders() -> list[tuple[str, dict[str, Any]]]:
    """Single orders, lists of them, and the rows of a batch."""
    found = []
    for path in sorted((FIXTURES / "woocommerce").glob("docs.*order*.json")):
        body = _read(path)
        rows = body if isinstance(body, list) else [body]
        if isinstance(body, dict) and "create" in body:
            rows = [order for group in body.values() for order in group]
        orders = [row for row in rows if "line_items" in row]
        found += [(f"{path.stem}.{n}", order) for n, order in enumerate(orders)]
    return found


def _read(path: Path) -> Any:
    return json.loads(path.read_text(), parse_float=Decimal)
