# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .res_partner_oms_lists import READERS

# An order in one of these needs nobody any more.
FINISHED = ("shipped", "delivered", "closed", "cancelled")


class ResPartner(models.Model):
    """One customer over all channels, for whoever answers the phone.

    A customer is a company or person with all its contacts, and whoever ordered as
    a guest with the e-mail address of one of them. Nothing here is stored.
    """

    _inherit = "res.partner"

    oms_order_count = fields.Integer("Orders", compute="_compute_oms_totals")
    oms_open_order_count = fields.Integer("Open Orders", compute="_compute_oms_totals")
    oms_lifetime_value = fields.Monetary(
        "Lifetime Value",
        compute="_compute_oms_totals",
        currency_field="oms_currency_id",
        help="Confirmed orders over all channels, in the company's currency at the "
        "rates of today.",
    )
    oms_currency_id = fields.Many2one("res.currency", compute="_compute_oms_totals")
    oms_since = fields.Datetime(
        "Customer Since", compute="_compute_oms_totals", help="The first order."
    )
    oms_last_order_date = fields.Datetime("Last Order", compute="_compute_oms_totals")
    oms_return_rate = fields.Float(
        "Return Rate",
        compute="_compute_oms_totals",
        help="Share of the confirmed orders of which something came back.",
    )
    oms_channel_ids = fields.Many2many(
        "oms.channel",
        string="Buys Through",
        compute="_compute_oms_channel_ids",
        groups=READERS,
    )

    _oms_email_idx = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )

    # === COMPUTE ===

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_oms_totals(self):
        members = self._get_oms_members()
        rows = self._read_oms_order_groups(members)
        company = self.env.company
        self.oms_currency_id = company.currency_id
        for partner in self:
            own = [row for member in members[partner.id] for row in rows[member]]
            sold = [row for row in own if row["confirmed"]]
            returned = sum(row["count"] for row in sold if row["returned"])
            count = sum(row["count"] for row in sold)
            dates = [row["first"] for row in own], [row["last"] for row in own]
            partner.oms_order_count = sum(row["count"] for row in own)
            partner.oms_open_order_count = sum(
                row["count"] for row in sold if row["open"]
            )
            partner.oms_lifetime_value = sum(row["value"] for row in sold)
            partner.oms_since = min(dates[0], default=False)
            partner.oms_last_order_date = max(dates[1], default=False)
            partner.oms_return_rate = returned / count if count else 0.0

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_oms_channel_ids(self):
        members = self._get_oms_members()
        channels = defaultdict(self.env["oms.channel"].browse)
        for partner, channel in self.env["sale.order"]._read_group(
            self._get_oms_order_domain(members), ["partner_id", "oms_channel_id"]
        ):
            channels[partner.id] |= channel
        for partner in self:
            partner.oms_channel_ids = self.env["oms.channel"].union(
                *(channels[member] for member in members[partner.id])
            )

    def _get_oms_members(self):
        """The contacts that are one customer with each of these: {id: {ids}}."""
        members = defaultdict(set)
        if not self.ids:
            return members
        self.flush_model(["commercial_partner_id", "email_normalized"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH house AS (
                    SELECT partner.id AS root, member.id, member.email_normalized
                      FROM res_partner partner
                      JOIN res_partner member
                        ON member.commercial_partner_id = partner.commercial_partner_id
                     WHERE partner.id IN %s
                )
                SELECT root, id FROM house
                 UNION
                SELECT house.root, contact.id
                  FROM house
                  JOIN res_partner guest USING (email_normalized)
                  JOIN res_partner contact
                    ON contact.commercial_partner_id = guest.commercial_partner_id
                """,
                tuple(self.ids),
            )
        )
        for root, member in rows:
            members[root].add(member)
        return members

    def _read_oms_order_groups(self, members):
        """Sums of the orders that the reader may see, by who ordered."""
        today = fields.Date.context_today(self)
        company = self.env.company
        orders = self.env["sale.order"]
        rows = defaultdict(list)
        if not orders.has_access("read"):
            return rows
        groups = orders._read_group(
            self._get_oms_order_domain(members),
            [
                *("partner_id", "currency_id", "state", "oms_state"),
                "oms_return_state",
            ],
            ["__count", "amount_total:sum", "date_order:min", "date_order:max"],
        )
        for partner, currency, state, stage, back, count, *sums in groups:
            total, first, last = sums
            rows[partner.id].append(
                {
                    "confirmed": state == "sale",
                    "open": stage not in FINISHED,
                    "returned": back not in (False, "none"),
                    "count": count,
                    "value": currency._convert(
                        total, company.currency_id, company, today
                    ),
                    "first": first,
                    "last": last,
                }
            )
        return rows

    def _get_oms_order_domain(self, members):
        everyone = set().union(*members.values()) if members else set()
        return Domain("partner_id", "in", list(everyone)) & (
            Domain("state", "in", ("sale", "cancel"))
            | Domain("oms_external_id", "!=", False)
        )

    # === ACTIONS ===

    def action_oms_customer(self):
        """Open the page of this customer; the same for each of its contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_customer"
        )
        view = self.env.ref("oms_core.res_partner_view_form_customer")
        return action | {
            "res_id": self.commercial_partner_id.id,
            "views": [(view.id, "form")],
            "view_mode": "form",
        }

    def action_oms_view_orders(self):
        return self._get_oms_orders_action([])

    def action_oms_view_open_orders(self):
        return self._get_oms_orders_action([("oms_state", "not in", FINISHED)])

    def _get_oms_orders_action(self, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "oms_core.action_oms_order"
        )
        own = self._get_oms_order_domain(self._get_oms_members())
        return action | {"domain": list(own & Domain(domain)), "context": {}}

    def action_oms_new_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Order"),
            "res_model": "sale.order",
            "views": [(False, "form")],
            "context": {"default_partner_id": self.id},
        }

    def action_oms_last_order(self):
        """Open the newest order."""
        self.ensure_one()
        newest = self.oms_order_ids[:1]
        if not newest:
            raise UserError(
                self.env._("%(name)s has not ordered yet.", name=self.display_name)
            )
        return newest.action_oms_open()

    def action_oms_hold_orders(self):
        """Ask why, and hold every open order of this customer."""
        self.ensure_one()
        return (
            self.env["sale.order"]
            .search(self.action_oms_view_open_orders()["domain"])
            .action_oms_hold()
        )
