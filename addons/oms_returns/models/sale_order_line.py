# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.eligibility import LineFacts, judge
from .oms_return import OPEN_STATES


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    oms_return_line_ids = fields.One2many("oms.return.line", "sale_line_id")
    # Written by every transaction that takes units to return. Under PostgreSQL's
    # repeatable read a row lock alone lets the second one go on with what it read
    # before; a changed row makes it start again.
    oms_return_claims = fields.Integer(copy=False, readonly=True)
    oms_refunded_qty = fields.Float(
        "Refunded",
        compute="_compute_oms_refunded_qty",
        store=True,
        digits="Product Unit",
        help="Units that came back and were credited.",
    )

    # === COMPUTE ===

    @api.depends(
        "oms_return_line_ids.refund_line_ids.quantity",
        "oms_return_line_ids.refund_line_ids.parent_state",
    )
    def _compute_oms_refunded_qty(self):
        for line in self:
            credited = line.oms_return_line_ids.refund_line_ids.filtered(
                lambda entry, line=line: (
                    entry.parent_state == "posted" and line in entry.sale_line_ids
                )
            )
            line.oms_refunded_qty = sum(
                entry.product_uom_id._compute_quantity(
                    entry.quantity, line.product_uom_id
                )
                for entry in credited
            )

    @api.depends("oms_refunded_qty")
    def _compute_qty_to_invoice(self):
        """Override of `sale`: what came back and was credited is not sold again.

        Goods invoiced on delivery need no correction: they are delivered no more.
        """
        result = super()._compute_qty_to_invoice()
        for line in self._filter_oms_refunded_on_order():
            line.qty_to_invoice -= line.oms_refunded_qty
        return result

    @api.depends("oms_refunded_qty")
    def _compute_invoice_status(self):
        """Override of `sale`: invoiced and credited is invoiced."""
        result = super()._compute_invoice_status()
        for line in self._filter_oms_refunded_on_order():
            invoiced = line.qty_invoiced + line.oms_refunded_qty
            if line.state == "sale" and (
                line.product_uom_id.compare(invoiced, line.product_uom_qty) >= 0
            ):
                line.invoice_status = "invoiced"
        return result

    def _filter_oms_refunded_on_order(self):
        return self.filtered(
            lambda line: (
                line.oms_refunded_qty and line.product_id.invoice_policy == "order"
            )
        )

    # === RETURNS ===

    def _lock_oms_returns(self):
        """Let no other transaction take units of these lines until this one ends."""
        if not self.ids:
            return
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM sale_order_line WHERE id IN %s ORDER BY id FOR UPDATE",
                tuple(self.ids),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE sale_order_line
                   SET oms_return_claims = COALESCE(oms_return_claims, 0) + 1
                 WHERE id IN %s
                """,
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["oms_return_claims"])

    def _get_oms_return_facts(self, asked=None, apart_from=None):
        """What is known of these lines when units of them are to be returned.

        :param dict asked: line -> units asked for now
        :param apart_from: return lines that do not count as requested
        :return: {line: LineFacts}, in the lines' own units
        """
        open_lines = self.env["oms.return.line"].search(
            [
                ("sale_line_id", "in", self.ids),
                ("return_id.state", "in", OPEN_STATES),
            ]
        )
        requested, returned = defaultdict(float), defaultdict(float)
        for line in open_lines - (apart_from or open_lines.browse()):
            requested[line.sale_line_id] += line._get_expected_quantity()
        for line in self.oms_return_line_ids:
            if line.state in ("received", "done"):
                returned[line.sale_line_id] += line.quantity_received
        return {
            line: LineFacts(
                asked=to_decimal((asked or {}).get(line, 0.0)),
                delivered=to_decimal(line.qty_delivered + returned[line]),
                returned=to_decimal(returned[line]),
                requested=to_decimal(requested[line]),
                is_goods=line.qty_delivered_method == "stock_move",
            )
            for line in self
        }

    def _judge_oms_return(self, asked, apart_from=None):
        """Ask the rules about each line: {line: (LineFacts, Verdict)}."""
        facts = self._get_oms_return_facts(asked, apart_from)
        return {line: (fact, judge(fact)) for line, fact in facts.items()}

    def _get_oms_return_objections(self, facts, verdict):
        """The sentences of a verdict, in the reader's language."""
        self.ensure_one()
        values = {
            "product": self.product_id.display_name,
            "order": self.order_id.name,
            "asked": f"{facts.asked.normalize():f}",
            "returnable": f"{max(facts.returnable, Decimal(0)).normalize():f}",
            "delivered": f"{facts.delivered.normalize():f}",
            "returned": f"{facts.returned.normalize():f}",
            "requested": f"{facts.requested.normalize():f}",
        }
        sentences = {
            "nothing_asked": self.env._(
                "%(product)s: no quantity to return. Enter how many, or remove the "
                "line.",
                **values,
            ),
            "not_goods": self.env._(
                "%(product)s of %(order)s is a service: there is nothing to send back. "
                "Credit it from its invoice.",
                **values,
            ),
            "not_delivered": self.env._(
                "%(product)s of %(order)s was not delivered yet. Cancel it on the "
                "order instead.",
                **values,
            ),
            "too_many": self.env._(
                "%(product)s of %(order)s: %(asked)s asked for, %(returnable)s can be "
                "returned (%(delivered)s delivered, %(returned)s returned, "
                "%(requested)s on other open returns). Lower the quantity, or cancel "
                "the other return.",
                **values,
            ),
        }
        return [sentences[reason.code] for reason in verdict.reasons]


def to_decimal(quantity):
    """A float quantity of Odoo, without the noise of its binary digits."""
    return Decimal(repr(round(quantity, 9)))
