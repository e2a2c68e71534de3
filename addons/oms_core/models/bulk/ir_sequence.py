# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import SQL


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    def _oms_next_many(self, count, sequence_date=None):
        """The next ``count`` numbers, as so many calls of ``next_by_id`` give them.

        One statement if the sequence allows gaps; the others are drawn one by one,
        since their counter is a row that each number locks.
        """
        if not self or not count:
            return []
        if self.implementation != "standard" or self.use_date_range:
            return [
                self.next_by_id(sequence_date=sequence_date) for _number in range(count)
            ]
        self.browse().check_access("read")
        # The ORM offers no way to draw several numbers of a PostgreSQL sequence.
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{self.id:03d}",
                count,
            )
        )
        return [self.get_next_char(number) for (number,) in rows]
