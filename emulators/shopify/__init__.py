# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A shop that speaks Shopify's Admin GraphQL API and sends its webhooks."""

API_VERSION = "2026-10"
DEFAULT_TOKEN = "shpat_emulator"  # noqa: S105 - the public token of a local test shop
DEFAULT_SECRET = "emulator-secret"  # noqa: S105 - as above
