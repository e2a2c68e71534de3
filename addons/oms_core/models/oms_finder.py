# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain

LIMIT = 6


class OmsFinder(models.AbstractModel):
    """What the command palette asks while somebody types."""

    _name = "oms.finder"
    _description = "Find orders, customers and parcels"

    @api.model
    @api.readonly
    def find(self, text):
        """Orders, customers and parcels that somebody may mean.

        :param str text: whatever was read out or typed
        :return: dicts with ``kind`` (order, customer, parcel), ``model``, ``id``,
            ``name`` and ``detail``, of each kind the newest few
        """
        text = text.strip()
        if not text or not self.env.user._is_internal():
            return []
        return [
            *self._find_orders(text),
            *self._find_customers(text),
            *self._find_parcels(text),
        ]

    def _find_orders(self, text):
        orders = self.env["sale.order"]
        if not orders.has_access("read"):
            return []
        states = dict(orders._fields["oms_state"]._description_selection(self.env))
        found = orders.search(
            [("oms_search", "ilike", text)], limit=LIMIT, order="id desc"
        )
        return [
            self._prepare_find(
                "order",
                order,
                " ".join(filter(None, (order.name, order.oms_external_number))),
                order.partner_id.name,
                states.get(order.oms_state),
                order.currency_id.format(order.amount_total),
            )
            for order in found
        ]

    def _find_customers(self, text):
        partners = self.env["res.partner"]
        if not partners.has_access("read"):
            return []
        found = partners.search(
            partners._get_oms_people_domain(text)
            & Domain("commercial_partner_id.sale_order_ids", "!=", False),
            limit=LIMIT,
            order="id desc",
        )
        return [
            self._prepare_find(
                "customer", partner, partner.name, partner.email, partner.city
            )
            for partner in found.commercial_partner_id
        ]

    def _find_parcels(self, text):
        pickings = self.env["stock.picking"]
        if not pickings.has_access("read"):
            return []
        found = pickings.search(
            Domain.OR(
                self.env["sale.order"]._get_oms_text_domain(field, text)
                for field in ("carrier_tracking_ref", "name")
            )
            & Domain("picking_type_code", "=", "outgoing"),
            limit=LIMIT,
            order="id desc",
        )
        return [
            self._prepare_find(
                "parcel",
                parcel,
                parcel.carrier_tracking_ref or parcel.name,
                parcel.carrier_id.name,
                parcel.partner_id.name,
            )
            for parcel in found
        ]

    def _prepare_find(self, kind, record, name, *details):
        return {
            "kind": kind,
            "model": record._name,
            "id": record.id,
            "name": name,
            "detail": " · ".join(filter(None, details)),
        }
