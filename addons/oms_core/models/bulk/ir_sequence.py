# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from .batch import get_batch


class IrSequence(models.Model):
    """The numbers of a batch are drawn in one statement.

    Who makes the records says how many numbers they will take
    (``batch.wanted_numbers``); who asks for a number asks as always.
    """

    _inherit = "ir.sequence"

    @api.model
    def next_by_code(self, sequence_code, sequence_date=None):
        """Override of `base` to answer from what was drawn for the batch."""
        batch = get_batch(self)
        key = (sequence_code, self.env.company.id)
        if batch is not None and key in batch.wanted_numbers:
            self.browse().check_access("read")
            # As `base` finds it.
            sequence = self.search(
                [
                    ("code", "=", sequence_code),
                    ("company_id", "in", [self.env.company.id, False]),
                ],
                order="company_id",
                limit=1,
            )
            sequence._oms_draw(batch, key)
        if batch is not None and batch.numbers.get(key):
            return batch.numbers[key].pop()
        return super().next_by_code(sequence_code, sequence_date=sequence_date)

    def next_by_id(self, sequence_date=None):
        """Override of `base` to answer from what was drawn for the batch."""
        batch = get_batch(self)
        if batch is not None and self.id in batch.wanted_numbers:
            self.browse().check_access("read")
            self._oms_draw(batch, self.id)
        if batch is not None and batch.numbers.get(self.id):
            return batch.numbers[self.id].pop()
        return super().next_by_id(sequence_date=sequence_date)

    def _oms_draw(self, batch, key):
        """Draw the numbers wanted, unless they must be drawn one by one.

        A sequence without gaps counts in a row that each number locks, one with
        date ranges depends on the date.
        """
        count = batch.wanted_numbers.pop(key)
        if not self or self.implementation != "standard" or self.use_date_range:
            return
        # The ORM offers no way to draw several numbers of a PostgreSQL sequence.
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{self.id:03d}",
                count,
            )
        )
        names = [self.get_next_char(number) for (number,) in rows]
        batch.numbers[key] = names[::-1]
