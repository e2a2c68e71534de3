# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OmsChannelLocation(models.Model):
    """A place that the channel keeps stock at, and which of our warehouses it is.

    A location without a warehouse is known and told nothing.
    """

    _name = "oms.channel.location"
    _description = "Channel Location"
    _order = "channel_id, name, id"

    channel_id = fields.Many2one("oms.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="channel_id.company_id", store=True, index=True
    )
    external_id = fields.Char(
        "Channel's Key", required=True, help="The location's own key in the channel."
    )
    name = fields.Char(required=True)
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        index="btree_not_null",
        ondelete="set null",
        domain="[('company_id', '=', company_id)]",
        help="The channel is told at this location what this warehouse can promise. "
        "Empty: it is told nothing there.",
    )

    _external_uniq = models.Constraint(
        "UNIQUE(channel_id, external_id)", "The channel has this location already."
    )
    # Two locations that show one warehouse's goods would sell each of them twice.
    _warehouse_uniq = models.UniqueIndex(
        "(channel_id, warehouse_id) WHERE warehouse_id IS NOT NULL",
        "This warehouse stands for another location of the channel already: its "
        "goods would be offered twice.",
    )

    @api.constrains("channel_id", "warehouse_id")
    def _check_company(self):
        for location in self:
            theirs = location.warehouse_id.company_id
            if theirs and theirs != location.channel_id.company_id:
                raise ValidationError(
                    self.env._(
                        "Warehouse %(warehouse)s belongs to %(theirs)s, and channel "
                        "%(channel)s to %(ours)s: choose a warehouse of %(ours)s.",
                        warehouse=location.warehouse_id.name,
                        theirs=theirs.name,
                        channel=location.channel_id.name,
                        ours=location.channel_id.company_id.name,
                    )
                )

    @api.model
    def _update_known(self, channel, names):
        """Note which locations the channel has; what each stands for is kept.

        :param dict names: {external id: name}
        :return: the channel's locations of these keys
        """
        known = self.search([("channel_id", "=", channel.id)]).grouped("external_id")
        renamed = {}
        for key, location in known.items():
            if key in names and location.name != names[key]:
                renamed.setdefault(names[key], self.browse())
                renamed[names[key]] |= location
        for name, locations in renamed.items():
            locations.name = name
        self.create(
            [
                {"channel_id": channel.id, "external_id": key, "name": name}
                for key, name in names.items()
                if key not in known
            ]
        )
        return self.search(
            [("channel_id", "=", channel.id), ("external_id", "in", list(names))]
        )
