# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import fields, models

CONTACT = (
    *("name", "email", "phone", "street", "street2", "zip", "city", "vat", "lang"),
)


class OmsPrivacyRequest(models.Model):
    """Telling a buyer what is stored: one file that a person sends."""

    _inherit = "oms.privacy.request"

    attachment_id = fields.Many2one(
        "ir.attachment", "File", readonly=True, copy=False, ondelete="set null"
    )

    def _export(self):
        """Attach what is stored of the buyers, as JSON that people can read."""
        self.ensure_one()
        content = json.dumps(self._prepare_export(), ensure_ascii=False, indent=2)
        self.attachment_id = self.env["ir.attachment"].create(
            {
                "name": f"personal-data-{self.id}.json",
                "res_model": self._name,
                "res_id": self.id,
                "raw": content.encode(),
                "mimetype": "application/json",
            }
        )
        self._set_done(
            [self.env._("Send the attached file to the buyer, or to the shop's owner.")]
        )

    def _prepare_export(self):
        buyers, orders = self._get_buyers(), self._get_orders()
        return {
            "contacts": [
                {name: contact[name] or "" for name in CONTACT}
                for contact in buyers | buyers.child_ids
            ],
            "orders": [self._prepare_order_export(order) for order in orders],
        }

    def _prepare_order_export(self, order):
        return {
            "number": order.oms_external_number or order.name,
            "date": fields.Datetime.to_string(order.date_order),
            "total": f"{order.amount_total:.2f} {order.currency_id.name}",
            "ship_to": order.oms_ship_address or "",
            "bill_to": order.oms_bill_address or "",
            "note": order.oms_buyer_note or "",
            "gift_note": order.oms_gift_note or "",
            "goods": [
                {"name": line.name, "quantity": line.product_uom_qty}
                for line in order.order_line
                if not line.display_type
            ],
            "history": [
                {
                    "date": fields.Datetime.to_string(event.date),
                    "what": event.sentence,
                }
                for event in order.oms_event_ids
            ],
        }
