# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A shop that speaks WooCommerce's REST API (v3) and sends its webhooks."""

# The public credentials of a local test shop.
DEFAULT_KEY = "ck_emulator"
DEFAULT_SECRET = "cs_emulator"  # noqa: S105 - see above
READ_ONLY_KEY = "ck_readonly"
WEBHOOK_SECRET = "emulator-secret"  # noqa: S105 - see above
