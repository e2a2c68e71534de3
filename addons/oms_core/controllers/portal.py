# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

# The address is a secret: it stays out of caches, search engines and referrers.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
IMAGE_SECONDS = 7 * 24 * 3600


class OmsPortal(CustomerPortal):
    """The buyer's tracking page: by token without login, or one's own orders.

    A page of its own beside Odoo's /my/orders, which sells (sign, pay, chat) and
    loads the scripts for that; this one answers "where is it?" on a phone, without
    any script.
    """

    @http.route("/my/oms/<int:order_id>", type="http", auth="public", methods=["GET"])
    def oms_order(self, order_id, access_token=None, done=None, **kwargs):
        order = self._find_oms_order(order_id, access_token)
        if not order:
            return self._render_oms_missing()
        if order.state in ("draft", "sent") and not order.oms_external_id:
            return request.redirect(order.get_portal_url())  # a quotation
        return self._render_oms_order(order, done=done == "cancelled")

    @http.route(
        "/my/oms/<int:order_id>/cancel", type="http", auth="public", methods=["POST"]
    )
    def oms_cancel(self, order_id, access_token=None, reason="", **kwargs):
        order = self._find_oms_order(order_id, access_token)
        if not order:
            return self._render_oms_missing()
        refusal = order._oms_cancel_by_buyer(reason)
        if refusal:
            return self._render_oms_order(order, refusal=refusal)
        # Not the page itself: reloading it must not ask to cancel again.
        return request.redirect(f"{order._get_oms_portal_url()}&done=cancelled")

    @http.route(
        "/my/oms/<int:order_id>/image/<int:product_id>",
        type="http",
        auth="public",
        methods=["GET"],
    )
    def oms_image(self, order_id, product_id, access_token=None, **kwargs):
        """The picture of a product of this order, and of no other."""
        order = self._find_oms_order(order_id, access_token)
        products = order and order._get_oms_portal_products()
        product = products and products.filtered(lambda p: p.id == product_id)
        if not product:
            return request.not_found()
        stream = request.env["ir.binary"]._get_image_stream_from(product, "image_128")
        return stream.get_response(max_age=IMAGE_SECONDS)

    # === HELPERS ===

    def _find_oms_order(self, order_id, access_token):
        """The order as superuser in the buyer's language, or None.

        Odoo's own check: rights of a reader who is logged in, or a token compared
        in constant time. A wrong token and an order that is not there look alike.
        """
        try:
            order = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return None
        request.update_context(lang=order._get_oms_portal_lang())
        return order.with_context(lang=order._get_oms_portal_lang())

    def _render_oms_order(self, order, **values):
        response = request.render(
            "oms_core.portal_order", order._get_oms_portal_values() | values
        )
        response.headers.update(HEADERS)
        return response

    def _render_oms_missing(self):
        company = request.env.company.sudo()  # name and logo, known to the public
        response = request.render("oms_core.portal_missing", {"company": company})
        response.headers.update(HEADERS)
        response.status_code = 404
        return response
