# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What has a number, and who has a name. Fields are those of the API in snake case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar


@dataclass(eq=False)
class Record:
    """Something with a number, known to the API as `gid://shopify/<KIND>/<id>`."""

    KIND: ClassVar[str] = ""
    id: int

    @property
    def gid(self) -> str:
        return f"gid://shopify/{self.KIND}/{self.id}"


@dataclass(eq=False)
class Address(Record):
    KIND = "MailingAddress"
    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    zip: str | None = None
    province: str | None = None
    province_code: str | None = None
    country: str | None = None
    country_code: str | None = None
    phone: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part)


@dataclass(eq=False)
class Customer(Record):
    KIND = "Customer"
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    created_at: datetime
    updated_at: datetime
    default_address: Address | None = None
    tags: list[str] = field(default_factory=list)
    number_of_orders: int = 0
