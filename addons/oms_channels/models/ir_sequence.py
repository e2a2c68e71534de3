# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import uuid

from odoo import models


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    def _next(self, sequence_date=None):
        """Override of `base`: what is only tried uses up no number.

        The database does not give a number of a sequence back.
        """
        if self.env.context.get("oms_dry_run"):
            return f"TRY-{uuid.uuid4().hex[:12]}"
        return super()._next(sequence_date=sequence_date)

    def _oms_draw(self, batch, key):
        """Override of `oms_core`: nor a whole batch of numbers."""
        if not self.env.context.get("oms_dry_run"):
            return super()._oms_draw(batch, key)
        batch.wanted_numbers.pop(key)
