# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class OmsChannel(models.Model):
    """Where orders belong that people enter in Odoo's own quotation screen."""

    _inherit = "oms.channel"

    takes_hand_entry = fields.Boolean(
        "Orders Entered by Hand",
        help="Quotations of the sales team of this channel belong here; without a "
        "sales team those of every team that has no such channel of its own. What "
        "another program brings is not asked.",
    )

    _one_for_hand_entry = models.UniqueIndex(
        "(company_id, COALESCE(team_id, 0)) WHERE takes_hand_entry AND active",
        "Another channel takes the orders that this team enters by hand. "
        "A team's orders belong to one channel: switch it off there first.",
    )

    # === READING ===

    @api.model
    def _find_by_team(self, companies):
        """Channels of orders entered by hand: {(company id, team id or False): it}."""
        # A salesperson who may not read the channel still sells in it.
        channels = self.sudo().search(  # see above
            Domain("takes_hand_entry", "=", True)
            & Domain("company_id", "in", companies.ids)
        )
        return {
            (channel.company_id.id, channel.team_id.id): channel for channel in channels
        }
