# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..engine.people import clean_email

# The platforms' own limit, and the law's.
DAYS_TO_ANSWER = 30


class OmsPrivacyRequest(models.Model):
    """A buyer wants to know what is stored of them, or to be forgotten.

    Entered by a platform's compliance message or by a person; done by a job, as far
    as the law and the orders under way permit, and said so in one sentence.
    """

    _name = "oms.privacy.request"
    _description = "Privacy Request"
    _order = "id desc"
    _rec_name = "kind"

    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("export", "Tell what is stored"),
            ("redact", "Forget the buyer"),
            ("redact_shop", "Forget all buyers of the channel"),
        ],
        required=True,
        default="redact",
    )
    external_id = fields.Char(
        "Channel's Number", readonly=True, copy=False, help="The platform's own key."
    )
    customer_key = fields.Char(
        "Buyer's Number", help="The buyer's number in the channel, if it has one."
    )
    email = fields.Char(help="Of a guest, or where the number is not known.")
    order_refs = fields.Char(
        "Orders",
        help="The channel's keys of the orders meant; empty: all of the buyer.",
    )
    state = fields.Selection(
        [("open", "To do"), ("waiting", "Waiting"), ("done", "Done")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )
    due_date = fields.Date(
        required=True,
        default=lambda self: fields.Date.today() + timedelta(days=DAYS_TO_ANSWER),
    )
    outcome = fields.Text(
        readonly=True, copy=False, help="What was done, and what not."
    )
    done_at = fields.Datetime(readonly=True, copy=False)

    # The platforms repeat themselves until they are sure that they were heard.
    _external_uniq = models.UniqueIndex(
        "(channel_id, kind, external_id) WHERE external_id IS NOT NULL",
        "This request of the channel is stored already.",
    )

    # === RECEIVE ===

    @api.model
    def _receive(self, channel, request):
        """Store a platform's request once, and have it done.

        :param request: a ``PrivacyRequest``
        """
        known = self.search_count(
            [
                ("channel_id", "=", channel.id),
                ("kind", "=", request.kind),
                ("external_id", "=", request.external_id),
            ],
            limit=1,
        )
        if known:
            return
        self.create(
            {
                "channel_id": channel.id,
                "kind": request.kind,
                "external_id": request.external_id,
                "customer_key": request.customer_id,
                "email": request.email,
                "order_refs": ",".join(request.orders),
            }
        )
        # The webhook's caller knows of no crons.
        self.env.ref("oms_channels.ir_cron_privacy").sudo()._trigger()  # see above

    # === SCOPE ===

    def _get_buyers(self):
        """The contacts that are meant, as this channel knows them."""
        self.ensure_one()
        customers = self.env["oms.channel.customer"]
        domain = fields.Domain("channel_id", "=", self.channel_id.id)
        if self.kind != "redact_shop":
            keys = []
            if self.customer_key:
                keys.append(f"id:{self.customer_key}")
            email = clean_email(self.email or "")
            if email:
                keys.append(f"email:{email}")
            named = fields.Domain("key", "in", keys)
            if email:
                # Guests who are not recognised by their address still gave it.
                named |= fields.Domain("email", "=", email) & fields.Domain(
                    "key", "=like", "order:%"
                )
            domain &= named
        found = customers.search(domain).partner_id
        orders = self._get_named_orders()
        return found | orders.partner_id

    def _get_named_orders(self):
        refs = [ref for ref in (self.order_refs or "").split(",") if ref]
        return self.env["sale.order"].search(
            [
                ("oms_channel_id", "=", self.channel_id.id),
                ("oms_external_id", "in", refs),
            ]
        )

    def _get_orders(self):
        """The orders that are meant: the buyer's orders in this channel."""
        return self.env["sale.order"].search(
            [
                ("oms_channel_id", "=", self.channel_id.id),
                ("partner_id", "in", self._get_buyers().ids),
            ]
        )

    # === ACTIONS ===

    def action_execute(self):
        """Do what is asked, as far as it may be done now."""
        self.check_access("write")
        for request in self.filtered(lambda r: r.state != "done"):
            if request.kind == "export":
                request._export()
            else:
                request._redact()

    def action_view_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_order"
        )
        return action | {"domain": [("id", "in", self._get_orders().ids)]}

    def _set_done(self, sentences):
        self.write(
            {
                "state": "done",
                "outcome": "\n".join(sentences),
                "done_at": fields.Datetime.now(),
            }
        )

    # === CRON ===

    @api.model
    def _cron_execute(self):
        """Redact what is to be redacted; exports wait for a person who sends them."""
        todo = self.search(
            [("state", "!=", "done"), ("kind", "!=", "export")], order="id"
        )
        for request in todo:
            request.action_execute()
            if not self.env["ir.cron"]._commit_progress(1):
                break
