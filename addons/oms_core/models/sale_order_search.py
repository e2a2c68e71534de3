# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.trigram import trigram_index

# Fewer letters than an index on three can tell apart: only beginnings are looked up.
MIN_LETTERS = 3


class SaleOrder(models.Model):
    """One box for whatever a buyer reads out on the phone."""

    _inherit = "sale.order"

    oms_search = fields.Char(
        "Anything",
        store=False,
        search="_search_oms_search",
        help="Numbers (order, channel, customer's, parcel, invoice), name, e-mail, "
        "phone, tracking number, SKU, postcode.",
    )

    _oms_external_id_trgm = trigram_index("oms_external_id")
    _oms_client_ref_trgm = trigram_index("client_order_ref")

    def _search_oms_search(self, operator, value):
        """Look everywhere, each place by an index of its own, and put it together.

        A condition that joins the places by OR has the database read all orders.
        """
        if operator != "ilike" or not isinstance(value, str):
            return NotImplemented
        text = value.strip()
        if not text:
            return Domain.TRUE
        found = SQL(" UNION ALL ").join(self._get_oms_search_places(text))
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN (%s)", SQL.identifier(alias, "id"), found
            )
        )

    @api.model
    def _get_oms_search_places(self, text):
        """Sub-selects of ids of orders; extend to look in one more place."""
        # Which of them are shown is decided by the rights on orders, outside.
        env = self.sudo().with_context(active_test=False).env  # see above
        people = env["res.partner"]._search(
            env["res.partner"]._get_oms_people_domain(text)
        )
        places = [
            self._get_oms_selection(env["sale.order"], Domain(field, "in", people))
            for field in ("partner_id", "partner_shipping_id")
        ]
        if "@" in text:
            return places
        return places + [
            self._get_oms_selection(env[model], domain, column)
            for model, domain, column in self._get_oms_number_places(env, text)
        ]

    def _get_oms_selection(self, model, domain, column="id"):
        query = model._search(domain)
        return query.select(SQL.identifier(model._table, column))

    def _get_oms_number_places(self, env, text):
        """(model, domain, column that names the order) for numbers and SKUs."""
        sku = self._get_oms_text_domain("default_code", text)
        products = env["product.product"]._search(sku | Domain("barcode", "=", text))
        return [
            *(
                ("sale.order", self._get_oms_text_domain(field, text), "id")
                for field in self._get_oms_numbers()
            ),
            *(
                ("stock.picking", self._get_oms_text_domain(field, text), "sale_id")
                for field in ("carrier_tracking_ref", "name")
            ),
            (
                "sale.order.line",
                self._get_oms_text_domain("oms_external_sku", text),
                "order_id",
            ),
            ("sale.order.line", Domain("product_id", "in", products), "order_id"),
            (
                "sale.order.line",
                Domain(
                    "invoice_lines.move_id",
                    "any",
                    self._get_oms_text_domain("name", text),
                ),
                "order_id",
            ),
        ]

    def _get_oms_text_domain(self, field, text):
        if len(text) < MIN_LETTERS:
            return Domain(field, "=ilike", f"{text}%")
        return Domain(field, "ilike", text)

    def _get_oms_numbers(self):
        """Fields that hold a number of the order; extend to add one."""
        return ["name", "oms_external_number", "oms_external_id", "client_order_ref"]
