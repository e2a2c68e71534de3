# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .sale_order_type import PRIORITIES


class OmsOrderRuleAction(models.Model):
    """One thing that a rule does: a code, and its parameters."""

    _name = "oms.order.rule.action"
    _description = "Action of an Order Rule"
    _order = "sequence, id"
    _rec_name = "summary"
    _check_company_auto = True

    rule_id = fields.Many2one(
        "oms.order.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    code = fields.Selection(
        [
            ("hold", "Put on hold"),
            ("tag", "Add tags"),
            ("priority", "Set the priority"),
            ("warehouse_note", "Note for the warehouse"),
            ("gift_note", "Gift note"),
            ("carrier", "Choose the carrier"),
            ("team", "Give to a sales team"),
            ("activity", "Plan an activity"),
            ("mail", "Send a mail"),
            ("server", "Run a server action"),
        ],
        "Action",
        required=True,
        default="hold",
    )
    summary = fields.Char("What It Does", compute="_compute_summary")

    hold_type_id = fields.Many2one("oms.hold.type", ondelete="restrict")
    reason = fields.Char(translate=True, help="Empty: the name of the rule.")
    tag_ids = fields.Many2many("crm.tag", string="Tags")
    priority = fields.Selection(PRIORITIES, default="1")
    note = fields.Text(translate=True)
    carrier_id = fields.Many2one("delivery.carrier", check_company=True)
    team_id = fields.Many2one("crm.team", "Sales Team", check_company=True)
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        domain="[('res_model', 'in', (False, 'sale.order'))]",
        default=lambda self: self.env.ref(
            "mail.mail_activity_data_todo", raise_if_not_found=False
        ),
    )
    activity_user_id = fields.Many2one(
        "res.users", "Assigned to", help="Empty: the rule's responsible."
    )
    activity_days = fields.Integer(
        "Due in (days)", help="0: on the day on which the rule acts."
    )
    activity_summary = fields.Char("To Do", translate=True)
    mail_template_id = fields.Many2one(
        "mail.template", domain="[('model', '=', 'sale.order')]"
    )
    server_action_id = fields.Many2one(
        "ir.actions.server",
        domain="[('model_id.model', '=', 'sale.order')]",
        groups="base.group_system",
        help="Chosen by administrators of the database: it may do anything.",
    )

    _days_positive = models.Constraint(
        "CHECK(activity_days >= 0)", "An activity cannot be due before the order came."
    )

    # === COMPUTE ===

    # Parameters of other codes come from other addons: no list of them is complete.
    @api.depends(lambda self: self._get_parameters())
    def _compute_summary(self):
        for action in self:
            # The names of what it uses, for those who may not open them.
            named = action.sudo()  # see above
            action.summary = action.code and action._get_behaviour()._describe(named)

    @api.model
    def _get_parameters(self):
        """Fields that the summary depends on; extend with those of another code."""
        return [
            *("code", "hold_type_id", "reason", "tag_ids", "priority", "note"),
            *("carrier_id", "team_id", "activity_type_id", "activity_user_id"),
            *("activity_days", "activity_summary"),
            *("mail_template_id", "server_action_id"),
        ]

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._set_rule_changed()
        return actions

    def write(self, vals):
        result = super().write(vals)
        self._set_rule_changed()
        return result

    def unlink(self):
        rules = self.rule_id
        result = super().unlink()
        rules.exists()._count_change()
        return result

    def _set_rule_changed(self):
        self.rule_id._count_change()
        self.rule_id._delay_waiting()

    # === BUSINESS ===

    def _get_behaviour(self):
        return self.env[f"oms.order.action.{self.code}"]

    def _apply(self, orders):
        """Do this to those of the orders that have not had it.

        :return: the orders that it changed
        """
        self.ensure_one()
        mine = self.env["oms.order.rule.run"]._claim(self, orders)
        if not mine:
            return mine
        return self._get_behaviour()._apply(self, mine)
