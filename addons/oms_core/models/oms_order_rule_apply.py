# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models
from odoo.fields import Domain

from ..tools.failures import FAILURES

_logger = logging.getLogger(__name__)

# Orders of one job, and what a person waits for.
BATCH = 500
AT_ONCE = 200


class OmsOrderRule(models.Model):
    """Rules at work."""

    _inherit = "oms.order.rule"

    # === AT CAPTURE ===

    def _apply_at_capture(self, orders):
        """Ask the rules in turn about orders that have just arrived."""
        for rule in self:
            if not orders:
                return
            concerned = rule._find(orders)
            rule._act(concerned)
            if rule.stop:
                orders -= concerned

    def _find(self, orders):
        """Those of the orders that the rule concerns; none if it cannot be read."""
        try:
            found = orders.search(Domain("id", "in", orders.ids) & self._get_domain())
        except FAILURES as error:
            self._record_failure(orders, self.env._("read its condition"), error)
            return orders.browse()
        return found & orders

    # === ACTING ===

    def _act(self, orders):
        """Do the actions to orders, each once, and note it in their history.

        An action that fails is undone alone, noted, and keeps no other from working.
        """
        done = {}
        for action in self.action_ids if orders else ():
            try:
                with self.env.cr.savepoint():
                    changed = action._apply(orders)
                    self.env.flush_all()
            except FAILURES as error:
                self._record_failure(orders, action.summary, error)
                continue
            for order in changed:
                done.setdefault(order, []).append(action)
        self._record_applied(done)

    def _record_applied(self, done):
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "rule",
                    "sentence": self.env._(
                        "Rule “%(rule)s”: %(actions)s.",
                        rule=self.name,
                        actions=", ".join(action.summary for action in actions),
                    ),
                    "actor": self.name,
                    "document": self,
                    "data": {
                        "version": self.version,
                        "actions": [action.code for action in actions],
                    },
                }
                for order, actions in done.items()
            ]
        )

    # === FAILURES ===

    def _record_failure(self, orders, what, error):
        """Tell the orders and whoever is responsible that a rule did not work."""
        _logger.warning("order rule %s could not %s: %s", self.id, what, error)
        reason = str(error).strip().split("\n")[0]
        sentence = self.env._(
            "Rule “%(rule)s” could not %(what)s: %(reason)s",
            rule=self.name,
            what=what,
            reason=reason,
        )
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "rule",
                    "sentence": sentence,
                    "actor": self.name,
                    "document": self,
                    "data": {"version": self.version, "failed": True},
                }
                for order in orders
            ]
        )
        self._tell_responsible(sentence)

    def _tell_responsible(self, sentence):
        """One activity on the rule, however many orders; the next when it is done."""
        if not self.error:
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("The rule does not work"),
                note=sentence,
                user_id=(self.user_id or self.env.ref("base.user_admin")).id,
            )
        self.error = sentence

    # === WAITING ORDERS ===

    def _delay_waiting(self, after=0):
        """Have the waiting orders asked in the background; one job is one batch."""
        for rule in self.filtered(lambda r: r.active and r.on_waiting):
            rule.with_delay(
                identity_key=f"oms:rule:{rule.id}:{after}",
                description=self.env._("OMS: rule “%s” on waiting orders", rule.name),
                channel="root.oms",
            )._apply_to_waiting(after)

    def _apply_now(self):
        domain = self._get_pending_domain()
        count = self.env["sale.order"].search_count(domain, limit=AT_ONCE + 1)
        if count > AT_ONCE:
            self.with_delay(
                identity_key=f"oms:rule:{self.id}:0", channel="root.oms"
            )._apply_to_waiting(0)
            message = self.env._(
                "The orders are worked on in the background; the figures on this page "
                "show how far."
            )
        else:
            self._apply_to_waiting(0)
            message = self.env._("Applied to %(count)s orders.", count=count)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if self.error else "success",
                "message": self.error or message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _apply_to_waiting(self, after):
        """Act on one batch of waiting orders; ask for the next one if there is more.

        :param int after: id of the last order of the batch before
        """
        self.ensure_one()
        # As at capture: a rule sees every order, whoever saved it.
        rule = self.sudo().with_company(self.company_id)  # see above
        try:
            domain = rule._get_pending_domain() & Domain("id", ">", after)
            orders = rule.env["sale.order"].search(domain, order="id", limit=BATCH)
        except FAILURES as error:
            rule._record_failure(
                rule.env["sale.order"], self.env._("read its condition"), error
            )
            return
        rule._act(orders)
        if len(orders) == BATCH:
            rule.with_delay(
                identity_key=f"oms:rule:{rule.id}:{orders[-1].id}",
                channel="root.oms",
            )._apply_to_waiting(orders[-1].id)

    def _get_pending_domain(self):
        """Waiting orders that have not had every action of the rule."""
        return self._get_waiting_matches_domain() & self._get_missing_domain()

    def _get_missing_domain(self):
        return Domain.OR(
            Domain("oms_rule_run_ids", "not any", [("action_id", "=", action.id)])
            for action in self.action_ids
        )

    @api.model
    def _cron_apply_waiting(self):
        """Time passes, orders change: ask the rules about waiting orders again."""
        self.search([("on_waiting", "=", True), ("error", "=", False)])._delay_waiting()
