# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools.misc import format_date, format_datetime

# How far along the bar of the tracking page an order is; 0: nowhere (cancelled).
STEPS = {
    "cancelled": 0,
    "allocated": 2,
    "picking": 2,
    "packed": 2,
    "partially_shipped": 3,
    "shipped": 3,
    "delivered": 4,
    "closed": 4,
}


class SaleOrder(models.Model):
    """What the buyer is shown of an order: nothing of the house, all of the order.

    Everything here is called with the order as superuser, in the buyer's language,
    after the controller has checked the token or the rights of the reader.
    """

    _inherit = "sale.order"

    # === READING ===

    def _get_oms_portal_url(self, suffix=""):
        """Path of the tracking page, token included; see `_ensure_oms_tokens`."""
        self.ensure_one()
        token = self._portal_ensure_token()
        return f"/my/oms/{self.id}{suffix}?access_token={token}"

    def _get_oms_portal_lang(self):
        """The buyer's language, the company's where we do not know it.

        Odoo tries templates on any document, also on one without an order.
        """
        langs = dict(self.env["res.lang"].get_installed())
        wanted = (self.partner_id.lang, self.company_id.partner_id.lang, "en_US")
        return next((lang for lang in wanted if lang in langs), self.env.lang)

    def _get_oms_portal_tz(self):
        return self.partner_id.tz or self.company_id.partner_id.tz or "UTC"

    def _get_oms_portal_values(self):
        """Values of the tracking page; extend to add to it."""
        self.ensure_one()
        parcels = self._get_oms_portal_parcels()
        return {
            "order": self,
            "company": self.company_id,
            "number": self.oms_external_number or self.name,
            "state": self._get_oms_portal_state(),
            "step": STEPS.get(self.oms_state, 1),
            "steps": self._get_oms_portal_steps(),
            "promise": self._get_oms_portal_promise(),
            "parcels": parcels,
            "lines": self._get_oms_portal_lines(),
            "timeline": self._get_oms_portal_timeline(),
            "invoices": self._get_oms_portal_invoices(),
            "actions": self._get_oms_portal_actions(),
            "address": self.partner_shipping_id._get_oms_address(),
            "when": self._format_oms_portal_time,
        }

    def _get_oms_portal_state(self):
        """The state in the buyer's words; why an order waits is ours to know."""
        words = self.env._
        return {
            "backordered": words("Waiting for goods"),
            "unfillable": words("Waiting for goods"),
            "allocated": words("Getting ready"),
            "picking": words("Being packed"),
            "packed": words("Being packed"),
            "partially_shipped": words("Partly on its way"),
            "shipped": words("On its way"),
            "delivered": words("Delivered"),
            "closed": words("Delivered") if self.picking_ids else words("Completed"),
            "cancelled": words("Cancelled"),
        }.get(self.oms_state, words("We have your order"))

    def _get_oms_portal_steps(self):
        words = self.env._
        return [
            words("Received"),
            words("Getting ready"),
            words("On its way"),
            words("Delivered"),
        ]

    def _get_oms_portal_promise(self):
        """Label and moment of what was promised and is still to come, or False."""
        if self.oms_state in ("delivered", "closed", "cancelled"):
            return False
        if self.oms_deliver_by:
            # A date, as the buyer's calendar shows it: of no time zone.
            arrival = format_date(
                self.env, self.oms_deliver_by, date_format="EEEE d MMMM"
            )
            return self.env._("Arrives by"), arrival
        if self.oms_ship_by and self.oms_state != "shipped":
            return self.env._("Ships by"), self._format_oms_portal_day(self.oms_ship_by)
        return False

    def _format_oms_portal_day(self, moment):
        return format_datetime(
            self.env, moment, tz=self._get_oms_portal_tz(), dt_format="EEEE d MMMM"
        )

    def _format_oms_portal_time(self, moment):
        return format_datetime(
            self.env, moment, tz=self._get_oms_portal_tz(), dt_format="d MMM, HH:mm"
        )

    # === LINES ===

    def _get_oms_portal_products(self):
        """Products whose pictures the buyer may see."""
        return (
            self.order_line.product_id
            | self.order_line.move_ids.product_id
            | self.picking_ids.move_ids.product_id
        )

    def _get_oms_portal_lines(self):
        """Lines with what the buyer calls them; notes of the house are not lines."""
        lines = self.order_line.filtered(lambda line: not line.display_type)
        return [
            {
                "name": line._get_oms_portal_name(),
                "quantity": self._format_oms_portal_quantity(line.product_uom_qty),
                "total": line.price_total,
                "product": line.product_id,
            }
            for line in lines
        ]

    def _format_oms_portal_quantity(self, quantity):
        point = self.env["res.lang"]._get_data(code=self.env.lang).decimal_point
        return f"{quantity:.10g}".replace(".", point or ".")

    # === PARCELS ===

    def _get_oms_portal_parcels(self):
        parcels = self.picking_ids.filtered(
            lambda parcel: (
                parcel.picking_type_code == "outgoing" and parcel.state != "cancel"
            )
        ).sorted("id")
        return [self._prepare_oms_portal_parcel(parcel) for parcel in parcels]

    def _prepare_oms_portal_parcel(self, parcel):
        gone = parcel.state == "done"
        moves = parcel.move_ids.filtered(lambda move: move.state != "cancel")
        words = self.env._
        if parcel.oms_delivered_at:
            state, step, date = words("Delivered"), 4, parcel.oms_delivered_at
        elif gone:
            state, step, date = words("On its way"), 3, parcel.date_done
        elif parcel.printed or any(moves.mapped("picked")):
            state, step, date = words("Being packed"), 2, False
        elif parcel.state == "assigned":
            state, step, date = words("Getting ready"), 2, False
        else:
            state, step, date = words("Waiting for goods"), 1, False
        return {
            "state": state,
            "step": step,
            "date": date,
            "carrier": parcel.carrier_id.name,
            "tracking": parcel.carrier_tracking_ref,
            "tracking_url": parcel._get_oms_tracking_url(),
            "contents": [
                {
                    "product": product,
                    "name": product.with_context(
                        display_default_code=False
                    ).display_name,
                    "quantity": self._format_oms_portal_quantity(
                        sum(same.mapped("quantity" if gone else "product_uom_qty"))
                    ),
                }
                for product, same in moves.grouped("product_id").items()
            ],
        }

    # === DOCUMENTS ===

    def _get_oms_portal_invoices(self):
        return self.invoice_ids.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type in ("out_invoice", "out_refund")
            )
        ).sorted("id")

    # === HOOKS ===

    def _get_oms_portal_actions(self):
        """What the buyer may do; extend to offer more, as a return.

        :return: dicts with ``code``, ``label``, and either ``reason`` (why not, a
            sentence) or ``url`` (where to; a POST with the token when ``confirm``
            holds the question to ask first)
        """
        self.ensure_one()
        return (
            [self._prepare_oms_cancel_action()] if self.oms_state != "cancelled" else []
        )
