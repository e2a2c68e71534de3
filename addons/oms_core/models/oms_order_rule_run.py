# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class OmsOrderRuleRun(models.Model):
    """An action of a rule that an order has had: the reason why it has it once.

    Not read from the history: retention removes that, and the database can promise
    "once" by a unique key only.
    """

    _name = "oms.order.rule.run"
    _description = "Order Rule Applied"
    _order = "date desc, id desc"
    _rec_name = "rule_id"
    _log_access = False

    rule_id = fields.Many2one("oms.order.rule", required=True, ondelete="cascade")
    action_id = fields.Many2one(
        "oms.order.rule.action", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True)
    date = fields.Datetime(required=True)
    version = fields.Integer(help="How often the rule had been changed until then.")

    _once = models.Constraint(
        "UNIQUE(action_id, order_id)", "This order has had this action already."
    )
    _rule_idx = models.Index("(rule_id, date)")

    # === BUSINESS ===

    @api.model
    def _claim(self, action, orders):
        """Take the orders that have not had this action yet, and note that they have.

        Two transactions that ask at the same moment: the later one waits for the
        first, and the database has it start again.

        :return: the orders that are ours to act on
        """
        rule = action.rule_id
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO oms_order_rule_run
                       (rule_id, action_id, order_id, company_id, date, version)
                SELECT %s, %s, orders.id, %s, %s, %s
                  FROM UNNEST(%s) AS orders (id)
                 ORDER BY orders.id
                    ON CONFLICT (action_id, order_id) DO NOTHING
             RETURNING order_id
                """,
                rule.id,
                action.id,
                rule.company_id.id,
                fields.Datetime.now(),
                rule.version,
                orders.ids,
            )
        )
        self.invalidate_model(["order_id"], flush=False)
        return orders.browse(order_id for (order_id,) in rows)
