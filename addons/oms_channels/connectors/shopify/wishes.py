# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When the buyer wants it and whether they fetch it.

The platform itself marks the shipping method; apps write what they asked at the
checkout into the attributes of the order.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...engine.reading import Node

DAYS = (
    "delivery date",
    "requested delivery date",
    "shipping date",
    "pickup date",
    "pick up date",
)
PICKUP_PLACES = (
    "pickup location",
    "pickup location name",
    "pickup location company",
    "pickup location id",
    "pickup store",
)
METHODS = ("checkout method", "fulfillment method", "delivery method", "order type")


@dataclass(frozen=True, slots=True)
class Wishes:
    texts: Mapping[str, str]

    def find(self, *names: str) -> str:
        """The first wish that has one of these names."""
        return next((self.texts[name] for name in names if self.texts.get(name)), "")


def read_wishes(order: Node) -> Wishes:
    pairs = order.items("note_attributes", "customAttributes")
    return Wishes(
        {_plain(pair.text("name", "key")): pair.text("value") for pair in pairs}
    )


def is_picked_up(order: Node, wishes: Wishes) -> bool:
    """Every shipping method is one of picking up, or an app says so."""
    categories = [
        _plain(node.text("delivery_category", "deliveryCategory"))
        for node in order.items("shipping_lines", "shippingLines")
        if not node.flag("is_removed", "isRemoved")
    ]
    if categories and all(map(_is_pickup, categories)):
        return True
    return _is_pickup(wishes.find(*METHODS))


def _is_pickup(text: str) -> bool:
    return _plain(text).replace(" ", "") in ("pickup", "localpickup", "instorepickup")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()
