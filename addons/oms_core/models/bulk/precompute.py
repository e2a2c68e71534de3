# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values computed after the insertion, in batch, instead of before it, one by one."""

from .batch import get_batch


def needs_precompute(model, vals_list):
    """Whether the insertion must wait for computed values.

    The ORM computes some fields before the insertion, on a record in memory for
    each row. That is needed where the column may not be empty; any other value is
    computed with the rest, once for all rows.
    """
    if get_batch(model) is None:
        return True
    required = [
        field.name
        for field in model._fields.values()
        if field.precompute and field.required
    ]
    return any(name not in vals for vals in vals_list for name in required)
