# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import fields, models


class ProductProduct(models.Model):
    """What the page of a product shows of its availability."""

    _inherit = "product.product"

    oms_safety_stock_ids = fields.One2many(
        "oms.safety.stock", "product_id", string="Safety Stock"
    )
    oms_available = fields.Float(
        "Available",
        digits="Product Unit",
        compute="_compute_oms_availability",
        help="What all nodes together can still promise.",
    )
    oms_availability_html = fields.Html(
        "Availability", compute="_compute_oms_availability", sanitize=False
    )

    # === COMPUTE ===

    def _compute_oms_availability(self):
        saved = self.browse(self.ids)
        nodes = self.env["stock.warehouse"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        channels = self.env["oms.channel"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        answer = saved._get_oms_availability(nodes, channels, with_terms=True)
        for product in self:
            key = product._origin.id or product.id
            shelves = [(node, answer.stock.get((key, node.id))) for node in nodes]
            shelves = [(node, stock) for node, stock in shelves if stock]
            product.oms_available = sum(
                max(stock.available, 0.0) for _node, stock in shelves
            )
            product.oms_availability_html = shelves and Markup(
                '<div class="row"><div class="col-lg-7">%s</div>'
                '<div class="col-lg-5">%s</div></div>'
            ) % (
                product._render_oms_nodes(shelves),
                product._render_oms_channels(
                    (channel.name, answer.channels.get((key, channel.id), 0.0))
                    for channel in channels
                ),
            )

    # === RENDERING ===

    def _render_oms_nodes(self, shelves):
        head = (
            self.env._("Node"),
            self.env._("Available"),
            self.env._("On hand"),
            self.env._("Promised"),
            self.env._("Safety"),
            self.env._("Incoming"),
        )
        return self._render_oms_table(
            head,
            (
                (
                    node.name,
                    stock.available,
                    stock.on_hand,
                    stock.promised,
                    stock.safety,
                    stock.incoming,
                )
                for node, stock in shelves
            ),
        )

    def _render_oms_channels(self, offers):
        return self._render_oms_table(
            (self.env._("Channel"), self.env._("May sell")), offers
        )

    def _render_oms_table(self, head, rows):
        """A name, then figures; the first is what counts and fits on a phone."""
        titles = Markup("").join(
            Markup('<th class="%s">%s</th>') % ("text-end" if number else "", title)
            for number, title in enumerate(head)
        )
        body = Markup("").join(
            Markup("<tr><td>%s</td>%s</tr>")
            % (
                name,
                Markup("").join(
                    Markup('<td class="text-end %s">%s</td>')
                    % (
                        ""
                        if number
                        else "fw-bold text-danger"
                        if figure <= 0
                        else "fw-bold",
                        f"{figure:.12g}",
                    )
                    for number, figure in enumerate(figures)
                ),
            )
            for name, *figures in rows
        )
        return Markup(
            '<div class="table-responsive"><table class="table table-sm">'
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
        ) % (titles, body)

    # === ACTIONS ===

    def action_view_oms_availability(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_availability"
        )
        parts = self._get_oms_kit_components()
        products = self.ids + [part for kit in parts.values() for part in kit]
        return action | {"domain": [("product_id", "in", products)], "context": {}}
