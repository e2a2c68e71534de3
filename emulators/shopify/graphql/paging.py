# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connections that show a list of the object as it is."""

from __future__ import annotations

from typing import Any

from .connections import connection
from .resolving import field_of


def paged(kind: str, name: str, attribute: str) -> None:
    @field_of(kind, name)
    def page(row: Any, _info: Any, **arguments: Any) -> Any:
        return connection(getattr(row, attribute), arguments)
