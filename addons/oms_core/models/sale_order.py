# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.lifecycle import (
    OrderFacts,
    PaymentFacts,
    ReturnFacts,
    order_state,
    payment_state,
    return_state,
)

STATES = [
    ("quarantined", "Quarantined"),
    ("captured", "Captured"),
    ("on_hold", "On hold"),
    ("backordered", "Backordered"),
    ("unfillable", "Unfillable"),
    ("allocated", "Allocated"),
    ("picking", "Picking"),
    ("packed", "Packed"),
    ("partially_shipped", "Partially shipped"),
    ("shipped", "Shipped"),
    ("delivered", "Delivered"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
PAYMENT_STATES = [
    ("unpaid", "Unpaid"),
    ("authorised", "Authorised"),
    ("paid", "Paid"),
    ("partially_refunded", "Partially refunded"),
    ("refunded", "Refunded"),
]
RETURN_STATES = [
    ("none", "No return"),
    ("requested", "Return requested"),
    ("in_progress", "Return in progress"),
    ("done", "Returned"),
]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    oms_channel_id = fields.Many2one(
        "oms.channel", string="Channel", index=True, check_company=True, tracking=True
    )
    oms_external_id = fields.Char(
        "Channel ID", copy=False, readonly=True, help="The channel's own key."
    )
    oms_external_number = fields.Char(
        "Channel Number",
        copy=False,
        index="trigram",
        help="The number that the buyer knows.",
    )
    oms_currency_id = fields.Many2one(
        "res.currency",
        "Channel Currency",
        copy=False,
        readonly=True,
        help="The currency in which the buyer paid, whatever the pricelist.",
    )
    oms_channel_total = fields.Monetary(
        "Channel Total", copy=False, readonly=True, help="The total the channel sent."
    )
    oms_captured_at = fields.Datetime("Captured", copy=False, readonly=True)
    oms_buyer_note = fields.Text(
        "Buyer's Note", copy=False, help="What the buyer wrote with the order."
    )
    oms_gift_note = fields.Text("Gift Note", copy=False)
    oms_unfillable = fields.Boolean(
        copy=False,
        readonly=True,
        help="Routing found no place that may ship this, and will not wait for one.",
    )
    oms_hold_ids = fields.One2many("oms.hold", "order_id", readonly=True)
    oms_open_hold_ids = fields.One2many(
        "oms.hold",
        "order_id",
        string="Holds",
        domain=[("is_open", "=", True)],
        readonly=True,
    )
    oms_event_ids = fields.One2many(
        "oms.event", "order_id", string="History", readonly=True
    )
    oms_payment_ids = fields.One2many("oms.payment", "order_id", readonly=True)
    oms_state = fields.Selection(
        STATES,
        string="Order State",
        compute="_compute_oms_state",
        store=True,
        index=True,
        copy=False,
        help="Follows from holds, stock moves, deliveries, invoices and payments.",
    )
    oms_payment_state = fields.Selection(
        PAYMENT_STATES,
        string="Payment State",
        compute="_compute_oms_payment_state",
        store=True,
        index=True,
        copy=False,
    )
    oms_return_state = fields.Selection(
        RETURN_STATES,
        string="Return State",
        compute="_compute_oms_return_state",
        store=True,
        copy=False,
    )

    # The one guarantee that an order of a channel exists once, whoever imports it.
    _oms_external_uniq = models.UniqueIndex(
        "(oms_channel_id, oms_external_id) WHERE oms_external_id IS NOT NULL",
        "This order of the channel has been imported already.",
    )

    # === COMPUTE ===

    @api.depends("oms_currency_id")
    def _compute_currency_id(self):
        """Override of `sale`: an order of a channel is in the buyer's currency."""
        given = self.filtered("oms_currency_id")
        for order in given:
            order.currency_id = order.oms_currency_id
        return super(SaleOrder, self - given)._compute_currency_id()

    @api.depends(
        "state",
        "invoice_status",
        "oms_hold_ids.is_open",
        "oms_payment_state",
        "oms_unfillable",
        "order_line.product_id",
        "order_line.product_uom_qty",
        "order_line.move_ids.state",
        "order_line.move_ids.quantity",
        "order_line.move_ids.picked",
        "order_line.move_ids.picking_id.printed",
        "order_line.move_ids.picking_id.oms_delivered_at",
    )
    def _compute_oms_state(self):
        moves = self._get_oms_move_facts()
        waiting = self._get_oms_quantity_without_moves()
        for order in self:
            order.oms_state = order_state(
                order._get_oms_facts(moves.get(order.id, {}), waiting.get(order.id, 0))
            )

    @api.depends(
        "amount_total",
        "oms_payment_ids.kind",
        "oms_payment_ids.amount",
        "invoice_ids.payment_state",
        "invoice_ids.amount_residual",
    )
    def _compute_oms_payment_state(self):
        for order in self:
            order.oms_payment_state = payment_state(order._get_oms_payment_facts())

    @api.depends("state")
    def _compute_oms_return_state(self):
        facts = self._get_oms_return_facts()
        for order in self:
            order.oms_return_state = return_state(facts.get(order, ReturnFacts()))

    # === READING FACTS ===

    def _get_oms_facts(self, moves, waiting):
        self.ensure_one()
        shipped, still_open = moves.get("shipped", 0.0), moves.get("open", 0.0)
        return OrderFacts(
            confirmed=self.state == "sale",
            cancelled=self.state == "cancel",
            held=any(
                self.oms_hold_ids.filtered("is_open").type_id.mapped("stops_fulfilment")
            ),
            unfillable=self.oms_unfillable,
            ordered=shipped + still_open + waiting,
            allocated=moves.get("allocated", 0.0),
            shipped=shipped,
            delivered=moves.get("delivered", 0.0),
            picking=bool(moves.get("picking")),
            packed=bool(moves.get("packed")) and not waiting,
            invoiced=self.invoice_status == "invoiced",
            paid=self.oms_payment_state not in ("unpaid", "authorised"),
        )

    def _get_oms_return_facts(self):
        """{order: :class:`ReturnFacts`}; extended by oms_returns, which knows them."""
        return {}

    def _get_oms_payment_facts(self):
        self.ensure_one()
        amounts = defaultdict(float)
        for payment in self.oms_payment_ids:
            amounts[payment.kind] += payment.amount
        posted = self.invoice_ids.filtered(lambda move: move.state == "posted")
        settled = {"out_invoice": 0.0, "out_refund": 0.0}
        for move in posted:
            settled[move.move_type] += move.amount_total - move.amount_residual
        # Sums of amounts are compared: without rounding, a whole refund in four parts
        # would lack a fraction of a cent.
        exact = (self.currency_id or self.env.company.currency_id).round
        return PaymentFacts(
            total=exact(self.amount_total),
            authorised=exact(max(amounts["authorisation"] - amounts["void"], 0.0)),
            captured=exact(max(amounts["capture"], settled["out_invoice"])),
            refunded=exact(max(amounts["refund"], settled["out_refund"])),
        )

    def _get_oms_move_facts(self):
        """What the warehouse has done, in one query.

        :return: order id -> open, allocated, shipped, delivered (in the products'
            own units), picking, packed (booleans)
        """
        if not self.ids:
            return {}
        move, picking = self.env["stock.move"], self.env["stock.picking"]
        move.flush_model(
            [
                *("state", "quantity", "product_qty", "product_uom_qty", "picked"),
                *("sale_line_id", "picking_id"),
                *("location_dest_id", "location_final_id"),
            ]
        )
        picking.flush_model(["printed", "oms_delivered_at"])
        self.env.cr.execute(
            SQL(
                """
                WITH goods AS (
                    SELECT line.order_id, move.state, move.picked,
                           move.product_qty AS demand,
                           COALESCE(move.quantity * move.product_qty
                               / NULLIF(move.product_uom_qty, 0), 0) AS handled,
                           picking.printed, picking.oms_delivered_at,
                           place.usage AS usage, goal.usage AS goal
                      FROM sale_order_line line
                      JOIN stock_move move ON move.sale_line_id = line.id
                      JOIN stock_location place ON place.id = move.location_dest_id
                 LEFT JOIN stock_location goal ON goal.id = move.location_final_id
                 LEFT JOIN stock_picking picking ON picking.id = move.picking_id
                     WHERE line.order_id IN %s AND move.state != 'cancel'
                )
                SELECT order_id,
                       SUM(demand) FILTER (WHERE state != 'done') AS open,
                       SUM(handled) FILTER (WHERE state != 'done') AS allocated,
                       SUM(handled) FILTER (WHERE state = 'done'
                           AND usage = 'customer') AS shipped,
                       SUM(handled) FILTER (WHERE state = 'done'
                           AND usage = 'customer'
                           AND oms_delivered_at IS NOT NULL) AS delivered,
                       BOOL_OR(printed OR picked) FILTER (WHERE state != 'done')
                           AS picking,
                       BOOL_AND(picked) FILTER (WHERE state != 'done') AS packed
                  FROM goods
                 WHERE usage = 'customer' OR goal = 'customer'
              GROUP BY order_id
                """,
                tuple(self.ids),
            )
        )
        return {
            row["order_id"]: {key: value or 0.0 for key, value in row.items()}
            for row in self.env.cr.dictfetchall()
        }

    def _get_oms_quantity_without_moves(self):
        """Goods that no move carries yet, as of held orders: {order id: units}."""
        waiting = defaultdict(float)
        for line in self.order_line:
            if line.product_id.type == "consu" and not any(
                move.state != "cancel" for move in line.move_ids
            ):
                waiting[line.order_id.id] += line.product_uom_qty
        return waiting

    # === CRUD ===

    def unlink(self):
        """Override of `sale`: the history of an order goes with the order."""
        self.env["oms.event"]._allow_removal()
        return super().unlink()
