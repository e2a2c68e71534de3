# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One result per record, at the price of a batch."""

from odoo.exceptions import UserError


def attempt_each(records, act):
    """Do something with all records; who refuses does not spoil the others.

    All are tried together. If that is refused, each half is tried by itself, so
    that a few refusals among many cost a few small batches.

    :param act: function of a recordset; raises UserError to refuse it
    :return: {record: the refusal}, for those refused
    """
    if not records:
        return {}
    try:
        with records.env.cr.savepoint():
            act(records)
    except UserError as refusal:
        if len(records) == 1:
            return {records: str(refusal)}
        half = len(records) // 2
        return attempt_each(records[:half], act) | attempt_each(records[half:], act)
    return {}
