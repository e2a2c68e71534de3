# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class OmsReportMixin(models.AbstractModel):
    """What our SQL reports share: one currency, honest ratios, the way to the order.

    A report is a query and no table: :attr:`_table_query` is read anew with each
    question, in the currency of the reader's company.
    """

    _name = "oms.report.mixin"
    _description = "Order Management Report"

    # Measures that are no sum: {field: (numerator field, denominator field)}. A
    # total is the ratio of the sums, not the average of the ratios.
    _oms_ratios = {}
    # {field: (field that is measured, fraction)}, as the 90th percentile of hours.
    _oms_percentiles = {}

    order_id = fields.Many2one("sale.order", readonly=True)

    # === QUERY ===

    def _get_oms_company_rates(self):
        """Currency of each company of the reader -> that of the company in force.

        As ``sale.report`` converts, at today's rate, but without a temporary table:
        a read replica has none.

        :return: SQL to join as ``company(id, rate)``
        """
        goal = self.env.company.currency_id
        today = fields.Date.context_today(self)
        rows = SQL(", ").join(
            SQL(
                "(%s, %s::numeric)",
                company.id,
                self.env["res.currency"]._get_conversion_rate(
                    company.currency_id, goal, self.env.company, today
                ),
            )
            for company in self.env.companies
        )
        return SQL("(VALUES %s) AS company(id, rate)", rows)

    def _get_oms_tz(self):
        return str(self.env.tz)

    # === READING ===

    def _read_group_select(self, aggregate_spec, query):
        """Override of the ORM for measures that cannot be summed up."""
        name = aggregate_spec.partition(":")[0]
        if name in self._oms_ratios:
            above, below = (
                self._field_to_sql(self._table, part, query)
                for part in self._oms_ratios[name]
            )
            return SQL("SUM(%s)::float / NULLIF(SUM(%s)::float, 0)", above, below)
        if name in self._oms_percentiles:
            measured, fraction = self._oms_percentiles[name]
            return SQL(
                "PERCENTILE_CONT(%s) WITHIN GROUP (ORDER BY %s)",
                fraction,
                self._field_to_sql(self._table, measured, query),
            )
        return super()._read_group_select(aggregate_spec, query)

    # === ACTIONS ===

    @api.readonly
    def action_open_order(self):
        """Open the order behind a line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.order_id.display_name,
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [[False, "form"]],
        }
