# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import hmac
import html
import logging
import re
import secrets

from odoo import models
from odoo.exceptions import UserError

from ...engine.catalogue import join_settings
from ...engine.errors import ChannelError, Misconfigured, Retry
from ..answers import read_date
from . import catalogue, fetching, hooks, mapper, stocking, telling, undoing
from .client import Client
from .progress import REFUNDS

_logger = logging.getLogger(__name__)

SIGNATURE = "x-wc-webhook-signature"
TOPIC = "x-wc-webhook-topic"
DELIVERY = "x-wc-webhook-delivery-id"


class OmsConnectorWoocommerce(models.AbstractModel):
    """A WooCommerce shop: orders in, parcels, stock, prices and refunds out."""

    _name = "oms.connector.woocommerce"
    _inherit = "oms.connector"
    _description = "Connector: WooCommerce"

    _takes_tracking = True

    # === ORDERS ===

    def _get_order_key(self, channel, payload):
        return mapper.order_key(payload)

    def _map_order(self, channel, payload):
        return mapper.order_from_payload(payload)

    def _fetch_orders(self, channel, since, cursor=None):
        """Override of the base: all orders, then what of ours went to the trash."""
        status, _bar, place = (cursor or "any|").partition("|")
        with self._get_client(channel) as client:
            orders, behind = fetching.fetch_page(client, since, place or None, status)
            if status == "trash":
                orders = self._filter_known(channel, orders)
            if behind:
                return orders, f"{status}|{behind}"
            if status == "any":
                return orders, "trash|"
        return orders, None

    def _filter_known(self, channel, payloads):
        keys = [str(payload["id"]) for payload in payloads]
        known = self.env["sale.order"].search(
            [("oms_channel_id", "=", channel.id), ("oms_external_id", "in", keys)]
        )
        return [p for p in payloads if str(p["id"]) in known.mapped("oms_external_id")]

    def _refresh_orders(self, channel, payloads):
        """Override of the base: a webhook is a signal, the order is read again.

        Its body would do for most orders. But it names refunds without their lines,
        times have whole seconds only, and what was deleted is a number and no more.
        """
        signals = {at: str(p["id"]) for at, p in enumerate(payloads) if _is_signal(p)}
        if channel.platform != "woocommerce" or not channel.shop_url or not signals:
            return payloads
        try:
            with self._get_client(channel) as client:
                found = fetching.read_again(client, [*signals.values()])
        except ChannelError as error:
            found = dict.fromkeys(signals.values(), error)
        return [
            _choose(found.get(signals.get(at)), payload)
            for at, payload in enumerate(payloads)
        ]

    def _read_clock(self, channel):
        """Override of the base."""
        with self._get_client(channel) as client:
            return read_date(client.call("GET", "data/currencies/current").headers)

    # === WEBHOOKS ===

    def _is_ping(self, channel, headers, body):
        """Override of the base: what is sent when a webhook is made, unsigned."""
        return re.fullmatch(rb"webhook_id=\d{1,20}", body.strip()) is not None

    def _verify_webhook(self, channel, headers, body):
        """Override of the base to check the HMAC-SHA256 of the raw body."""
        given = _get_header(headers, SIGNATURE).encode("utf-8", "replace")
        matches = [
            hmac.compare_digest(_sign(secret, body), given)
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
        # The shop keeps what was entered with its signs as HTML has them, or without.
        return [
            text
            for secret in found
            if secret
            for text in {secret, html.unescape(secret)}
        ]

    def _read_webhook(self, channel, headers, payload):
        """Override of the base. The topic says what happened, not what is true now.

        The delivery's number goes along: the same body once more, later, says that
        something happened once more.
        """
        topic = _get_header(headers, TOPIC).strip().lower()
        if not topic.startswith("order.") or mapper.is_draft(payload):
            return []
        if not isinstance(payload, dict):
            return [payload]
        delivery = {"oms_delivery": _get_header(headers, DELIVERY)}
        if topic == "order.deleted":
            return [{"id": payload.get("id"), "deleted": True} | delivery]
        return [payload | delivery]

    def _register_webhooks(self, channel):
        """Override of the base: one a topic, signed with the channel's secret."""
        secret = channel._get_secret("webhook_secret")
        if not secret:
            secret = secrets.token_hex(24)
            channel.webhook_secret = secret
        base = (
            self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        )  # public
        with self._get_client(channel) as client:
            return hooks.register(client, base + self._get_path(channel), secret)

    def _mend_webhooks(self, channel):
        """Override of the base: the shop disables what has failed a few times."""
        with self._get_client(channel) as client:
            return hooks.enable(client, self._get_path(channel))

    def _get_path(self, channel):
        return f"/oms/webhook/woocommerce/{channel.code}"

    # === OUT ===

    def _push_shipments(self, channel, shipments):
        with self._get_client(channel) as client:
            return telling.Teller(client).tell_all(shipments)

    def _push_tracking(self, channel, changes):
        with self._get_client(channel) as client:
            return telling.Teller(client).retell_all(changes)

    def _push_stock(self, channel, levels):
        with self._get_client(channel) as client:
            return stocking.push_stock(client, levels)

    def _push_prices(self, channel, prices):
        with self._get_client(channel) as client:
            return stocking.push_prices(client, prices)

    def _push_cancellations(self, channel, cancellations):
        return self._push_each(channel, cancellations, undoing.cancel)

    def _push_refunds(self, channel, refunds):
        return self._push_each(channel, refunds, undoing.refund)

    def _push_closes(self, channel, closings):
        return self._push_each(channel, closings, undoing.close)

    def _push_each(self, channel, documents, push):
        with self._get_client(channel) as client:
            return {d.key: _try_to(push, client, d) for d in documents}

    # === CATALOGUE ===

    def _fetch_catalogue(self, channel, cursor=None):
        with self._get_client(channel) as client:
            return catalogue.fetch_page(client, cursor)

    def _fetch_settings(self, channel, orders):
        """Override of the base: the shop lists what it has, not only what was used."""
        with self._get_client(channel) as client:
            listed = catalogue.fetch_settings(client)
        return join_settings(listed, super()._fetch_settings(channel, orders))

    # === CONNECTION ===

    def _get_client(self, channel):
        """A client of the channel's shop, for a ``with`` statement.

        :raise Misconfigured: if address or credentials are missing or useless
        """
        try:
            secret = channel._get_secret("api_token")
        except UserError as error:
            raise Misconfigured(str(error), field="api_token") from None
        return Client(channel.shop_url, channel.api_key, secret)

    def _test(self, channel):
        with self._get_client(channel) as client:
            answer = client.call("GET", "orders", query={"per_page": 1})
            hooks_known = [*client.list_all("webhooks")]
        count = answer.headers.get("x-wp-total", "0")
        sentences = [
            self.env._(
                "Connected to %(shop)s: %(count)s orders.",
                shop=channel.shop_url,
                count=count,
            )
        ]
        path = self._get_path(channel)
        if not any(
            row.get("status") == "active"
            and str(row.get("delivery_url")).endswith(path)
            for row in hooks_known
        ):
            sentences.append(
                self.env._(
                    "It has no active webhook for this channel: register them, or "
                    "orders arrive by polling only."
                )
            )
        return " ".join(sentences)


def _try_to(push, client, document):
    """Why it could not be done, or None."""
    try:
        push(client, document)
    except ChannelError as error:
        return error
    return None


def _is_signal(payload):
    """Whether this is the body of a webhook, which the API has not been asked for."""
    if not isinstance(payload, dict) or REFUNDS in payload:
        return False
    number = str(payload.get("id"))
    return number.isascii() and number.isdigit()


def _is_partial(payload):
    """Whether a body says too little to go by."""
    return bool(payload.get("deleted") or payload.get("refunds"))


def _choose(found, payload):
    """What to go by: what was read again, why it was not, or the body."""
    if isinstance(found, ChannelError) and not isinstance(found, Retry):
        # The bodies are signed: better them than nothing until it is mended.
        return found if _is_partial(payload) else payload
    return found or payload


def _get_header(headers, name):
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _sign(secret, body):
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest)
