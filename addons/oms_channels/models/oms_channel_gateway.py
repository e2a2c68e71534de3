# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

# What platforms and their usual plugins call money that is no money.
GIFT_CARDS = {"gift_card", "gift_cards", "giftcard", "store_credit", "pw_gift_card"}
CASH_ON_DELIVERY = {"cod", "cash_on_delivery"}


class OmsChannelGateway(models.Model):
    """Who takes the money of a channel, and where that is booked.

    A row appears by itself when a payment names a gateway for the first time; until
    somebody maps it, its money goes to the journal of the channel.
    """

    _name = "oms.channel.gateway"
    _description = "Payment Gateway of a Channel"
    _order = "channel_id, name"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char(
        required=True, readonly=True, help="The gateway in the channel's own words."
    )
    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="channel_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("money", "Money"),
            ("gift_card", "Gift card"),
            ("cod", "Cash on delivery"),
        ],
        default="money",
        required=True,
        help="A gift card was paid for when it was sold: an order paid with one lowers "
        "what we owe its owner. Cash on delivery is never captured by a program.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        check_company=True,
        help="Where its payments are registered. Empty: the channel's journal.",
    )
    clearing_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="What the gateway has taken and not paid out yet; for gift cards, the "
        "account on which we owe their worth. Empty: the outstanding accounts of the "
        "journal. It must allow reconciliation to be settled.",
    )
    payout_journal_id = fields.Many2one(
        "account.journal",
        domain="[('type', 'in', ('bank', 'cash'))]",
        check_company=True,
        help="The bank on which its payouts arrive. Empty: the channel's journal.",
    )
    fee_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="What the gateway keeps of payments, and what it charges besides.",
    )
    fee_tax_id = fields.Many2one(
        "account.tax",
        domain="[('type_tax_use', '=', 'purchase')]",
        check_company=True,
        help="Tax that is contained in the fees, or a reverse charge on them.",
    )
    reserve_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="What the gateway holds back for later. Empty: the clearing account.",
    )
    dispute_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="What is taken back because a buyer disputes a payment, until it is won "
        "or lost. Empty: the clearing account.",
    )
    settlement_columns = fields.Text(
        "Columns of Settlement Files",
        help="One a line, ours = theirs, for columns with uncommon names: "
        "gross = Betrag. date_format = %d.%m.%Y says how dates are written.",
    )
    first_seen = fields.Datetime(default=fields.Datetime.now, readonly=True)
    is_mapped = fields.Boolean(
        compute="_compute_is_mapped",
        search="_search_is_mapped",
        help="Somebody has said where the money of this gateway is booked.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(channel_id, code)", "This gateway of the channel is known already."
    )

    # === COMPUTE ===

    @api.depends("journal_id", "clearing_account_id")
    def _compute_is_mapped(self):
        for gateway in self:
            gateway.is_mapped = gateway.journal_id or gateway.clearing_account_id

    def _search_is_mapped(self, operator, value):
        if operator != "in":
            return NotImplemented
        unmapped = [("journal_id", "=", False), ("clearing_account_id", "=", False)]
        found = self._search(unmapped)
        return [("id", "not in" if True in value else "in", found)]

    # === FINDING ===

    @api.model
    def _get_or_create(self, names):
        """Gateways by the channel's own words; new ones are added, unmapped.

        :param names: set of (channel id, gateway)
        :return: {(channel id, gateway): record}
        """
        if not names:
            return {}
        known = self.search([("channel_id", "in", [key for key, _name in names])])
        found = {(row.channel_id.id, row.code): row for row in known}
        missing = sorted(names - set(found))
        created = self.create(
            [
                {
                    "channel_id": channel_id,
                    "code": code,
                    "name": code.replace("_", " ").strip().capitalize() or code,
                    "kind": self._guess_kind(code),
                }
                for channel_id, code in missing
            ]
        )
        return found | dict(zip(missing, created, strict=True))

    def _guess_kind(self, code):
        word = code.strip().casefold().replace(" ", "_").replace("-", "_")
        if word in GIFT_CARDS:
            return "gift_card"
        return "cod" if word in CASH_ON_DELIVERY else "money"
