# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class OmsHold(models.Model):
    """What the banner and the list of holds show."""

    _inherit = "oms.hold"

    channel_icon = fields.Char(related="channel_id.icon_url")
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    currency_id = fields.Many2one(related="order_id.currency_id")
    amount_total = fields.Monetary(related="order_id.amount_total", string="Total")
    description = fields.Text(related="type_id.description", string="What to Do")
    blocks = fields.Char(compute="_compute_blocks", help="The operations it blocks.")
    may_release = fields.Boolean(compute="_compute_may_release")
    release_hint = fields.Char(
        compute="_compute_may_release", help="Who releases it, if not the reader."
    )
    remedy = fields.Char(
        compute="_compute_remedy", help="Caption of what leads to the field at fault."
    )

    # === COMPUTE ===

    @api.depends("type_id")
    def _compute_blocks(self):
        for hold in self:
            hold.blocks = hold.type_id._get_blocked_names()

    @api.depends_context("uid")
    @api.depends("type_id")
    def _compute_may_release(self):
        groups = self.env.user.all_group_ids
        is_oms_user = self.env.user.has_group("oms_core.group_oms_user")
        for hold in self:
            wanted = hold.type_id.release_group_id.sudo()  # its name, for the hint
            hold.may_release = is_oms_user and (not wanted or wanted in groups)
            if hold.may_release:
                hold.release_hint = False
            else:
                # As above: only the group's name is shown.
                wanted = wanted or self.env.ref("oms_core.group_oms_user").sudo()
                hold.release_hint = self.env._(
                    "Released by members of “%(group)s”. Ask one of them.",
                    group=wanted.full_name,
                )

    @api.depends("type_id", "line_id")
    def _compute_remedy(self):
        """Extend, with `action_remedy`, to lead to the fault of another type."""
        for hold in self:
            hold.remedy = {
                "address": self.env._("Correct the address"),
                "unknown_product": self.env._("Create the product"),
            }.get(hold.type_id.code, False)

    # === ACTIONS ===

    def action_remedy(self):
        """Open what is at fault."""
        self.ensure_one()
        if self.type_id.code == "address":
            return self._get_form_action(
                self.order_id.partner_shipping_id, self.env._("Ship to")
            )
        if self.type_id.code == "unknown_product":
            return self._get_form_action(
                self.env["product.product"], self.env._("New Product")
            ) | {
                "context": {
                    "default_default_code": self.line_id.oms_external_sku,
                    "default_name": (self.line_id.name or "").split("\n")[0],
                    "default_lst_price": self.line_id.price_unit,
                    "default_is_storable": True,
                }
            }
        return self.action_view_order()

    def action_view_order(self):
        self.ensure_one()
        return self._get_form_action(self.order_id, self.order_id.name) | {
            "target": "current"
        }

    def _get_form_action(self, record, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
            "target": "new",
        }
