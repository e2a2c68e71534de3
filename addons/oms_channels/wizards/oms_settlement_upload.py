# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connectors.file.transport import LARGEST_FILE
from ..engine.errors import ChannelError
from ..engine.settlement_table import parse_columns, read_settlements


class OmsSettlementUpload(models.TransientModel):
    """Brings a table of what a gateway has paid out."""

    _name = "oms.settlement.upload"
    _description = "Upload Settlements"

    gateway_id = fields.Many2one("oms.channel.gateway", required=True)
    content = fields.Binary("File", required=True, attachment=False)
    name = fields.Char()
    reference = fields.Char(
        "Payout",
        help="The number of the payout, where the table has no column for it. Empty: "
        "the name of the file.",
    )
    currency_id = fields.Many2one("res.currency")
    total = fields.Monetary(
        "Paid Out",
        help="What arrived at the bank. Empty: the table says it, or it is what its "
        "lines add up to.",
    )
    decimal_mark = fields.Selection(
        [(".", "Point (1234.50)"), (",", "Comma (1234,50)")],
        default=".",
        required=True,
    )
    columns = fields.Text(
        compute="_compute_columns",
        store=True,
        readonly=False,
        help="One a line, ours = theirs, for columns with uncommon names: "
        "gross = Betrag. Ours are payout, payout_date, date, type, order, "
        "transaction, gross, fee, net, currency, note. date_format = %d.%m.%Y says "
        "how dates are written. Kept with the gateway.",
    )

    @api.depends("gateway_id")
    def _compute_columns(self):
        for upload in self:
            upload.columns = upload.gateway_id.settlement_columns

    def action_upload(self):
        """Store the payouts of the table, match them, and show them."""
        self.ensure_one()
        content = base64.b64decode(self.content)
        if len(content) > LARGEST_FILE:
            raise UserError(
                self.env._(
                    "%(name)s is larger than 20 MB. Split it into several files.",
                    name=self.name,
                )
            )
        try:
            documents = self._read(content)
        except ChannelError as error:
            raise UserError(str(error)) from error
        _changed, found = self.env["oms.settlement"]._import(self.gateway_id, documents)
        self.gateway_id.settlement_columns = self.columns
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_channels.action_oms_settlement"
        )
        return action | {"domain": [("id", "in", found.ids)], "context": {}}

    def _read(self, content):
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
        gateway = self.gateway_id
        currency = self.currency_id or gateway.company_id.currency_id
        return read_settlements(
            text,
            reference=self.reference or self.name or "",
            currency=currency.name,
            columns=parse_columns(self.columns or ""),
            decimal_mark=self.decimal_mark,
            total=Decimal(str(self.total)) if self.total else None,
        )
