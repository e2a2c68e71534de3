# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ways in which this shop disappoints, switched on by name for a test."""

NAMES = {
    "page_drift": "an order moves to another page while the pages are read",
    "duplicate_webhook": "each webhook comes twice, with the same webhook id",
    "out_of_order": "webhooks come in pairs, the later one first",
    "late_webhook": "webhooks come `seconds` later (default 1)",
    "lost_webhook": "webhooks never come",
    "disabled_webhook": "what happens next ends every subscription made by the API",
    "repeated_delivery_id": "all webhooks have the same webhook id",
    "stale_retry": "an accepted webhook comes once more later, with its old body",
    "throttle": "GraphQL answers THROTTLED with HTTP 200",
    "error_5xx_before": "HTTP 503, and nothing happened",
    "error_5xx_after_effect": "HTTP 502, and yet it happened",
    "expired_token": "HTTP 401",
    "html_instead_of_json": "HTTP 200 with a page for people",
    "truncated_body": "the answer ends in the middle",
    "deleted_product": "the first product of each new order is deleted",
    "slow": "the answer takes `seconds` longer (default 1)",
}
