# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class PosOrder(models.Model):
    """Orders of other channels that a buyer settles, or fetches, at a till."""

    _inherit = "pos.order"

    def _process_saved_order(self, draft):
        """Override of `point_of_sale`: quotations settled here are sold here."""
        sales = self.lines.sale_order_origin_id.sudo()  # a cashier sells no quotations
        sales.filtered(
            lambda sale: sale.state in ("draft", "sent") and not sale.oms_channel_id
        ).oms_channel_id = self.config_id.sudo().oms_channel_id  # as for the receipt
        return super()._process_saved_order(draft)

    @api.model
    def sync_from_ui(self, orders):
        """Override of `pos_sale` to tell the orders what was paid and handed over."""
        result = super().sync_from_ui(orders)
        synced = self.browse([values["id"] for values in result.get("pos.order", [])])
        synced.filtered(
            lambda order: order.state not in ("draft", "cancel")
        )._settle_oms_sales()
        return result

    # === SETTLING ===

    def _settle_oms_sales(self):
        """Note on each order what these receipts settle of it, once."""
        lines = self.lines.sudo()  # a cashier need not see what salespeople sell
        shares = lines.filtered(lambda line: line._get_oms_sale()).grouped(
            lambda line: (line.order_id, line._get_oms_sale())
        )
        payments = self.env["oms.payment"].sudo()  # see above
        known = payments.search([("pos_order_id", "in", self.ids)])
        told = {(payment.pos_order_id, payment.order_id) for payment in known}
        new = {key: same for key, same in shares.items() if key not in told}
        created = payments.create(
            [
                receipt._prepare_oms_payment_values(sale, same)
                for (receipt, sale), same in new.items()
            ]
        )
        created._record_oms_events()
        self.env["oms.event"]._record(
            [
                receipt._prepare_oms_handover_event(sale)
                for (receipt, sale), same in new.items()
                if receipt._is_oms_handover(same)
            ]
        )
        created.order_id._release_oms_payment_holds()

    def _prepare_oms_payment_values(self, sale, lines):
        amount = sum(lines.mapped("price_subtotal_incl"))
        return {
            "order_id": sale.id,
            "pos_order_id": self.id,
            "external_id": self.pos_reference or self.name,
            "kind": "capture" if amount >= 0 else "refund",
            "gateway": ", ".join(self.payment_ids.payment_method_id.mapped("name")),
            "amount": abs(amount),
            "currency_id": self.currency_id.id,
            "date": self.date_order,
        }

    def _is_oms_handover(self, lines):
        return not self.shipping_date and any(
            line.sale_order_line_id and line.qty > 0 for line in lines
        )

    def _prepare_oms_handover_event(self, sale):
        return {
            "order": sale,
            "kind": "delivery",
            "sentence": self.env._(
                "Handed over at %(till)s (%(receipt)s).",
                till=self.config_id.name,
                receipt=self.pos_reference or self.name,
            ),
            "document": self,
            "buyer_visible": True,
        }
