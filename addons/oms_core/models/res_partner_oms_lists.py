# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

NEWEST = 40
# Who may read orders, channels, holds and parcels at all.
READERS = "sales_team.group_sale_salesman,stock.group_stock_user"


class ResPartner(models.Model):
    """The newest of what a customer has; what the reader may not see is not there.

    The database cuts the lists: a customer of many years has thousands of orders.
    """

    _inherit = "res.partner"

    oms_order_ids = fields.Many2many(
        "sale.order",
        string="Newest Orders",
        compute="_compute_oms_lists",
        groups=READERS,
    )
    oms_parcel_ids = fields.Many2many(
        "stock.picking",
        string="Parcels on the Way",
        compute="_compute_oms_lists",
        groups=READERS,
    )
    oms_hold_ids = fields.Many2many(
        "oms.hold", string="Open Holds", compute="_compute_oms_lists", groups=READERS
    )
    oms_message_ids = fields.Many2many(
        "mail.message", string="Enquiries", compute="_compute_oms_lists", groups=READERS
    )

    # === COMPUTE ===

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_oms_lists(self):
        members = self._get_oms_members()
        orders = self.env["sale.order"]._search(self._get_oms_order_domain(members))
        found = {
            "oms_order_ids": self._find_oms_orders(orders),
            "oms_parcel_ids": self._find_oms_parcels(orders),
            "oms_hold_ids": self._find_oms_holds(orders),
            "oms_message_ids": self._find_oms_messages(orders),
        }
        for partner in self:
            own = members[partner.id]
            for name, rows in found.items():
                ids = [found_id for found_id, owner in rows if owner in own]
                partner[name] = ids[:NEWEST]

    def _find_oms_orders(self, orders):
        self.env["sale.order"].flush_model(["date_order", "partner_id"])
        return self._find_oms_newest(
            SQL(
                "SELECT id, partner_id, date_order FROM sale_order WHERE id IN %s",
                orders.subselect(),
            )
        )

    def _find_oms_parcels(self, orders):
        parcels = self.env["stock.picking"]._search(
            Domain("sale_id", "in", orders)
            & Domain("picking_type_code", "=", "outgoing")
            & Domain("state", "!=", "cancel")
            & Domain("oms_delivered_at", "=", False)
        )
        return self._find_oms_newest(
            SQL(
                """
                SELECT parcel.id, sale.partner_id, parcel.create_date
                  FROM stock_picking parcel
                  JOIN sale_order sale ON sale.id = parcel.sale_id
                 WHERE parcel.id IN %s
                """,
                parcels.subselect(),
            )
        )

    def _find_oms_holds(self, orders):
        holds = self.env["oms.hold"]._search(
            Domain("order_id", "in", orders) & Domain("is_open", "=", True)
        )
        return self._find_oms_newest(
            SQL(
                """
                SELECT hold.id, sale.partner_id, hold.create_date
                  FROM oms_hold hold
                  JOIN sale_order sale ON sale.id = hold.order_id
                 WHERE hold.id IN %s
                """,
                holds.subselect(),
            )
        )

    def _find_oms_messages(self, orders):
        rows = self._find_oms_newest(
            SQL(
                """
                SELECT message.id, sale.partner_id, message.date
                  FROM mail_message message
                  JOIN sale_order sale ON sale.id = message.res_id
                 WHERE message.model = 'sale.order' AND sale.id IN %s
                   AND message.message_type IN ('comment', 'email', 'email_outgoing')
                """,
                orders.subselect(),
            )
        )
        # Rights on messages are asked of those that are shown, not of all there are.
        mine = self.env["mail.message"].search([("id", "in", [row[0] for row in rows])])
        readable = set(mine.ids)
        return [row for row in rows if row[0] in readable]

    def _find_oms_newest(self, source):
        """The newest of each contact.

        :param SQL source: rows (id, contact, moment)
        :return: list of (id, contact), the newest first
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT id, owner FROM (
                    SELECT *, row_number() OVER (
                               PARTITION BY owner ORDER BY moment DESC, id DESC) AS rank
                      FROM (%s) AS source (id, owner, moment)
                ) AS ranked
                 WHERE rank <= %s ORDER BY moment DESC, id DESC
                """,
                source,
                NEWEST,
            )
        )
