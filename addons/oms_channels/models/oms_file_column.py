# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..connectors.file.fields import LABELS
from ..connectors.file.formats import Column


class OmsFileColumn(models.Model):
    """What a file says in one place, and which field of an order that is."""

    _name = "oms.file.column"
    _description = "File Column"
    _order = "sequence, id"

    format_id = fields.Many2one(
        "oms.file.format", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="format_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    source = fields.Char(
        "In the File",
        help="The header of the column. In JSON and XML a path, from the order or "
        "from the line: buyer/name, @currency.",
    )
    sample_value = fields.Char("In the Sample", compute="_compute_sample_value")
    field_name = fields.Selection(
        list(LABELS.items()),
        "Our Field",
        help="Empty: this column is passed over.",
    )
    constant = fields.Char(
        "If Empty",
        help="Taken where the file says nothing, or where no column is named.",
    )
    value_map = fields.Text(
        "Translate",
        help="One a line, theirs = ours: Deutschland = DE",
    )

    _field_uniq = models.Constraint(
        "UNIQUE(format_id, field_name)", "Each field is in a format once."
    )

    # === COMPUTE ===

    @api.depends(
        "source", "field_name", "format_id.sample", "format_id.kind",
        "format_id.delimiter", "format_id.encoding", "format_id.sheet",
        "format_id.skip_rows", "format_id.records_path", "format_id.lines_path",
    )  # fmt: skip
    def _compute_sample_value(self):
        for form, columns in self.grouped("format_id").items():
            find = form._get_sample_finder()
            for column in columns:
                column.sample_value = find(column) if column.source else False

    # === READING ===

    def _prepare_columns(self):
        return tuple(
            Column(
                field=column.field_name,
                source=(column.source or "").strip(),
                constant=column.constant or "",
                values=column._get_values(),
            )
            for column in self
            if column.field_name
        )

    def _get_values(self):
        pairs = (line.partition("=") for line in (self.value_map or "").splitlines())
        return tuple(
            (theirs.strip(), ours.strip()) for theirs, sign, ours in pairs if sign
        )
