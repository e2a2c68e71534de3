# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What EDIFACT, X12 and UBL orders have in common."""

CANCELLED = "cancelled"
ORIGINAL = "original"


def order_key(buyer: str, number: str) -> str:
    """The number is the buyer's: two buyers may have the same.

    >>> order_key("5412345000013", "4711"), order_key("", "4711")
    ('5412345000013/4711', '4711')
    """
    return f"{buyer}/{number}" if buyer and number else number
