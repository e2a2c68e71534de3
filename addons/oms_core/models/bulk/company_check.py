# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Links within one company: the plain ones are compared, the others left to Odoo."""

from odoo.models import BaseModel

from .batch import get_batch


def get_unchecked_links(records, fnames):
    """What Odoo itself must check: pairs of records and field names.

    Outside a batch that is everything. Within one it is what has a rule of its own
    and was not seen before, or what looks wrong: Odoo has the words to refuse it.
    """
    batch = get_batch(records)
    if batch is None:
        return [(records, fnames)]
    names = _get_checked_names(records, fnames)
    if any(records._fields[name].company_dependent for name in names):
        return [(records, fnames)]
    unchecked = []
    for name in names:
        doubtful = []
        is_plain = _has_plain_rule(records[name])
        for record in records.sudo():  # as Odoo reads them for this check
            if not (linked := record[name]):
                continue
            company = record.company_id
            key = (records._name, name, linked._ids, company.id)
            if (is_plain and linked.company_id <= company) or key in batch.same_company:
                continue
            doubtful.append(record.id)
            batch.same_company.add(key)
        if doubtful:
            unchecked.append((records.browse(doubtful), [name]))
    return unchecked


def _get_checked_names(records, fnames):
    """The links that Odoo checks when these fields have changed."""
    if fnames is None or {"company_id", "company_ids"} & set(fnames):
        fnames = records._fields
    fields = [records._fields[name] for name in fnames]
    return [field.name for field in fields if field.relational and field.check_company]


def _has_plain_rule(linked):
    """A record of no company or of the same company may be linked, no other."""
    return (
        "company_id" in linked._fields
        and type(linked)._check_company_domain is BaseModel._check_company_domain
    )
