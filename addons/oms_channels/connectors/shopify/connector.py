# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import hmac
import logging
from dataclasses import replace

from odoo import models
from odoo.exceptions import UserError

from ...engine.errors import Misconfigured
from . import (
    capturing,
    compliance,
    documents,
    editing,
    fetching,
    hooks,
    mapper,
    permissions,
    reasons,
    telling,
    tracking,
    undoing,
)
from .catalogue import Catalogue
from .client import Client
from .payouts import fetch_payouts
from .pricing import Pricing
from .stocking import Stocking

_logger = logging.getLogger(__name__)

# Both spellings are in use: the second is that of the platform's newer events.
SIGNATURES = ("x-shopify-hmac-sha256", "shopify-hmac-sha256")
TOPICS = ("x-shopify-topic", "shopify-topic")
DELIVERIES = ("x-shopify-webhook-id", "shopify-webhook-id")
# The platform's own gateway: the only one whose payouts it knows.
GATEWAY = "shopify_payments"
# Topics whose body is the whole order. All others only say that something happened
# to an order, and each of them comes with an orders/updated that carries it.
ORDER_TOPICS = {
    "orders/create",
    "orders/updated",
    "orders/paid",
    "orders/cancelled",
    "orders/fulfilled",
    "orders/partially_fulfilled",
}


class OmsConnectorShopify(models.AbstractModel):
    """A Shopify shop: orders in, parcels and stock out."""

    _name = "oms.connector.shopify"
    _inherit = "oms.connector"
    _description = "Connector: Shopify"

    _takes_tracking = True

    # === ORDERS ===

    def _get_order_key(self, channel, payload):
        return mapper.order_key(payload)

    def _map_order(self, channel, payload):
        return mapper.order_from_payload(payload, channel.currency_side or "shop")

    def _fetch_orders(self, channel, since, cursor=None):
        with self._get_client(channel) as client:
            return fetching.fetch_page(client, since, cursor)

    def _read_clock(self, channel):
        """Override of the base."""
        with self._get_client(channel) as client:
            client.ask(documents.SHOP)
            return client.answered_at

    # === WEBHOOKS ===

    def _verify_webhook(self, channel, headers, body):
        """Override of the base to check the HMAC-SHA256 of the raw body."""
        given = _get_header(headers, SIGNATURES).encode("utf-8", "replace")
        matches = [
            hmac.compare_digest(_sign(secret, body), given)
            # After a change the shop may sign with the old one for an hour.
            for secret in self._get_webhook_secrets(channel)
        ]
        return any(matches)

    def _get_webhook_secrets(self, channel):
        try:
            found = [
                channel._get_secret("webhook_secret"),
                channel._get_secret("webhook_secret_old"),
            ]
        except UserError as error:
            _logger.warning("channel %s: webhook refused: %s", channel.code, error)
            return []
        return [secret for secret in found if secret]

    def _read_webhook(self, channel, headers, payload):
        topic = _get_header(headers, TOPICS).strip().lower()
        return [payload] if topic in ORDER_TOPICS else []

    def _read_privacy_request(self, channel, headers, payload):
        topic = _get_header(headers, TOPICS).strip().lower()
        delivery = _get_header(headers, DELIVERIES)
        return compliance.privacy_request(topic, payload, delivery)

    def _register_webhooks(self, channel):
        """Override of the base. They are signed with the secret of the app."""
        if not self._get_webhook_secrets(channel):
            raise Misconfigured(
                self.env._(
                    "Webhooks are signed with the secret of the app: enter it as the "
                    "webhook secret first."
                ),
                field="webhook_secret",
            )
        with self._get_client(channel) as client:
            hooks.register(client, self._get_webhook_url(channel))
        return len(hooks.TOPICS)

    def _mend_webhooks(self, channel):
        """Override of the base: the shop removes what has failed too often."""
        if not channel.webhooks_registered:
            # They may be declared with the app, which makes them last.
            return []
        with self._get_client(channel) as client:
            return hooks.register(client, self._get_webhook_url(channel))

    def _get_webhook_url(self, channel):
        # Only administrators read parameters, and this one is in every mail we send.
        parameters = self.env["ir.config_parameter"].sudo()  # see above
        base = parameters.get_param("web.base.url")
        return f"{base}/oms/webhook/shopify/{channel.code}"

    # === OUT ===

    def _push_shipments(self, channel, shipments):
        told = self._get_told_shipments(channel, shipments)
        with self._get_client(channel) as client:
            return telling.tell_shipments(client, shipments, told)

    def _push_tracking(self, channel, changes):
        told = self._get_told_shipments(channel, [c.shipment for c in changes])

        def retell(client, change):
            others = told.get(change.shipment.order_external_id, ())
            tracking.retell(client, change, others)

        with self._get_client(channel) as client:
            return undoing.push_each(client, changes, retell)

    def _get_told_shipments(self, channel, shipments):
        """{order's external id: its shipments that the shop has taken before}."""
        keys = list({shipment.order_external_id for shipment in shipments})
        messages = self.env["oms.channel.message"].search(
            [
                ("channel_id", "=", channel.id),
                ("direction", "=", "out"),
                ("kind", "=", "shipment"),
                ("external_id", "in", keys),
                ("state", "=", "done"),
            ]
        )
        return {
            key: [channel._load_shipment(message._get_payload()) for message in group]
            for key, group in messages.grouped("external_id").items()
        }

    def _push_stock(self, channel, levels):
        with self._get_client(channel) as client:
            return Stocking(client).push(levels)

    def _push_prices(self, channel, prices):
        with self._get_client(channel) as client:
            return Pricing(client).push(prices)

    # === CATALOGUE ===

    def _fetch_catalogue(self, channel, cursor=None):
        named = channel.location_ids.filtered("warehouse_id").mapped("external_id")
        with self._get_client(channel) as client:
            return Catalogue(client, named).fetch_page(cursor)

    def _fetch_locations(self, channel):
        with self._get_client(channel) as client:
            return Catalogue(client).list_locations()

    def _fetch_settings(self, channel, orders):
        """Override of the base: orders may be in any currency, the shop has one."""
        found = super()._fetch_settings(channel, orders)
        with self._get_client(channel) as client:
            shop = client.ask(documents.SHOP).get("shop") or {}
        return replace(found, currency=shop.get("currencyCode") or "")

    def _push_cancellations(self, channel, cancellations):
        with self._get_client(channel) as client:
            return undoing.push_each(client, cancellations, undoing.cancel)

    def _get_cancel_reason(self, channel, word):
        return reasons.get_ours(word)

    def _push_refunds(self, channel, refunds):
        with self._get_client(channel) as client:
            return undoing.push_each(client, refunds, undoing.refund)

    def _push_edits(self, channel, edits):
        with self._get_client(channel) as client:
            return undoing.push_each(client, edits, editing.edit)

    def _push_closes(self, channel, closings):
        with self._get_client(channel) as client:
            return undoing.push_each(client, closings, editing.close)

    # === MONEY ===

    def _push_captures(self, channel, captures):
        with self._get_client(channel) as client:
            return undoing.push_each(client, captures, capturing.capture)

    def _push_voids(self, channel, voids):
        with self._get_client(channel) as client:
            return undoing.push_each(client, voids, capturing.void)

    def _fetch_settlements(self, channel, since):
        with self._get_client(channel) as client:
            return GATEWAY, fetch_payouts(client, since)

    # === CONNECTION ===

    def _get_client(self, channel):
        """A client of the channel's shop, for a ``with`` statement.

        :raise Misconfigured: if address or token are missing or useless
        """
        try:
            token = channel._get_secret("api_token")
        except UserError as error:
            raise Misconfigured(str(error), field="api_token") from None
        return Client(channel.shop_url, token, channel.api_version or "")

    def _test(self, channel):
        with self._get_client(channel) as client:
            shop = client.ask(documents.SHOP).get("shop") or {}
            permissions.check(
                client,
                pushes_prices=channel.push_prices,
                edits_orders=channel.edits_told == "shop",
            )
        sentences = [
            self.env._(
                "Connected to %(name)s (%(domain)s), API version %(version)s.",
                name=shop.get("name"),
                domain=shop.get("myshopifyDomain"),
                version=client.served_version or client.version,
            )
        ]
        if not self._get_webhook_secrets(channel):
            sentences.append(
                self.env._(
                    "Webhooks are refused until the channel has the webhook secret."
                )
            )
        return " ".join(sentences)


def _get_header(headers, names):
    """The first of these headers, whatever the case of its name; else ""."""
    found = {name.lower(): value for name, value in headers.items()}
    return next((found[name] for name in names if name in found), "")


def _sign(secret, body):
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest)
