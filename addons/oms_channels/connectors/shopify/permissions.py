# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the app must be allowed to do in the shop."""

from collections.abc import Iterable

from ...engine.errors import Misconfigured
from . import documents
from .client import Client

# What each is for, so that an administrator knows what is lost without it.
NEEDED = {
    "read_orders": "fetch orders",
    "write_orders": "cancel and refund orders",
    "read_products": "read the catalogue",
    "read_inventory": "find what stock is kept of",
    "write_inventory": "tell the stock",
    "read_locations": "know where the shop keeps stock",
    "write_merchant_managed_fulfillment_orders": "tell parcels",
}
PRICES = {"write_products": "tell prices"}
EDITS = {"write_order_edits": "edit orders"}


def check(
    client: Client, *, pushes_prices: bool = False, edits_orders: bool = False
) -> None:
    """:raise Misconfigured: naming every permission that is missing"""
    data = client.ask(documents.SCOPES).get("currentAppInstallation") or {}
    given = {str(row.get("handle")) for row in data.get("accessScopes") or ()}
    needed = NEEDED | (PRICES if pushes_prices else {})
    needed |= EDITS if edits_orders else {}
    missing = find_missing(given, needed)
    if missing:
        listed = ", ".join(f"{name} (to {needed[name]})" for name in missing)
        raise Misconfigured(
            f"The access token works, but the app lacks these permissions: {listed}. "
            "Give them to the app in the shop's administration, install it again, "
            "and enter the new token.",
            field="api_token",
        )


def find_missing(given: Iterable[str], needed: Iterable[str]) -> list[str]:
    """Who may write may read: the platform does not list both.

    >>> find_missing({"write_orders"}, ["read_orders", "write_orders", "read_products"])
    ['read_products']
    """
    known = set(given)
    known |= {
        f"read_{name.removeprefix('write_')}"
        for name in known
        if name.startswith("write_")
    }
    return [name for name in needed if name not in known]
