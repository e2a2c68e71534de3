# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class StockPicking(models.Model):
    """What a picker reads, and the list of what may be picked."""

    _inherit = "stock.picking"

    oms_channel_icon = fields.Char(related="oms_channel_id.icon_url")
    oms_buyer_note = fields.Text(related="sale_id.oms_buyer_note")
    oms_gift_note = fields.Text(related="sale_id.oms_gift_note")
    oms_order_number = fields.Char(
        "Order Number",
        compute="_compute_oms_order_number",
        help="The number that the buyer knows, or ours.",
    )
    oms_contents = fields.Text("Contents", compute="_compute_oms_contents")
    oms_is_held = fields.Boolean(
        "Held",
        compute="_compute_oms_is_held",
        search="_search_oms_is_held",
        help="A hold of the order stops it on its way to the buyer.",
    )
    oms_node_id = fields.Many2one(
        related="picking_type_id.warehouse_id", string="Place"
    )

    # === COMPUTE ===

    def _compute_oms_order_number(self):
        for picking in self:
            order = picking.sale_id
            picking.oms_order_number = (
                order.oms_external_number or order.name or picking.origin
            )

    def _compute_oms_contents(self):
        """“2 × Mug”, a line for each product."""
        names = {p.id: p.display_name for p in self.move_ids.product_id}
        for picking in self:
            moves = picking.move_ids.filtered(lambda move: move.state != "cancel")
            picking.oms_contents = "\n".join(
                f"{sum(same.mapped('product_uom_qty')):g} × {names[product.id]}"
                for product, same in moves.grouped("product_id").items()
            )

    @api.depends("sale_id.oms_hold_ids.is_open")
    def _compute_oms_is_held(self):
        for picking in self:
            holds = picking.sale_id.oms_hold_ids.filtered("is_open")
            picking.oms_is_held = any(holds.type_id.mapped("stops_fulfilment"))

    def _search_oms_is_held(self, operator, value):
        if operator != "in":
            return NotImplemented
        holds = [("is_open", "=", True), ("type_id.stops_fulfilment", "=", True)]
        held = fields.Domain("sale_id.oms_hold_ids", "any", holds)
        return held if True in value else ~held

    # === ACTIONS ===

    def action_oms_print_pick_list(self):
        """Start picking: print the list of what to take from the shelves."""
        self._oms_check_operation("pick")
        fresh = self.filtered(lambda picking: not picking.printed)
        fresh.printed = True
        fresh._record_oms_pick_start()
        report = self.env.ref("oms_core.action_report_pick_list")
        # No detour by the layout of letterheads: the list stays in the house.
        return report.report_action(self, config=False)

    def _record_oms_pick_start(self):
        self.env["oms.event"]._record(
            [
                {
                    "order": picking.sale_id,
                    "kind": "pick",
                    "sentence": self.env._(
                        "Picking started at %(place)s: pick list printed.",
                        place=picking.picking_type_id.warehouse_id.name,
                    ),
                    "document": picking,
                }
                for picking in self
                if picking.sale_id
            ]
        )

    def action_oms_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.picking",
            "res_id": self.id,
            "views": [(False, "form")],
        }
