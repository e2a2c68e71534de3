# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.errors import ChannelError

STEPS = [
    ("connect", "Shop"),
    ("locations", "Places"),
    ("taxes", "Taxes"),
    ("payments", "Payments"),
    ("carriers", "Delivery"),
    ("flows", "What flows"),
    ("trial", "Dry run"),
    ("live", "Live"),
]
ORDER = [name for name, _title in STEPS]


class OmsChannelSetup(models.Model):
    """Connects a shop, step by step; kept, so that it can be left and taken up again.

    Its channel exists from the first step on, and nothing flows before the last one.
    """

    _name = "oms.channel.setup"
    _description = "Connect a Shop"
    _inherits = {"oms.channel": "channel_id"}
    _order = "id desc"
    _rec_name = "channel_id"

    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    step = fields.Selection(STEPS, default="connect", required=True)
    is_connected = fields.Boolean(readonly=True)
    test_result = fields.Char(readonly=True)
    currency_note = fields.Char(readonly=True)
    open_rates = fields.Char(readonly=True)
    import_since = fields.Datetime(
        default=lambda self: self._get_default_since(),
        help="Orders changed since then are imported when the shop goes live. Shopify "
        "shows orders of the last 60 days only, unless the app may read all.",
    )
    wants_orders = fields.Boolean("Import Orders", default=True)
    wants_stock = fields.Boolean("Tell Stock", default=True)
    wants_prices = fields.Boolean("Tell Prices")
    trial_ids = fields.One2many("oms.channel.setup.order", "setup_id", readonly=True)
    trial_at = fields.Datetime(readonly=True)
    live_at = fields.Datetime("Live Since", readonly=True)
    live_note = fields.Char(readonly=True)

    _channel_uniq = models.Constraint(
        "UNIQUE(channel_id)", "This channel is being set up already."
    )

    def _get_default_since(self):
        return fields.Datetime.now() - timedelta(days=30)

    # === ACTIONS ===

    def action_next(self):
        """Save this step and go to the next; the shop is read where it has to be."""
        self.ensure_one()
        if self.step == "connect":
            self._connect()
            if not self.is_connected:
                return True
        if self.step == "flows":
            self._run_trial()
        self.step = ORDER[min(ORDER.index(self.step) + 1, len(ORDER) - 1)]
        return True

    def action_back(self):
        self.ensure_one()
        self.step = ORDER[max(ORDER.index(self.step) - 1, 0)]

    def action_test_connection(self):
        self.ensure_one()
        self._test_connection()

    def action_try_again(self):
        self.ensure_one()
        self._run_trial()

    def action_go_live(self):
        """Switch on what flows, have webhooks sent here, and fetch from then on."""
        self.ensure_one()
        if not self.is_connected:
            raise UserError(
                self.env._("The shop is not connected: test the connection first.")
            )
        self._go_live()

    def action_view_channel(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "oms.channel",
            "res_id": self.channel_id.id,
            "view_mode": "form",
        }

    # === STEPS ===

    def _test_connection(self):
        try:
            sentence = self.channel_id._get_connector()._test(self.channel_id)
            self.write({"test_result": sentence, "is_connected": True})
        except ChannelError as error:
            self.write({"test_result": str(error), "is_connected": False})

    def _connect(self):
        self._test_connection()
        if not self.is_connected:
            return
        try:
            self._read_settings()
        except ChannelError as error:
            self.write({"test_result": str(error), "is_connected": False})

    def _run_trial(self):
        try:
            rows = self._try_orders()
        except ChannelError as error:
            rows = [{"number": "–", "outcome": "refused", "problems": str(error)}]
        self.trial_ids.unlink()
        self.env["oms.channel.setup.order"].create(
            [row | {"setup_id": self.id} for row in rows]
        )
        self.trial_at = fields.Datetime.now()

    def _go_live(self):
        channel = self.channel_id
        note = False
        try:
            channel._register_webhooks()
        except ChannelError as error:
            note = self.env._(
                "Orders are fetched every few minutes, for webhooks could not be "
                "registered: %(error)s",
                error=str(error),
            )
        values = {
            "fetch_orders": self.wants_orders,
            "push_stock": self.wants_stock,
            "push_prices": self.wants_prices,
        }
        if not channel.fetched_until:
            values["fetched_until"] = self.import_since
        channel.write(values)
        channel._delay_catalogue()
        self.write(
            {"step": "live", "live_at": fields.Datetime.now(), "live_note": note}
        )
