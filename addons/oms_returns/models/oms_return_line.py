# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine.disposition import GRADES, propose
from .oms_return import OPEN_STATES


class OmsReturnLine(models.Model):
    """Units of one order line that come back, and what becomes of them."""

    _name = "oms.return.line"
    _description = "Return Line"
    _order = "return_id, id"
    _rec_name = "product_id"

    return_id = fields.Many2one(
        "oms.return", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(related="return_id.order_id")
    company_id = fields.Many2one(related="return_id.company_id", store=True)
    currency_id = fields.Many2one(related="return_id.currency_id")
    state = fields.Selection(related="return_id.state", string="Return State")
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
    )
    product_id = fields.Many2one(
        related="sale_line_id.product_id", store=True, index=True
    )
    product_uom_id = fields.Many2one(
        related="sale_line_id.product_uom_id", string="Unit"
    )
    image_128 = fields.Image(related="product_id.image_128", string="Picture")
    quantity = fields.Float(
        "Requested", digits="Product Unit", default=1.0, required=True
    )
    quantity_received = fields.Float(
        "Received", digits="Product Unit", copy=False, help="What really arrived."
    )
    reason_id = fields.Many2one(
        "oms.return.reason",
        compute="_compute_reason_id",
        store=True,
        readonly=False,
        index="btree_not_null",
    )
    grade = fields.Selection(list(GRADES), copy=False, help="What inspection found.")
    disposition = fields.Selection(
        [("restock", "Restock"), ("scrap", "Scrap")],
        compute="_compute_disposition",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="What becomes of the goods. Proposed from the grade.",
    )
    move_ids = fields.One2many("stock.move", "oms_return_line_id", readonly=True)
    refund_line_ids = fields.One2many(
        "account.move.line", "oms_return_line_id", readonly=True
    )
    refund_amount = fields.Monetary(
        "Refund",
        compute="_compute_refund_amount",
        store=True,
        help="Tax included; what the invoice says of these units. Final once credited.",
    )

    _once = models.Constraint(
        "UNIQUE(return_id, sale_line_id)",
        "An order line appears once on a return: raise its quantity instead.",
    )
    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The quantity to return must be more than zero."
    )
    _received_not_negative = models.Constraint(
        "CHECK(quantity_received >= 0)", "The quantity received cannot be negative."
    )

    # === CONSTRAINTS ===

    @api.constrains("quantity", "quantity_received", "sale_line_id", "return_id")
    def _check_returnable(self):
        """Refuse more than can come back, with the order lines locked.

        Called whenever quantities change, and again at approval: between the two,
        somebody may have returned the same units another way.
        """
        lines = self.filtered(lambda line: line.state in OPEN_STATES)
        lines._check_order()
        lines.sale_line_id._lock_oms_returns()
        asked = defaultdict(float)
        for line in lines:
            asked[line.sale_line_id] += line._get_expected_quantity()
        verdicts = lines.sale_line_id._judge_oms_return(asked, apart_from=lines)
        objections = [
            sentence
            for sale_line, (facts, verdict) in verdicts.items()
            if asked[sale_line] and not verdict.allowed
            for sentence in sale_line._get_oms_return_objections(facts, verdict)
        ]
        if objections:
            raise ValidationError("\n".join(objections))

    def _check_order(self):
        for line in self:
            if line.sale_line_id.order_id != line.return_id.order_id:
                raise ValidationError(
                    self.env._(
                        "%(product)s is on order %(other)s, the return is of order "
                        "%(order)s. Make a return for each order.",
                        product=line.product_id.display_name,
                        other=line.sale_line_id.order_id.name,
                        order=line.return_id.order_id.name,
                    )
                )

    # === COMPUTE ===

    @api.depends("return_id.reason_id")
    def _compute_reason_id(self):
        for line in self:
            line.reason_id = line.reason_id or line.return_id.reason_id

    @api.depends("grade")
    def _compute_disposition(self):
        for line in self:
            if line.state in ("received", "done"):
                continue
            line.disposition = propose(line.grade)

    @api.depends(
        "quantity",
        "quantity_received",
        "state",
        "refund_line_ids.price_total",
        "refund_line_ids.parent_state",
    )
    def _compute_refund_amount(self):
        credited = self.filtered("refund_line_ids")
        for line in credited:
            line.refund_amount = sum(
                line.refund_line_ids.filtered(
                    lambda entry: entry.parent_state != "cancel"
                ).mapped("price_total")
            )
        plans = (self - credited)._plan_refunds()
        for line in self - credited:
            line.refund_amount = float(
                sum(refund.gross for refund in plans.get(line, ()))
            )

    # === CRUD ===

    @api.ondelete(at_uninstall=False)
    def _unlink_only_while_requested(self):
        for line in self:
            if line.state not in ("requested", "refused", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(product)s stays on return %(name)s, of which the warehouse "
                        "knows already. Receive 0 of it, or cancel the return.",
                        product=line.product_id.display_name,
                        name=line.return_id.name,
                    )
                )

    # === QUANTITIES ===

    def _get_expected_quantity(self):
        """Units that are still to come, in the line's unit.

        The receipt of a return may be validated in parts.
        """
        here = self._get_quantity_of_moves(self._get_received_moves())
        return max(max(self.quantity, self.quantity_received) - here, 0.0)

    def _get_received_moves(self):
        """The moves by which the goods of this line came in."""
        return self.move_ids.filtered(
            lambda move: move.state == "done" and move.location_id.usage == "customer"
        )

    def _get_goods_sentence(self):
        return ", ".join(
            f"{line.quantity_received:g} × {line.product_id.display_name}"
            for line in self
            if line.quantity_received
        )
