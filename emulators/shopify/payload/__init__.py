# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies of webhooks: the shop's records in the shape of the REST Admin API."""

from .after import edit, fulfillment, refund
from .order import order

__all__ = ["edit", "fulfillment", "order", "refund"]
