# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models

# Buyers may pay an unpaid order at a till: that is how this hold ends.
PAYMENT = "payment"
SOLD = ("paid", "done")


class SaleOrder(models.Model):
    """What a till has handed over, or ships later, of an order."""

    _inherit = "sale.order"

    # === COMPUTE ===

    @api.depends(
        "order_line.pos_order_line_ids.qty_delivered",
        "order_line.pos_order_line_ids.order_id.state",
        "order_line.pos_order_line_ids.order_id.picking_ids.state",
    )
    def _compute_oms_state(self):
        """Override of `oms_core`: goods leave by the till's transfers, too."""
        return super()._compute_oms_state()

    # === READING FACTS ===

    def _get_oms_move_facts(self):
        """Override of `oms_core` to add what tills have sold of these orders."""
        facts = super()._get_oms_move_facts()
        for line in self._get_oms_settling_lines():
            known = facts.setdefault(line.sale_order_line_id.order_id.id, {})
            for fact, quantity in line._get_oms_facts().items():
                known[fact] = known.get(fact, 0.0) + quantity
        return facts

    def _get_oms_quantity_without_moves(self):
        """Override of `oms_core`: what tills have sold waits for no move."""
        waiting = super()._get_oms_quantity_without_moves()
        settled = defaultdict(float)
        for line in self._get_oms_settling_lines():
            settled[line.sale_order_line_id] += line.qty
        for line, quantity in settled.items():
            if line.product_id.type == "consu" and not any(
                move.state != "cancel" for move in line.move_ids
            ):
                waiting[line.order_id.id] -= min(quantity, line.product_uom_qty)
        return waiting

    def _get_oms_settling_lines(self):
        """Lines of receipts by which goods of these orders were sold."""
        # Whoever asks for the state need not see receipts.
        lines = self.order_line.sudo().pos_order_line_ids  # see above
        return lines.filtered(lambda line: line.order_id.state in SOLD and line.qty > 0)

    # === HOLDS ===

    def load_sale_order_from_pos(self, config_id):
        """Override of `pos_sale`: goods of a held order are not handed over.

        Asked when the cashier chooses the order: when it is paid it is too late.
        """
        holds = self._oms_get_holds("ship").sudo()  # names are for everyone to read
        stopping = holds.filtered(lambda hold: hold.type_id.code != PAYMENT)
        stopping.order_id.with_env(self.env)._oms_check_operation("ship")
        return super().load_sale_order_from_pos(config_id)

    def _release_oms_payment_holds(self):
        """Orders that a till was paid for wait for their money no longer."""
        paid = self.filtered(lambda order: order.oms_payment_state == "paid")
        paid.oms_open_hold_ids.filtered(
            lambda hold: hold.type_id.code == PAYMENT
        )._release(self.env._("Paid at the till."))
