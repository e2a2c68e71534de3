# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why orders are cancelled, in the shop's words and in ours.

https://shopify.dev/docs/api/admin-graphql/latest/enums/OrderCancelReason
"""

OURS = {
    "customer": "buyer_changed_mind",
    "inventory": "out_of_stock",
    "fraud": "fraud",
    "declined": "other",
    "staff": "other",
    "other": "other",
}
THEIRS = {
    "buyer_changed_mind": "CUSTOMER",
    "duplicate": "CUSTOMER",
    "out_of_stock": "INVENTORY",
    "fraud": "FRAUD",
}


def get_ours(word: str) -> str:
    """The code of our reason; empty for what the shop does not say."""
    return OURS.get(word.lower(), "")


def get_theirs(code: str) -> str:
    """The shop has no word for what is particular to us."""
    return THEIRS.get(code, "OTHER")
