# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many records, each with values of its own, in one statement."""

from odoo.tools import SQL, split_every

ROWS = 1000


def update_rows(records, rows):
    """Write stored fields of these records; what depends on them is computed anew.

    ``write`` gives the same values to all. Rights are checked here, constraints in
    Python are not: for figures and keys that a program has found.

    :param list rows: a dict per record, in the order of the records; the same keys
    """
    if not records:
        return
    records.check_access("write")
    names = list(rows[0])
    fields = [records._fields[name] for name in names]
    records.modified(names, create=False)
    records.flush_recordset()
    values = [
        (
            record.id,
            *(
                field.convert_to_column(
                    field.convert_to_cache(row[name], record), record
                )
                for name, field in zip(names, fields, strict=True)
            ),
        )
        for record, row in zip(records, rows, strict=True)
    ]
    columns = [SQL.identifier(name) for name in names]
    casts = [SQL(field.column_type[1]) for field in fields]
    for part in split_every(ROWS, values, list):
        records.env.cr.execute(
            SQL(
                "UPDATE %s AS target SET %s, write_uid = %s, "
                "write_date = (now() AT TIME ZONE 'UTC') "
                "FROM (VALUES %s) AS source (id, %s) WHERE target.id = source.id",
                SQL.identifier(records._table),
                SQL(", ").join(
                    SQL("%s = %s::%s", column, SQL("source.%s", column), cast)
                    for column, cast in zip(columns, casts, strict=True)
                ),
                records.env.uid,
                SQL(", ").join(SQL("%s", row) for row in part),
                SQL(", ").join(columns),
            )
        )
    records.invalidate_recordset(names)
    records.modified(names)
