# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every GraphQL document that is sent to a shop.

A test checks them against the schema that Shopify publishes, and that none costs
more than half of what a single call may. Connections inside of other objects have
small pages: most orders fit, the few others are completed by documents of their own.
"""

from .base import Document
from .catalogue import CATALOGUE, ITEM_LEVELS, SCOPES, SET_PRICES, VARIANTS
from .editing import BEGIN_EDIT, CLOSE, COMMIT_EDIT, EDITABLE_LINES, SET_UNITS
from .orders import (
    ORDER_LINES,
    ORDER_SHIPPING,
    ORDERS,
    REFUND_ADJUSTMENTS,
    REFUNDED_LINES,
    REFUNDED_SHIPPING,
)
from .parcels import (
    CREATE_FULFILMENT,
    FULFILMENT_LINES,
    FULFILMENT_ORDER_LINES,
    FULFILMENT_ORDERS,
    FULFILMENTS,
    UPDATE_TRACKING,
)
from .payments import CAPTURE, PAYOUT_LINES, PAYOUTS, TRANSACTIONS, VOID
from .stock import ACTIVATE, INVENTORY_ITEMS, LOCATIONS, SET_QUANTITIES, SHOP
from .undoing import CANCEL, REFUND, REFUNDABLE_LINES, UNDONE
from .webhooks import CREATE_WEBHOOK, WEBHOOKS
