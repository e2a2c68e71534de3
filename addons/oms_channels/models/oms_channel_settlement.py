# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.errors import ChannelError

_logger = logging.getLogger(__name__)

# A payout is looked at for this long: it may fail, or be corrected.
OVERLAP = timedelta(days=14)
FIRST = timedelta(days=60)
# Orders that come this late still find their money.
REMATCHED = timedelta(days=90)


class OmsChannel(models.Model):
    """Payouts that a platform tells of itself."""

    _inherit = "oms.channel"

    fetch_settlements = fields.Boolean(
        "Fetch Payouts",
        help="Ask the shop every day for the payouts of its own payment service.",
    )
    post_settlements = fields.Boolean(
        "Post Payouts",
        help="Post a payout that is fetched if all of its lines are matched. Others "
        "wait for an accountant.",
    )
    settlements_until = fields.Datetime("Payouts Fetched Until", copy=False)
    settlement_error = fields.Char(readonly=True, copy=False)

    @api.model
    def _cron_fetch_settlements(self):
        for channel in self.search([("fetch_settlements", "=", True)]):
            channel.with_delay(
                identity_key=f"oms:settlements:{channel.id}",
                description=f"OMS: {channel.name}: fetch payouts",
                channel="root.oms",
            )._fetch_settlements()
        self._match_settlements()

    def action_fetch_settlements(self):
        self.ensure_one()
        self._fetch_settlements()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_channels.action_oms_settlement"
        )
        return action | {"domain": [("channel_id", "=", self.id)]}

    def _fetch_settlements(self):
        """Store new payouts and match them; the cursor moves when all are here."""
        self.ensure_one()
        now = fields.Datetime.now()
        since = (self.settlements_until or now - FIRST) - OVERLAP
        try:
            code, documents = self._get_connector()._fetch_settlements(self, since)
        except ChannelError as error:
            self.settlement_error = str(error)
            _logger.info("channel %s: payouts not fetched: %s", self.code, error)
            return self.env["oms.settlement"]
        settlements, errors = self._keep_settlements(code, documents)
        self.settlement_error = " ".join(errors) or False
        self.settlements_until = now
        return settlements

    def _keep_settlements(self, code, documents):
        """:return: (new and changed settlements, why others could not be kept)"""
        settlements = self.env["oms.settlement"]
        if not documents:
            return settlements, []
        key = (self.id, code)
        gateway = self.env["oms.channel.gateway"]._get_or_create({key})[key]
        # One that is posted here and reads otherwise now does not stop the others.
        kept = [self._keep_settlement(gateway, document) for document in documents]
        settlements = settlements.union(*(changed for changed, _error in kept))
        errors = [error for _changed, error in kept if error]
        if self.post_settlements:
            errors += settlements._post_complete()
        return settlements, errors

    def _keep_settlement(self, gateway, document):
        settlements = self.env["oms.settlement"]
        try:
            return settlements._import(gateway, [document], "api")[0], ""
        except UserError as error:
            return settlements, str(error)

    @api.model
    def _match_settlements(self):
        """Orders that came after their money."""
        lines = self.env["oms.settlement.line"].search(
            [
                ("state", "=", "unmatched"),
                ("date", ">=", fields.Datetime.now() - REMATCHED),
            ]
        )
        lines._match()
