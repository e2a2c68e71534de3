# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.oms_core.tools.mark import FROM_CHANNEL
from odoo.addons.oms_core.tools.unheld import unheld


class SaleOrder(models.Model):
    _inherit = "sale.order"

    oms_external_version = fields.Char(
        copy=False, readonly=True, help="Newest version of the order that is known."
    )
    oms_channel_document = fields.Json(
        copy=False,
        readonly=True,
        prefetch=False,
        help="What the channel said last, and what of it has been applied.",
    )
    oms_change_is_asked = fields.Boolean(
        compute="_compute_oms_change_is_asked",
        help="The shop has changed something about which a person must decide.",
    )
    oms_is_test = fields.Boolean(
        "Test Order", copy=False, readonly=True, help="The shop calls it a test."
    )
    oms_on_account = fields.Boolean(
        "On Account",
        copy=False,
        readonly=True,
        help="It came without a payment: the buyer pays our invoice later.",
    )
    oms_message_ids = fields.One2many(
        "oms.channel.message", "order_id", string="Channel Messages", readonly=True
    )

    # === COMPUTE ===

    @api.depends("oms_hold_ids.is_open", "oms_hold_ids.data")
    def _compute_oms_change_is_asked(self):
        for order in self:
            order.oms_change_is_asked = any(
                (hold.data or {}).get("asked") for hold in order.oms_open_hold_ids
            )

    # === HOOKS ===

    def _oms_on_shipped(self, pickings):
        """Override of `oms_core` to tell each channel what has left."""
        result = super()._oms_on_shipped(pickings)
        if FROM_CHANNEL.is_on(self):
            # The channel itself has said that these have left.
            return result
        told = pickings.filtered(lambda p: p.sale_id.oms_external_id)
        for channel, group in told.grouped("oms_channel_id").items():
            channel._send_shipments(
                {picking._get_oms_shipment(): picking.sale_id for picking in group}
            )
        return result

    # === LEDGER ===

    def _get_oms_open_credit(self):
        """Receivable entries of this order, and of its payments, that are open."""
        self.ensure_one()
        moves = self.invoice_ids | self.oms_payment_ids.payment_id.move_id
        return moves.line_ids.filtered(
            lambda line: (
                line.account_type == "asset_receivable"
                and not line.reconciled
                and line.parent_state == "posted"
            )
        )

    # === PRODUCTS ===

    def _oms_resolve_products(self):
        """Give lines their product where it exists by now; prices stay as they are."""
        resolver = self.env["oms.product.resolver"]
        unknown = resolver._get_placeholder()
        for channel, orders in self.grouped("oms_channel_id").items():
            lines = orders.order_line.filtered(lambda ln: ln.product_id == unknown)
            skus = {line.oms_external_sku or "" for line in lines}
            codes = {line.oms_external_barcode or "" for line in lines}
            by_sku = resolver._find_by(channel, "default_code", skus)
            by_sku |= resolver._find_by_listed_sku(channel, skus - {""})
            by_code = resolver._find_by(channel, "barcode", codes)
            groups = lines.grouped(
                lambda line: (line.oms_external_sku, line.oms_external_barcode)
            )
            for (sku, code), same in groups.items():
                if product := by_sku.get(sku) or by_code.get(code):
                    same._set_oms_product(product)

    # === CHANGES IN THE SHOP ===

    def action_oms_take_over(self):
        """Do now what the shop has changed and a person was asked about.

        What still cannot be done goes on asking.
        """
        self.check_access("write")
        self._take_over_oms_changes()

    def _take_over_oms_changes(self):
        # As when the shop's word came: the importer books and moves what it must.
        known = self.sudo()  # see above
        known._reserve_what_oms_asks()
        for channel, orders in known.grouped("oms_channel_id").items():
            importer = known.env["oms.order.importer"]
            importer._import(channel, orders._get_oms_newest_documents())
        known._get_oms_asking_holds()._give_back_goods()

    def _get_oms_asking_holds(self):
        """The open questions about what their shops have changed."""
        return self.oms_open_hold_ids.filtered(
            lambda hold: (hold.data or {}).get("asked")
        )

    def _reserve_what_oms_asks(self):
        """What the shop has shipped leaves from what is reserved here: not even the
        question whether it may keeps the goods from being so."""
        asking = self._get_oms_asking_holds()
        free = asking.order_id.filtered(
            lambda order: order._oms_get_holds("allocate") <= asking
        )
        unheld(free.order_line.move_ids).filtered(
            lambda move: move.state in ("confirmed", "partially_available")
        )._action_assign()

    def _get_oms_newest_documents(self):
        importer = self.env["oms.order.importer"]
        documents = []
        for order in self:
            kept = order.oms_channel_document or {}
            newest = importer._load_document(kept.get("newest") or kept.get("applied"))
            if newest:
                documents.append(newest)
        return documents

    def _settle_oms_changes(self):
        """Take what the shop said last for done: a person has decided about it."""
        importer = self.env["oms.order.importer"]
        for order in self:
            if newest := (order.oms_channel_document or {}).get("newest"):
                document = importer._load_document(newest)
                order.oms_channel_document = importer._prepare_document(
                    document, document
                )
