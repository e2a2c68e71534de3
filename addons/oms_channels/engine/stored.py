# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Order documents as JSON and back, without loss.

The last version that was applied is kept with its order, so that the next one can be
compared with it. Members that have their default are left out.
"""

from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from .documents import ChannelOrder


def dump_order(order: ChannelOrder) -> dict[str, Any]:
    """JSON types only: amounts are decimal strings, moments ISO 8601."""
    return cast(dict[str, Any], _dump(order))


def load_order(document: dict[str, Any]) -> ChannelOrder:
    """The document that :func:`dump_order` wrote; members it lacks are default."""
    return cast(ChannelOrder, _load(ChannelOrder, document))


def _dump(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _dump(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != _default(field)
        }
    if isinstance(value, tuple):
        return [_dump(member) for member in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _default(field: Any) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _load(wanted: Any, value: Any) -> Any:
    if get_origin(wanted) is UnionType:
        if value is None:
            return None
        (wanted,) = (kind for kind in get_args(wanted) if kind is not NoneType)
    if get_origin(wanted) is tuple:
        kinds = get_args(wanted)
        if kinds[-1] is Ellipsis:
            return tuple(_load(kinds[0], member) for member in value)
        return tuple(_load(k, member) for k, member in zip(kinds, value, strict=True))
    if isinstance(wanted, type) and is_dataclass(wanted):
        hints = _hints(wanted)
        known = {name: value[name] for name in hints if name in value}
        return wanted(**{name: _load(hints[name], v) for name, v in known.items()})
    if wanted is Decimal:
        return Decimal(value)
    if wanted is datetime:
        return datetime.fromisoformat(value)
    if wanted is date:
        return date.fromisoformat(value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
