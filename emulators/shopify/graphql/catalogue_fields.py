# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Changing prices, and what the app may do."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..store import ShopError, Store
from .answering import user_error
from .resolving import ProductOf, field_of, number


@field_of("QueryRoot")
def current_app_installation(_root: Any, info: Any) -> Any:
    rows = [
        {"handle": name, "description": name.replace("_", " ").capitalize()}
        for name in sorted(info.context.store.scopes)
    ]
    return {"id": "gid://shopify/AppInstallation/1", "access_scopes": rows}


@field_of("Mutation")
def product_variants_bulk_update(
    _root, info, product_id, variants, allow_partial_updates=False
) -> Any:
    """All or nothing, unless partial updates are allowed: then what can be is."""
    store: Store = info.context.store
    parent = store.variants.get(number(product_id, "Product"))
    if not parent:
        error = ShopError(
            "Product does not exist", ["productId"], "PRODUCT_DOES_NOT_EXIST"
        )
        return _answer(None, [], [error])
    changes, errors = [], []
    for index, wish in enumerate(variants):
        error = _check(store, parent, wish, index)
        if error:
            errors.append(error)
        else:
            changes.append((parent, wish))
    if errors and not allow_partial_updates:
        changes = []
    for variant, wish in changes:
        if wish.get("price") is not None:
            variant.price = Decimal(str(wish["price"]))
        variant.barcode = wish.get("barcode", variant.barcode)
        variant.updated_at = store.clock()
    return _answer(ProductOf(parent), [variant for variant, _wish in changes], errors)


def _check(store: Store, parent: Any, wish: dict[str, Any], index: int) -> Any:
    place = ["variants", str(index)]
    variant = store.variants.get(number(wish.get("id") or "", "ProductVariant"))
    if variant is not parent:
        return ShopError(
            "Product variant does not exist",
            [*place, "id"],
            "PRODUCT_VARIANT_DOES_NOT_EXIST",
        )
    if wish.get("price") is not None and Decimal(str(wish["price"])) < 0:
        return ShopError(
            "Price must be greater than or equal to 0",
            [*place, "price"],
            "NEGATIVE_PRICE_VALUE",
        )
    return None


def _answer(product: Any, variants: list[Any], errors: list[ShopError]) -> Any:
    return {
        "product": product,
        "product_variants": variants,
        "user_errors": [user_error(error, code=True) for error in errors],
    }
