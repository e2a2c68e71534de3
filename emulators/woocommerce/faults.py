# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ways in which this shop disappoints, switched on by name for a test."""

NAMES = {
    "page_drift": "the first order of a page changes while the pages are read",
    "vanish": "the first order of a page goes to the trash while the pages are read",
    "duplicate_webhook": "each webhook comes twice",
    "out_of_order": "the webhooks of a round come in the opposite order",
    "late_webhook": "webhooks come `seconds` later (default 1)",
    "stale_webhook": "a webhook's body is the order as it was before the change",
    "lost_webhook": "webhooks never come",
    "disabled_webhook": "what happens next disables every webhook",
    "throttle": "the host answers 429 with a page",
    "maintenance": "the host answers 503 with a page",
    "error_5xx_before": "HTTP 502 of the host, and nothing happened",
    "error_5xx_after_effect": "HTTP 502 of the host, and yet it happened",
    "fatal_error": "HTTP 500: PHP broke down",
    "invalid_key": "HTTP 401: the key was revoked",
    "html_instead_of_json": "HTTP 200 with a page for people",
    "php_notice": "HTTP 200, a notice of PHP before the JSON",
    "truncated_body": "the answer ends in the middle",
    "redirect": "HTTP 301 to another address",
    "ignores_modified_after": "an old shop, which lists all orders whatever is asked",
    "slow": "the answer takes `seconds` longer (default 1)",
}
