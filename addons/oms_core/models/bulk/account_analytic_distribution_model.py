# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .batch import get_batch


class AccountAnalyticDistributionModel(models.Model):
    _inherit = "account.analytic.distribution.model"

    @api.model
    def _get_applicable_models(self, vals):
        """Override of `account` to ask once whether there are such models at all.

        Most companies have none, and every line of every order asks.
        """
        batch = get_batch(self)
        if batch is None:
            return super()._get_applicable_models(vals)
        scope = (self.env.su, self.env.uid, tuple(self.env.companies.ids))
        if scope not in batch.has_distributions:
            batch.has_distributions[scope] = bool(self.search([], limit=1))
        if not batch.has_distributions[scope]:
            return self.browse()
        return super()._get_applicable_models(vals)
