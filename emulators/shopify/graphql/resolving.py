# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finds the value of a field: a registered function, else the attribute of its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from emulators.base.faults import Faults

from ..model import Discount, Record, Variant
from ..store import Store
from ..webhooks import Webhooks
from .connections import BadRequest

_RESOLVERS: dict[tuple[str, str], Callable[..., Any]] = {}
_SIMPLE: dict[tuple[str, str], Callable[[Any], Any]] = {}


@dataclass
class Context:
    """What resolvers may use; one per request."""

    store: Store
    webhooks: Webhooks
    faults: Faults
    idempotency: dict[str, tuple[str, Any]]
    cancel_delay: float = 0.1
    warnings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, eq=True)
class ProductOf:
    """The product of a variant: every product of this shop has one."""

    variant: Variant

    @property
    def gid(self) -> str:
        return f"gid://shopify/Product/{self.variant.id}"

    @property
    def id(self) -> int:
        return self.variant.id


@dataclass(frozen=True, eq=True)
class ItemOf:
    """The inventory item of a variant."""

    variant: Variant

    @property
    def gid(self) -> str:
        return f"gid://shopify/InventoryItem/{self.variant.id}"

    @property
    def id(self) -> int:
        return self.variant.id


# === REGISTERING ===
def field_of(kind: str, *names: str) -> Callable[..., Any]:
    """The decorated function gets the object, the context and the arguments."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in names or (_camel(function.__name__),):
            _RESOLVERS[kind, name] = function
        return function

    return register


def fields_of(kind: str, /, **functions: Callable[[Any], Any]) -> None:
    """Fields that follow from the object alone."""
    for name, function in functions.items():
        _SIMPLE[kind, name] = function


def constants_of(kind: str, /, **values: Any) -> None:
    for name, value in values.items():
        _SIMPLE[kind, name] = lambda _row, value=value: value


# === RESOLVING ===
def resolve(source: Any, info: Any, **arguments: Any) -> Any:
    place = (info.parent_type.name, info.field_name)
    if place in _SIMPLE:
        return _SIMPLE[place](source)
    if place in _RESOLVERS:
        keyword = {snake(name): value for name, value in arguments.items()}
        return _RESOLVERS[place](source, info, **keyword)
    if info.field_name == "id" and hasattr(source, "gid"):
        return source.gid
    if info.field_name == "legacyResourceId":
        return source.id
    name = snake(info.field_name)
    if isinstance(source, dict):
        return source.get(name)
    return getattr(source, name)


def type_of(source: Any, _info: Any, abstract: Any) -> str:
    if isinstance(source, Discount):
        return {
            "discount_code": "DiscountCodeApplication",
            "automatic": "AutomaticDiscountApplication",
            "manual": "ManualDiscountApplication",
        }[source.kind]
    if isinstance(source, ProductOf):
        return "Product"
    if isinstance(source, ItemOf):
        return "InventoryItem"
    if isinstance(source, Record):
        return source.KIND
    return "MoneyV2" if isinstance(source, tuple) else "PricingPercentageValue"


# === NAMES AND NUMBERS ===
def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


def number(gid: str, *kinds: str) -> int:
    """The number in a gid of one of these kinds; 0 for another kind, it finds none."""
    match = re.fullmatch(r"gid://shopify/(\w+)/(\d+)(?:\?.*)?", gid)
    if not match:
        raise BadRequest(f"Invalid global id '{gid}'")
    return int(match[2]) if match[1] in kinds else 0


def pairs(values: dict[str, str]) -> list[dict[str, str]]:
    """The `Attribute` rows of notes and properties."""
    return [{"key": key, "value": value} for key, value in values.items()]
