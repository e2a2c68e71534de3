# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsChannelCustomer(models.Model):
    """A buyer as one channel knows them, and the contact that this is here."""

    _name = "oms.channel.customer"
    _description = "Channel Customer"
    _rec_name = "key"

    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True)
    key = fields.Char(
        required=True,
        help="id:… the channel's own number; email:… a guest's address; order:… a "
        "guest of whom only the order is known.",
    )
    email = fields.Char(
        help="The address that the channel had told; what is on the contact may be "
        "another one by now."
    )
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict"
    )

    _key_uniq = models.Constraint(
        "UNIQUE(channel_id, key)", "This customer of the channel is known already."
    )
    _email_idx = models.Index("(channel_id, email) WHERE email IS NOT NULL")

    # === BUSINESS ===

    def _prepare_privacy_key(self):
        """How a privacy request names this buyer."""
        kind, _sep, value = self.key.partition(":")
        names = {"id": "customer_key", "email": "email", "order": "order_refs"}
        return {names[kind]: value}
