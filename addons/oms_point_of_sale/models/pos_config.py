# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class PosConfig(models.Model):
    """Each till is a channel; those of one store may share one."""

    _inherit = "pos.config"

    oms_channel_id = fields.Many2one(
        "oms.channel",
        "Channel",
        copy=False,
        index=True,
        check_company=True,
        ondelete="restrict",
        help="What is sold here is counted for it.",
    )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale` to sell on a channel from the first day."""
        configs = super().create(vals_list)
        # Modules may have been installed meanwhile: the environment is a new one.
        configs.with_env(configs.env)._create_missing_oms_channels()
        return configs

    def write(self, vals):
        """Override of `point_of_sale` to let the channel follow its place."""
        following = (
            self.filtered(lambda config: config._is_oms_place_shared())
            if "picking_type_id" in vals
            else self.browse()
        )
        result = super().write(vals)
        # Who sets up tills need not administer channels.
        channels = following.oms_channel_id.sudo()  # see above
        channels.warehouse_ids = following.picking_type_id.warehouse_id
        return result

    def _is_oms_place_shared(self):
        """Whether the channel ships from where the till stands, and nowhere else."""
        self.ensure_one()
        channel = self.oms_channel_id.sudo()  # its places, no more
        return len(channel.pos_config_ids) == 1 and (
            channel.warehouse_ids == self.picking_type_id.warehouse_id
        )

    # === CHANNELS ===

    def _create_missing_oms_channels(self):
        """A channel for each till that has none."""
        missing = self.filtered(lambda config: not config.oms_channel_id)
        # Who sets up tills need not administer channels.
        channels = self.env["oms.channel"].sudo()  # see above
        found = channels._get_or_create(
            [config._prepare_oms_channel_values() for config in missing]
        )
        for config, channel in zip(missing, found, strict=True):
            config.oms_channel_id = channel

    def _prepare_oms_channel_values(self):
        """Values of the channel of a till; extend to add policy."""
        self.ensure_one()
        return {
            "name": self.name,
            "code": f"pos_{self.id}",
            "kind": "store",
            "company_id": self.company_id.id,
            "warehouse_ids": self.picking_type_id.warehouse_id.ids,
            # Whoever stands at the till may well buy the same again.
            "duplicate_minutes": 0,
        }
