# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

# A number or address that more contacts share is a switchboard's: proves nothing.
MAX_SHARED = 10


class OmsPartnerDuplicate(models.Model):
    """Two contacts that may be one customer: proposed, never merged by itself.

    A view over the contacts, so a pair is gone when they are merged or corrected.
    """

    _name = "oms.partner.duplicate"
    _description = "Customers That May Be the Same"
    _auto = False
    _order = "score desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    other_id = fields.Many2one("res.partner", "May Be the Same As", readonly=True)
    same_email = fields.Boolean("Same E-mail", readonly=True)
    same_phone = fields.Boolean(readonly=True)
    same_place = fields.Boolean("Same Name and Postcode", readonly=True)
    score = fields.Integer(
        "Agreements", readonly=True, help="How many of the three agree."
    )
    company_id = fields.Many2one("res.company", readonly=True)
    why = fields.Char(compute="_compute_why")
    email = fields.Char(related="partner_id.email")
    other_email = fields.Char(related="other_id.email", string="Other's E-mail")
    phone = fields.Char(related="partner_id.phone")
    other_phone = fields.Char(related="other_id.phone", string="Other's Phone")

    @property
    def _table_query(self):
        """One row a pair; what was said to be different is left out."""
        self.env["res.partner"].flush_model()
        self.env["oms.partner.distinct"].flush_model()
        return SQL(
            """
            WITH people AS (
                SELECT id, company_id, email_normalized AS email,
                       NULLIF(RIGHT(regexp_replace(phone, '[^0-9]', '', 'g'), 9), '')
                           AS phone,
                       LOWER(TRIM(name)) || ' ' || UPPER(REPLACE(zip, ' ', ''))
                           AS place
                  FROM res_partner
                 WHERE active AND parent_id IS NULL AND type = 'contact'
                   AND NOT EXISTS (SELECT FROM res_company company
                                    WHERE company.partner_id = res_partner.id)
            ), traits AS (
                SELECT id, company_id, 'email' AS trait, email AS value FROM people
                 WHERE email IS NOT NULL
             UNION ALL
                SELECT id, company_id, 'phone', phone FROM people
                 WHERE LENGTH(phone) >= 7
             UNION ALL
                SELECT id, company_id, 'place', place FROM people
                 WHERE place IS NOT NULL
            ), shared AS (
                SELECT *, COUNT(*) OVER (PARTITION BY trait, value) AS size
                  FROM traits
            ), pairs AS (
                SELECT one.id AS other_id, two.id AS partner_id,
                       MAX(COALESCE(one.company_id, two.company_id)) AS company_id,
                       BOOL_OR(trait = 'email') AS same_email,
                       BOOL_OR(trait = 'phone') AS same_phone,
                       BOOL_OR(trait = 'place') AS same_place,
                       COUNT(*) AS score
                  FROM shared one
                  JOIN shared two USING (trait, value)
                 WHERE one.id < two.id
                   AND one.size BETWEEN 2 AND %s
                   AND (one.company_id IS NULL OR two.company_id IS NULL
                        OR one.company_id = two.company_id)
              GROUP BY one.id, two.id
            )
            SELECT partner_id::bigint * 2147483647 + other_id AS id, pairs.*
              FROM pairs
             WHERE NOT EXISTS (
                   SELECT FROM oms_partner_distinct known
                    WHERE known.first_id = other_id AND known.second_id = partner_id)
            """,
            MAX_SHARED,
        )

    # === COMPUTE ===

    @api.depends("same_email", "same_phone", "same_place")
    def _compute_why(self):
        words = self.env._
        for pair in self:
            reasons = [
                pair.same_email and words("same e-mail"),
                pair.same_phone and words("same phone"),
                pair.same_place and words("same name and postcode"),
            ]
            pair.why = ", ".join(reason for reason in reasons if reason)

    # === ACTIONS ===

    def action_merge(self):
        """Open Odoo's own dialog to merge contacts, with these."""
        partners = self.partner_id | self.other_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_merge"
        )
        return action | {
            "context": {"active_model": "res.partner", "active_ids": partners.ids}
        }

    def action_distinct(self):
        """Remember that these are different people; they are not proposed again."""
        self.env["oms.partner.distinct"].create(
            [
                {"first_id": pair.other_id.id, "second_id": pair.partner_id.id}
                for pair in self
            ]
        )

    def action_view_customer(self):
        self.ensure_one()
        return self.partner_id.action_oms_customer()

    def action_view_other(self):
        self.ensure_one()
        return self.other_id.action_oms_customer()
