# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from itertools import islice

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..connectors.file import csv_reader, json_reader, xlsx_reader, xml_reader
from ..connectors.file.fields import LABELS, default_source
from ..connectors.file.formats import Column
from ..engine.errors import Rejected

TABLES = {"csv": csv_reader, "xlsx": xlsx_reader}
# Headers that senders like, beside the names of the fields.
KNOWN = {
    "external_id": ("order", "orderid", "ordernumber", "orderno", "bestellnr", "name"),
    "placed_at": (
        "date",
        "orderdate",
        "createdat",
        "purchasedate",
        "saledate",
        "datum",
    ),
    "line.sku": (
        "item",
        "itemnumber",
        "lineitemsku",
        "article",
        "artikel",
        "customlabel",
    ),
    "line.name": ("title", "itemtitle", "productname", "lineitemname", "description"),
    "line.quantity": ("qty", "lineitemquantity", "quantitypurchased", "menge"),
    "line.unit_price": ("price", "lineitemprice", "soldfor", "preis"),
    "line.amount": ("itemprice", "betrag"),
    "customer.name": ("buyer", "buyername", "customer", "kunde"),
    "customer.email": ("email", "buyeremail"),
    "ship_to.name": ("shiptoname", "shippingname", "recipientname"),
    "ship_to.street": ("shiptoaddress1", "shippingaddress1", "shipaddress1"),
    "ship_to.street2": ("shiptoaddress2", "shippingaddress2", "shipaddress2"),
    "ship_to.city": ("shiptocity", "shippingcity", "shipcity"),
    "ship_to.zip": ("shiptozip", "shippingzip", "shippostalcode", "postcode"),
    "ship_to.state": ("shiptostate", "shippingprovince", "shipstate"),
    "ship_to.country": ("shiptocountry", "shippingcountry", "shipcountry"),
    "shipping": ("shippingandhandling", "shippingprice"),
    "total": ("totalprice", "summe"),
    "note": ("buyernote", "notes"),
}


class OmsFileColumn(models.Model):
    """One field of an order, and where a file says it."""

    _name = "oms.file.column"
    _description = "File Column"
    _order = "sequence, id"

    format_id = fields.Many2one(
        "oms.file.format", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="format_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    field_name = fields.Selection(list(LABELS.items()), "Field", required=True)
    source = fields.Char(
        "Column or Path",
        help="The header of the column. In JSON and XML a path, from the order or "
        "from the line: buyer/name, @currency.",
    )
    constant = fields.Char(
        "If Empty",
        help="Taken where the file says nothing, or where no column is named.",
    )
    value_map = fields.Text(
        "Translate",
        help="One a line, theirs = ours: Deutschland = DE",
    )
    sample_value = fields.Char("In the Sample", compute="_compute_sample_value")

    _field_uniq = models.Constraint(
        "UNIQUE(format_id, field_name)", "Each field is in a format once."
    )

    # === COMPUTE ===

    @api.depends(
        "source", "format_id.sample", "format_id.kind", "format_id.delimiter",
        "format_id.encoding", "format_id.sheet", "format_id.skip_rows",
        "format_id.records_path", "format_id.lines_path",
    )  # fmt: skip
    def _compute_sample_value(self):
        for form, columns in self.grouped("format_id").items():
            find = columns._get_sample_finder(form)
            for column in columns:
                column.sample_value = find(column) if column.source else False

    def _get_sample_finder(self, form):
        """What the first order of the sample says for a column."""
        content = base64.b64decode(form.with_context(bin_size=False).sample or b"")
        if not content or not form.is_mapped:
            return lambda column: False
        try:
            return (
                self._find_in_table(form, content)
                if form.kind in TABLES
                else (self._find_in_tree(form, content))
            )
        except Rejected:
            return lambda column: False

    def _find_in_table(self, form, content):
        names, cells = self._read_sample_rows(form, content)
        found = {name.lower(): cell for name, cell in zip(names, cells, strict=False)}
        return lambda column: _show(found.get(column.source.strip().lower()))

    def _read_sample_rows(self, form, content):
        rows = TABLES[form.kind].read_rows(content, form._prepare_format())
        head, first = ([*islice(rows, 2), (0, ()), (0, ())])[:2]
        return ["" if cell is None else str(cell).strip() for cell in head[1]], first[1]

    def _find_in_tree(self, form, content):
        reader = json_reader if form.kind == "json" else xml_reader
        order = next(iter(reader.read_records(content, form._prepare_format())), None)
        lines = reader.find(order, form.lines_path or "")

        def find(column):
            node = order
            if column.field_name.startswith("line."):
                node = lines[0] if lines else None
            found = reader.find(node, column.source) if node is not None else []
            return _show(getattr(found[0], "text", found[0])) if found else False

        return find

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
        )

    def _get_values(self):
        pairs = (line.partition("=") for line in (self.value_map or "").splitlines())
        return tuple(
            (theirs.strip(), ours.strip()) for theirs, sign, ours in pairs if sign
        )

    # === SUGGESTIONS ===

    def _prepare_suggestions(self, form):
        """Commands that add what the headers of the sample mean.

        :raise UserError: if there is no table to read headers from
        """
        content = base64.b64decode(form.with_context(bin_size=False).sample or b"")
        if not content or form.kind not in TABLES:
            raise UserError(
                self.env._("Upload a sample table first: its headers are what is read.")
            )
        try:
            names, _cells = self._read_sample_rows(form, content)
        except Rejected as error:
            raise UserError(str(error)) from error
        taken = set(self.mapped("field_name"))
        guesses = {field: name for name in names if (field := _guess(name))}
        return [
            Command.create(
                {"field_name": field, "source": name, "sequence": names.index(name)}
            )
            for field, name in guesses.items()
            if field not in taken
        ]


def _guess(header):
    plain = "".join(sign for sign in header.lower() if sign.isalnum())
    for field in LABELS:
        names = {default_source(field).replace("_", ""), *KNOWN.get(field, ())}
        if plain and plain in names:
            return field
    return None


def _show(value):
    if value is None or isinstance(value, dict | list):
        return False
    return str(value).strip()[:80] or False
