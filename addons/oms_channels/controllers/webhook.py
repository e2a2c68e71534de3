# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import logging
from decimal import Decimal
from urllib.parse import urlencode

from psycopg2.errors import SerializationFailure
from werkzeug.exceptions import RequestEntityTooLarge

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..engine.errors import ChannelError, Rejected

_logger = logging.getLogger(__name__)

LARGEST_BODY = 2 * 1024 * 1024


class OmsWebhook(http.Controller):
    """Verify, store, answer. A job does the rest."""

    @http.route(
        "/oms/webhook/<string:platform>/<string:code>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def receive(self, platform, code, **_kwargs):
        try:
            body = self._read_body()
        except RequestEntityTooLarge:
            return self._refuse(413, f"The body is larger than {LARGEST_BODY} bytes.")
        if self._is_ping(platform, body):
            return self._accept()
        channel = self._find_channel(platform, code, body)
        if not channel:
            return self._refuse(401, self._describe_signature(code))
        try:
            payload = json.loads(body, parse_float=Decimal)
        except (ValueError, UnicodeDecodeError) as error:
            refusal = Rejected(f"the body is not JSON: {error}", field="body")
            channel._receive_unreadable(body, refusal)
            return self._accept()
        self._store(channel, payload)
        return self._accept()

    # === STEPS ===

    def _read_body(self):
        """The body as it came; a form has been read from the line already.

        A delivery in chunks does not say how long it is: it is read no further than
        the limit, either.
        """
        request.httprequest.max_content_length = LARGEST_BODY
        if (request.httprequest.content_length or 0) > LARGEST_BODY:
            raise RequestEntityTooLarge()
        body = request.httprequest.get_data(cache=True)
        form = request.httprequest.form
        return body or urlencode(list(form.items(multi=True))).encode()

    def _is_ping(self, platform, body):
        model = f"oms.connector.{platform}"
        if model not in request.env:
            return False
        headers = request.httprequest.headers
        return request.env[model]._is_ping(request.env["oms.channel"], headers, body)

    def _find_channel(self, platform, code, body):
        """The channel whose secret signed this body, or an empty recordset."""
        # Nobody is logged in: the signature, checked below, is what admits; what
        # follows is done by the system, and not by the public visitor.
        channels = (
            request.env["oms.channel"]
            .with_user(SUPERUSER_ID)
            .search([("platform", "=", platform), ("code", "=", code)])
        )
        headers = request.httprequest.headers
        return channels.filtered(
            lambda channel: channel._get_connector()._verify_webhook(
                channel, headers, body
            )
        )[:1]

    def _describe_signature(self, code):
        """Why nobody was let in: which header said what, and what to check."""
        signatures = [
            f"{name} is “{value[:80]}”"
            for name, value in request.httprequest.headers.items()
            if "hmac" in name.lower() or "signature" in name.lower()
        ]
        return (
            f"{'; '.join(signatures) or 'No header carries a signature'}: this does "
            f"not sign the body for channel “{code[:80]}”. Check the secret of the "
            "channel and the address of the webhook."
        )

    def _store(self, channel, payload):
        connector = channel._get_connector()
        headers = request.httprequest.headers
        asked = connector._read_privacy_request(channel, headers, payload)
        if asked:
            request.env["oms.privacy.request"].with_user(SUPERUSER_ID)._receive(
                channel, asked
            )
            return
        try:
            orders = connector._read_webhook(channel, headers, payload)
        except ChannelError as error:
            channel._receive_unreadable(self._read_body(), error)
            return
        if not orders:
            return
        try:
            with request.env.cr.savepoint():
                channel._receive_orders(orders, connector)
        except SerializationFailure:
            # Another worker has stored the very same content at this moment: it is
            # there, and will be processed from there.
            return
        channel._delay_processing("in")

    # === ANSWERS ===

    def _accept(self):
        return request.make_json_response({"ok": True})

    def _refuse(self, status, message):
        _logger.info("webhook %s refused: %s", request.httprequest.path, message)
        return request.make_json_response(
            {"ok": False, "error": message}, status=status
        )
