# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

OCCASIONS = [
    ("capture", "Order received"),
    ("shipment", "Parcel shipped"),
    ("delivery", "Parcel delivered"),
    ("delay", "Order delayed"),
    ("refund", "Money given back"),
    ("cancel", "Order cancelled"),
]
# What a mail of an occasion speaks of.
MODELS = {
    "capture": "sale.order",
    "shipment": "stock.picking",
    "delivery": "stock.picking",
    "delay": "sale.order",
    "refund": "account.move",
    "cancel": "sale.order",
}


class OmsChannelMail(models.Model):
    """Whether, and with which text, a channel writes to its buyers on an occasion."""

    _name = "oms.channel.mail"
    _description = "Mail of a Channel to its Buyers"
    _order = "channel_id, id"
    _rec_name = "occasion"

    channel_id = fields.Many2one(
        "oms.channel", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="channel_id.company_id", store=True)
    occasion = fields.Selection(OCCASIONS, required=True, readonly=True)
    model = fields.Char(compute="_compute_model")
    template_id = fields.Many2one(
        "mail.template",
        required=True,
        domain="[('model', '=', model)]",
        ondelete="restrict",
        help="Subject and text. Button, goods and tracking links are added below it.",
    )
    enabled = fields.Boolean(
        "Send", help="Off where the platform writes to its buyers itself."
    )

    _occasion_uniq = models.Constraint(
        "UNIQUE(channel_id, occasion)", "This channel has a row for this occasion."
    )

    # === COMPUTE ===

    @api.depends("occasion")
    def _compute_model(self):
        for setting in self:
            setting.model = MODELS.get(setting.occasion)

    # === CHECK ===

    @api.constrains("template_id", "occasion")
    def _check_template(self):
        for setting in self:
            if setting.template_id.model != setting.model:
                raise ValidationError(
                    self.env._(
                        "The template “%(template)s” speaks of %(given)s, but a mail "
                        "“%(occasion)s” needs one for %(wanted)s. Choose such a one.",
                        template=setting.template_id.name,
                        given=setting.template_id.model,
                        occasion=setting.occasion,
                        wanted=setting.model,
                    )
                )

    # === BUSINESS ===

    @api.model
    def _get_default_templates(self):
        """Occasion -> our own template."""
        templates = {
            occasion: self.env.ref(
                f"oms_core.mail_template_{occasion}", raise_if_not_found=False
            )
            for occasion in MODELS
        }
        return {occasion: found for occasion, found in templates.items() if found}
