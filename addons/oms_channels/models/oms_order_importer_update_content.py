# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Command

from odoo.addons.oms_core.tools.unheld import unheld

from ..engine.settling import lines_total


class OmsOrderImporter(models.AbstractModel):
    """Lines added, removed and changed; goods and transfers follow."""

    _inherit = "oms.order.importer"

    def _update_content(self, channel, updates, currencies):
        todo = [update for update in updates if "content" in update.done]
        if not todo:
            return
        # The order of before: lines that are new take the buyer's currency of now.
        found = self._look_up(channel, [update.after for update in todo], currencies)
        lines, previous = self.env["sale.order.line"], {}
        values_list = []
        for update in todo:
            changed, new = self._prepare_content(channel, update, found)
            for line, values in changed:
                previous[line.id] = line.product_uom_qty
                # Each line has amounts of its own; nothing reaches the database
                # before all of them are written.
                unheld(line.with_context(skip_procurement=True)).write(values)
                lines |= line
            values_list += new
        added = unheld(lines.with_context(skip_procurement=True)).create(values_list)
        # Of a kit that is new Odoo knows no quantity of before, and fails without one.
        previous |= dict.fromkeys(added.ids, 0.0)
        lines |= added
        self._follow_content(lines.with_env(self.env), previous)
        self._check_content(channel, todo, found)

    def _follow_content(self, lines, previous):
        """Ask for goods, or give them back, for all lines in one go."""
        lines = lines.filtered(lambda line: line.state == "sale")
        lines._resize_oms_moves(previous)
        # What is left: new lines, kits, chains of transfers, goods made to order.
        lines._action_launch_stock_rule(previous_product_uom_qty=previous)
        lines.move_ids.filtered(
            lambda move: move.state in ("confirmed", "partially_available")
        )._action_assign()

    def _prepare_content(self, channel, update, found):
        """:return: ([(line, values)], [values of new lines])"""
        order, after = update.order, update.after
        invoiced = {key for key, line in update.facts.lines.items() if line.is_invoiced}
        target = {
            line.external_id: line
            for line in self._settle(after, order.currency_id, invoiced)
        }
        here = {
            line.oms_external_id: line
            for line in order.order_line
            if line.oms_external_id
        }
        keys = {
            change.key: change for change in update.changes if change.group == "content"
        }
        changed = [
            (
                here[key],
                self._prepare_line_change(here[key], target.get(key), after, found),
            )
            for key in keys
            if key in here
        ]
        sequence = max(order.order_line.mapped("sequence"), default=10)
        new = [
            self._prepare_line_values(target[key], after, found, sequence)
            | {"order_id": order.id}
            for key in keys
            if key in target and key not in here
        ]
        rounding = self._prepare_rounding_change(channel, update, found)
        return [*changed, *rounding[0]], [*new, *rounding[1]]

    def _prepare_line_change(self, line, target, after, found):
        """Values to write; all that Odoo would compute anew is given with them."""
        if not target:
            return {
                "product_uom_qty": 0.0,
                "price_unit": line.price_unit,
                "discount": line.discount,
                "extra_tax_data": False,
            }
        wanted = self._prepare_line_values(target, after, found, line.sequence)
        values = {
            name: wanted[name]
            for name in ("product_uom_qty", "price_unit", "discount", "extra_tax_data")
        }
        ((_command, _zero, taxes),) = wanted["tax_ids"]
        if set(taxes) != set(line.tax_ids.ids):
            values["tax_ids"] = [Command.set(taxes)]
        return values

    def _prepare_rounding_change(self, channel, update, found):
        """What the channel's total differs from its lines, now and before."""
        product = found["rounding"]
        line = update.order.order_line.filtered(
            lambda ln: ln.product_id == product and not ln.oms_external_id
        )[:1]
        difference = update.after.total - update.after.lines_total
        if abs(difference) > channel.rounding_limit:
            difference *= 0
        if line and line.price_unit != float(difference):
            return [(line, {"price_unit": float(difference)})], []
        if difference and not line:
            values = self._prepare_rounding_values(difference)
            return [], [values | {"order_id": update.order.id}]
        return [], []

    # === CHECK ===

    def _check_content(self, channel, updates, found):
        """The checks of a new order, for those that have changed."""
        holds = []
        for update in updates:
            order = update.order
            checks = (
                *self._get_product_holds(order, found),
                *self._get_total_holds(channel, order, update.after),
                *self._get_tax_holds(channel, update.after),
                *self._get_applied_total_holds(channel, update),
            )
            holds += [{"order": order, **hold} for hold in checks]
        self.env["oms.hold"]._place(holds)

    def _get_applied_total_holds(self, channel, update):
        """What the order comes to here must be what the channel's lines come to."""
        order, after = update.order, update.after
        expected = self._get_total_left(update)
        difference = after.total - after.lines_total
        if abs(difference) > channel.rounding_limit:
            expected -= difference
        if order.currency_id.compare_amounts(order.amount_total, float(expected)):
            yield {
                "type": "total_mismatch",
                "reason": self.env._(
                    "after the shop's change the order should come to %(expected)s, "
                    "here it comes to %(total)s",
                    expected=order.currency_id.format(float(expected)),
                    total=order.currency_id.format(order.amount_total),
                ),
            }

    def _get_total_left(self, update):
        """The channel's total, less what was cancelled and given back."""
        after, currency = update.after, update.order.currency_id
        invoiced = {key for key, line in update.facts.lines.items() if line.is_invoiced}
        left = lines_total(after, self._settle(after, currency, invoiced))
        return after.total - after.lines_total + left
