# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

GROUP = "oms_core.group_oms_manager"


class OmsForecast(models.Model):
    """What is kept today beside what is suggested, and the step from one to the other.

    Nothing is applied by itself: a person chooses lines, and may take it back.
    """

    _inherit = "oms.forecast"

    safety_now = fields.Float(
        "Safety Stock", compute="_compute_now", help="As it is kept today."
    )
    minimum_now = fields.Float(
        "Minimum", compute="_compute_now", help="Of the reordering rule today."
    )
    maximum_now = fields.Float(
        "Maximum", compute="_compute_now", help="Of the reordering rule today."
    )
    is_safety_applied = fields.Boolean(
        "Safety Stock Is as Suggested",
        compute="_compute_now",
        search="_search_is_safety_applied",
    )
    is_rule_applied = fields.Boolean(
        "Reordering Rule Is as Suggested",
        compute="_compute_now",
        search="_search_is_rule_applied",
    )

    # === COMPUTE ===

    def _compute_now(self):
        """No dependencies: read when shown, so that it is true then."""
        safeties, rules = self._get_safeties(), self._get_rules()
        for line in self:
            safety = safeties.get(line._get_key())
            rule = rules.get(line._get_key())
            line.safety_now = safety.quantity if safety else 0.0
            line.minimum_now = rule.product_min_qty if rule else 0.0
            line.maximum_now = rule.product_max_qty if rule else 0.0
            line.is_safety_applied = line.safety_now == line.safety_stock
            line.is_rule_applied = (line.minimum_now, line.maximum_now) == (
                line.minimum,
                line.maximum,
            )

    def _get_key(self):
        return self.product_id.id, self.warehouse_id.id

    def _get_pairs_domain(self):
        return Domain("product_id", "in", self.product_id.ids) & Domain(
            "warehouse_id", "in", self.warehouse_id.ids
        )

    def _get_safeties(self):
        """{(product id, warehouse id): oms.safety.stock}"""
        found = self.env["oms.safety.stock"].search(self._get_pairs_domain())
        return {(one.product_id.id, one.warehouse_id.id): one for one in found}

    def _get_rules(self):
        """{(product id, warehouse id): reordering rule of the place's own stock}"""
        places = self.warehouse_id.lot_stock_id
        found = self.env["stock.warehouse.orderpoint"].search(
            self._get_pairs_domain() & Domain("location_id", "in", places.ids)
        )
        return {(one.product_id.id, one.warehouse_id.id): one for one in found}

    # === SEARCH ===

    def _search_is_safety_applied(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env["oms.safety.stock"].flush_model()
        return self._search_applied(
            value,
            SQL(
                """
                SELECT line.id FROM oms_forecast line
             LEFT JOIN oms_safety_stock safety USING (product_id, warehouse_id)
                 WHERE COALESCE(safety.quantity, 0) = line.safety_stock
                """
            ),
        )

    def _search_is_rule_applied(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env["stock.warehouse.orderpoint"].flush_model()
        return self._search_applied(
            value,
            SQL(
                """
                SELECT line.id FROM oms_forecast line
                  JOIN stock_warehouse node ON node.id = line.warehouse_id
             LEFT JOIN stock_warehouse_orderpoint rule
                    ON rule.product_id = line.product_id AND rule.active
                   AND rule.location_id = node.lot_stock_id
                 WHERE COALESCE(rule.product_min_qty, 0) = line.minimum
                   AND COALESCE(rule.product_max_qty, 0) = line.maximum
                """
            ),
        )

    def _search_applied(self, values, applied):
        if True in values and False in values:
            return Domain.TRUE
        return Domain("id", "in" if True in values else "not in", applied)

    # === ACTIONS ===

    def action_apply(self):
        """Open the dialog that says what is changed."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Apply Suggestions"),
            "res_model": "oms.forecast.apply",
            "view_mode": "form",
            "target": "new",
            "context": {"default_forecast_ids": self.ids},
        }

    # === APPLYING ===

    def _apply(self, safety=True, rules=True):
        """Keep what is suggested, and note what it was before.

        :param bool safety: as safety stock of the place
        :param bool rules: as its reordering rules
        :return: the oms.forecast.change records, one for each figure that changed
        """
        self._check_may_apply()
        values_list = []
        if safety:
            values_list += self._apply_safety()
        if rules:
            values_list += self._apply_rules()
        # Written by no hand: it is what the undo relies on.
        changes = (
            self.env["oms.forecast.change"].sudo().create(values_list)
        )  # see above
        return changes.sudo(self.env.su)

    @api.model
    def _check_may_apply(self):
        if not self.env.su and not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "%(user)s may not change safety stocks and reordering rules: that "
                    "is for managers of Order Management. Ask one to apply the "
                    "suggestions.",
                    user=self.env.user.name,
                )
            )

    def _apply_safety(self):
        safeties = self._get_safeties()
        changed = self.filtered(
            lambda line: (
                line.safety_stock
                != (
                    safeties[key].quantity
                    if (key := line._get_key()) in safeties
                    else 0
                )
            )
        )
        changes = [
            line._prepare_change("safety", safeties.get(line._get_key()))
            | {"new_safety": line.safety_stock}
            for line in changed
        ]
        changed._set_safeties(
            {line._get_key(): line.safety_stock for line in changed}, safeties
        )
        return changes

    def _set_safeties(self, quantities, safeties):
        for key, quantity in quantities.items():
            if key in safeties:
                safeties[key].quantity = quantity
        self.env["oms.safety.stock"].create(
            [
                {"product_id": key[0], "warehouse_id": key[1], "quantity": quantity}
                for key, quantity in quantities.items()
                if key not in safeties
            ]
        )

    def _apply_rules(self):
        # Managers of ours are stock users, who may not write rules; this is their task.
        rules = {
            key: rule.sudo() for key, rule in self._get_rules().items()
        }  # see above
        changed = self.filtered(
            lambda line: (
                (line.minimum, line.maximum)
                != (
                    (rule.product_min_qty, rule.product_max_qty)
                    if (rule := rules.get(line._get_key()))
                    else (0, 0)
                )
            )
        )
        changes = [
            line._prepare_change("rule", rules.get(line._get_key()))
            | {"new_minimum": line.minimum, "new_maximum": line.maximum}
            for line in changed
        ]
        missing = changed.filtered(lambda line: line._get_key() not in rules)
        for line in changed - missing:
            rule = rules[line._get_key()]
            # The maximum is never below the minimum, not even in between.
            rule.write(
                {"product_min_qty": line.minimum, "product_max_qty": line.maximum}
            )
        self.env["stock.warehouse.orderpoint"].sudo().create(  # see above
            [line._prepare_rule_values() for line in missing]
        )
        return changes

    def _prepare_rule_values(self):
        """Values of a reordering rule; extend to choose a vendor or a route."""
        return {
            "product_id": self.product_id.id,
            "warehouse_id": self.warehouse_id.id,
            "location_id": self.warehouse_id.lot_stock_id.id,
            "company_id": self.company_id.id,
            "product_min_qty": self.minimum,
            "product_max_qty": self.maximum,
            # A person looks at what it would buy before it does.
            "trigger": "manual",
        }

    def _prepare_change(self, kind, record):
        values = {
            "kind": kind,
            "product_id": self.product_id.id,
            "warehouse_id": self.warehouse_id.id,
            "user_id": self.env.uid,
            "was_missing": not record,
        }
        if record and kind == "safety":
            values["old_safety"] = record.quantity
        elif record:
            values |= {
                "old_minimum": record.product_min_qty,
                "old_maximum": record.product_max_qty,
            }
        return values
