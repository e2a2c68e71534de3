# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal
from fnmatch import fnmatch

import pytz

from odoo import api, fields, models

from ..connectors.file.fields import LABELS, find_missing
from ..connectors.file.formats import Format

KINDS = [
    ("csv", "Table as text (CSV, TSV)"),
    ("xlsx", "Table as Excel workbook (XLSX)"),
    ("json", "JSON"),
    ("xml", "XML"),
    ("ubl", "UBL order"),
    ("edifact", "EDIFACT ORDERS"),
    ("x12", "X12 850"),
]
MAPPED = ("csv", "xlsx", "json", "xml")


class OmsFileFormat(models.Model):
    """How one sender writes the files of a channel, kept by a clerk."""

    _name = "oms.file.format"
    _description = "File Format"
    _order = "sequence, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    channel_id = fields.Many2one(
        "oms.channel",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("platform", "=", "file")],
    )
    company_id = fields.Many2one(related="channel_id.company_id", store=True)
    pattern = fields.Char(
        "File Names",
        default="*",
        required=True,
        help="Which files of the channel are of this format, with * for anything: "
        "orders_*.csv. The first format that fits is taken.",
    )
    kind = fields.Selection(KINDS, required=True, default="csv")
    is_mapped = fields.Boolean(compute="_compute_is_mapped")
    column_ids = fields.One2many("oms.file.column", "format_id", copy=True)
    missing = fields.Char(
        compute="_compute_missing",
        help="What an order cannot do without and no column says.",
    )

    delimiter = fields.Selection(
        [(";", "; semicolon"), (",", ", comma"), ("\t", "tabulator"), ("|", "| bar")],
        help="What stands between the columns. Empty: found by itself.",
    )
    encoding = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("cp1252", "Windows (Western Europe)"),
            ("latin-1", "ISO 8859-1"),
            ("cp1250", "Windows (Central Europe)"),
            ("shift_jis", "Shift-JIS"),
        ],
        help="Empty: UTF-8, or Windows where it is none.",
    )
    sheet = fields.Char(help="Name of the sheet. Empty: the first one.")
    skip_rows = fields.Integer(
        "Rows above the Header", help="Rows of a report's title, which are passed over."
    )
    carry_down = fields.Boolean(
        "Key on the First Row Only",
        help="Rows without an order key belong to the order above.",
    )
    header_rows = fields.Boolean(
        "Orders Have a Row of Their Own",
        help="Rows without SKU, barcode and text are no lines.",
    )
    records_path = fields.Char(
        "Path to the Orders",
        help="Names with slashes, from the top: orders/order. Empty: the whole file "
        "is one order.",
    )
    lines_path = fields.Char(
        "Path to the Lines",
        help="From the order: items/item. Empty: one line an order.",
    )
    decimal_mark = fields.Selection(
        [(".", "Point (1,234.50)"), (",", "Comma (1.234,50)")],
        default=".",
        required=True,
    )
    date_format = fields.Selection(
        [
            ("%d.%m.%Y", "31.12.2026"),
            ("%d/%m/%Y", "31/12/2026"),
            ("%m/%d/%Y", "12/31/2026"),
            ("%d-%m-%Y", "31-12-2026"),
            ("%Y%m%d", "20261231"),
            ("%b-%d-%y", "Dec-31-26"),
        ],
        "Dates",
        help="Empty: as 2026-12-31. A time may follow the date.",
    )
    tz = fields.Selection(
        lambda self: [(name, name) for name in pytz.common_timezones],
        "Time Zone",
        required=True,
        default=lambda self: (
            self.env.company.partner_id.tz or self.env.user.tz or "UTC"
        ),
        help="Where times without an offset were written.",
    )
    currency_id = fields.Many2one(
        "res.currency", help="Where the file does not say the currency."
    )
    taxes_included = fields.Boolean("Prices Contain Tax")
    tax_percent = fields.Float(
        "Tax Added (%)",
        digits=(6, 3),
        help="Added to goods of which the file says no tax, as business orders do. "
        "0: none.",
    )
    _tax_not_negative = models.Constraint(
        "CHECK(tax_percent >= 0 AND tax_percent <= 100)",
        "A tax is between 0 and 100 percent.",
    )
    _skip_not_negative = models.Constraint(
        "CHECK(skip_rows >= 0)", "The header is in row 1 or below."
    )

    # === COMPUTE ===

    @api.depends("kind")
    def _compute_is_mapped(self):
        for form in self:
            form.is_mapped = form.kind in MAPPED

    @api.depends(
        "is_mapped", "currency_id", "column_ids.field_name", "column_ids.source",
        "column_ids.constant",
    )  # fmt: skip
    def _compute_missing(self):
        for form in self:
            columns = form.column_ids.filtered(lambda c: c.source or c.constant)
            said = {*columns.mapped("field_name")}
            if form.currency_id:
                said.add("currency")
            wanted = find_missing(said) if form.is_mapped and form.column_ids else []
            form.missing = ", ".join(LABELS[name] for name in wanted)

    # === READING ===

    def _get_format(self, channel, name):
        """How a file of this name is read; found by itself if none fits."""
        forms = self.search([("channel_id", "=", channel.id)])
        fits = next(
            (f for f in forms if fnmatch(name.lower(), f.pattern.lower())), None
        )
        if fits:
            return fits._prepare_format()
        return Format(decimal_mark=channel.decimal_mark or ".")

    def _prepare_format(self):
        """The plain value that the readers take."""
        self.ensure_one()
        columns = self.column_ids._prepare_columns() if self.is_mapped else ()
        return Format(
            kind=self.kind,
            delimiter=self.delimiter or "",
            encoding=self.encoding or "",
            decimal_mark=self.decimal_mark,
            date_format=self.date_format or "",
            tz=self.tz,
            currency=self.currency_id.name or "",
            taxes_included=self.taxes_included,
            tax_percent=self._get_tax_percent(),
            sheet=self.sheet or "",
            skip_rows=self.skip_rows,
            carry_down=self.carry_down,
            header_rows=self.header_rows,
            records=self.records_path or "",
            lines=self.lines_path or "",
            columns=columns,
        )

    def _get_tax_percent(self):
        if not self.tax_percent:
            return None
        return Decimal(str(round(self.tax_percent, 3)))
