# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .batch import get_batch, get_scope


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
        has_any = batch.remember(
            (self._name, *get_scope(self.env)), lambda: bool(self.search([], limit=1))
        )
        return super()._get_applicable_models(vals) if has_any else self.browse()
