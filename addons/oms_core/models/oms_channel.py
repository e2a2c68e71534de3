# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannel(models.Model):
    """A place where we sell: its identity and its policy.

    How a channel is reached (platform, credentials, synchronisation) is added by
    oms_channels; holds, availability, routing and returns only need the identity.
    """

    _name = "oms.channel"
    _description = "Sales Channel"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Short name that programs use, for example in oms.api.import_orders.",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    kind = fields.Selection(
        [
            ("webshop", "Web shop"),
            ("marketplace", "Marketplace"),
            ("store", "Store"),
            ("wholesale", "Wholesale"),
            ("phone", "Phone"),
        ],
        default="webshop",
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    team_id = fields.Many2one("crm.team", string="Sales Team", check_company=True)
    warehouse_ids = fields.Many2many(
        "stock.warehouse",
        string="Shipped From",
        check_company=True,
        help="Places that may ship orders of this channel. Empty: every place.",
    )
    payment_journal_id = fields.Many2one(
        "account.journal",
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        check_company=True,
        help="Where payments taken by this channel are registered.",
    )
    rounding_limit = fields.Monetary(
        default=0.05,
        help="A difference between the channel's total and the sum of its lines up to "
        "this amount is booked on one rounding line; a larger one holds the order.",
    )
    order_ids = fields.One2many("sale.order", "oms_channel_id")
    order_count = fields.Integer(compute="_compute_order_counts")
    hold_count = fields.Integer(compute="_compute_order_counts", string="Held Orders")

    _code_company_uniq = models.Constraint(
        "UNIQUE(code, company_id)", "Another channel of this company has this code."
    )

    # === COMPUTE ===

    def _compute_order_counts(self):
        counts = self.env["sale.order"]._read_group(
            [("oms_channel_id", "in", self.ids)],
            ["oms_channel_id", "oms_state"],
            ["__count"],
        )
        total, held = {}, {}
        for channel, state, count in counts:
            total[channel] = total.get(channel, 0) + count
            if state == "on_hold":
                held[channel] = count
        for channel in self:
            channel.order_count = total.get(channel, 0)
            channel.hold_count = held.get(channel, 0)

    # === ACTIONS ===

    def action_view_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_order"
        )
        return action | {"domain": [("oms_channel_id", "=", self.id)]}
