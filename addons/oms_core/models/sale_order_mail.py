# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# An order in one of these is not waited for any more.
FINISHED = ("shipped", "delivered", "closed", "cancelled")


class SaleOrder(models.Model):
    """What the mails to the buyer need of an order."""

    _inherit = "sale.order"

    oms_buyer_mail_ids = fields.One2many(
        "oms.buyer.mail", "order_id", string="Mails to the Buyer", readonly=True
    )

    def _action_confirm(self):
        """Override of `sale`: an order that was entered here is received now."""
        result = super()._action_confirm()
        entered = self.filtered(lambda o: o.oms_channel_id and not o.oms_external_id)
        self.env["oms.buyer.mail"]._queue(
            [
                {"order": order, "occasion": "capture", "document": order}
                for order in entered
            ]
        )
        return result

    def _ensure_oms_tokens(self):
        """A token for each order that has none, in one statement."""
        missing = self.filtered(lambda order: not order.access_token)
        if not missing:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE sale_order SET access_token = gen_random_uuid()::text"
                " WHERE id IN %s AND access_token IS NULL",
                tuple(missing.ids),
            )
        )
        missing.invalidate_recordset(["access_token"])

    # === MAIL ===

    def _get_oms_mail_order(self):
        return self

    def _get_oms_mail_goods(self):
        """What is listed below the text: dicts with product, name, quantity."""
        return self._get_oms_portal_lines()

    def _get_oms_mail_parcels(self):
        """Parcels whose tracking is shown below the text."""
        return self.env["stock.picking"]

    # === DELAY ===

    @api.model
    def _cron_queue_delays(self):
        """Tell the buyers whose parcel should have left and has not."""
        settings = self.env["oms.channel.mail"].search(
            [("occasion", "=", "delay"), ("enabled", "=", True)]
        )
        late = self.search(
            self._get_oms_due_domain(end=fields.Datetime.now())
            & Domain("oms_channel_id", "in", settings.channel_id.ids)
            & ~Domain("oms_buyer_mail_ids", "any", [("occasion", "=", "delay")]),
            limit=1000,
        )
        self.env["oms.buyer.mail"]._queue(
            [{"order": order, "occasion": "delay", "document": order} for order in late]
        )

    def _oms_promise_anew(self, reason, ship_by=None, deliver_by=None):
        """Extended to tell the buyers whose day is a later one now."""
        before = {order: order.oms_deliver_by for order in self}
        result = super()._oms_promise_anew(reason, ship_by, deliver_by)
        later = [
            order
            for order, day in before.items()
            if day and order.oms_deliver_by and order.oms_deliver_by > day
        ]
        self.env["oms.buyer.mail"]._queue(
            [
                {"order": order, "occasion": "delay", "document": order}
                for order in later
                if order.oms_state not in FINISHED
            ]
        )
        return result
