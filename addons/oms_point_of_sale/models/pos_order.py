# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from odoo.addons.oms_core.engine.lifecycle import OrderFacts, order_state
from odoo.addons.oms_core.models.sale_order import STATES
from odoo.addons.oms_core.tools.trigram import trigram_index


class PosOrder(models.Model):
    """A receipt: it has its channel and its state, and no need of holds or routing."""

    _inherit = "pos.order"

    oms_channel_id = fields.Many2one(
        "oms.channel",
        "Channel",
        compute="_compute_oms_channel_id",
        store=True,
        index=True,
    )
    oms_state = fields.Selection(
        STATES,
        "Order State",
        compute="_compute_oms_state",
        store=True,
        index=True,
        copy=False,
        help="Goods over the counter are closed with their payment; those that are "
        "shipped later follow from their transfers.",
    )

    _oms_name_trgm = trigram_index("name")
    _oms_reference_trgm = trigram_index("pos_reference")

    # === COMPUTE ===

    # Not the till's channel: a receipt stays where it was sold.
    @api.depends("config_id")
    def _compute_oms_channel_id(self):
        for order in self:
            # A cashier may not read channels; only which one it is.
            order.oms_channel_id = order.config_id.sudo().oms_channel_id

    @api.depends(
        "state",
        "shipping_date",
        "lines.qty",
        "lines.product_id",
        "picking_ids.printed",
        "picking_ids.oms_delivered_at",
        "picking_ids.move_ids.state",
        "picking_ids.move_ids.quantity",
        "picking_ids.move_ids.picked",
    )
    def _compute_oms_state(self):
        # Read for all at once: what is filtered below would be read one by one.
        self.picking_ids.mapped("printed")
        for order in self:
            # What is still on the screen of a till is no order yet.
            is_order = order.state != "draft"
            order.oms_state = is_order and order_state(order._get_oms_facts())

    def _get_oms_facts(self):
        self.ensure_one()
        sold = OrderFacts(
            confirmed=True,
            cancelled=self.state == "cancel",
            invoiced=True,  # its session is its invoice
            paid=True,
        )
        if not self.shipping_date:
            return sold
        goods = self.lines.filtered(lambda line: line.product_id.type == "consu")
        moves = self.picking_ids.move_ids.filtered(
            lambda move: move.state != "cancel" and move._is_outgoing()
        )
        gone = moves.filtered(lambda move: move.state == "done")
        left = moves.filtered(lambda move: move.state != "done")
        return replace(
            sold,
            ordered=sum(line.qty for line in goods if line.qty > 0),
            allocated=sum(left.mapped("quantity")),
            shipped=sum(gone.mapped("quantity")),
            delivered=sum(
                gone.filtered("picking_id.oms_delivered_at").mapped("quantity")
            ),
            picking=any(move.picked or move.picking_id.printed for move in left),
            packed=bool(left) and all(left.mapped("picked")),
        )

    # === CRUD ===

    def _auto_init(self):
        """A database may have any number of receipts: they are told in one statement,
        see :meth:`_oms_adopt_orders`, and not computed one by one."""
        for name, kind in (("oms_channel_id", "int4"), ("oms_state", "varchar")):
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    @api.model
    def _oms_adopt_orders(self):
        """Receipts that are older than this addon get their channel and state."""
        self.env["pos.config"].flush_model(["oms_channel_id"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE pos_order
                   SET oms_channel_id = config.oms_channel_id,
                       oms_state = CASE pos_order.state
                           WHEN 'cancel' THEN 'cancelled'
                           WHEN 'draft' THEN NULL
                           ELSE 'closed' END
                  FROM pos_config config
                 WHERE config.id = pos_order.config_id
                   AND pos_order.oms_channel_id IS NULL
                """
            )
        )
        self.invalidate_model(["oms_channel_id", "oms_state"])
        later = self.search([("shipping_date", "!=", False)])
        self.env.add_to_compute(self._fields["oms_state"], later)
