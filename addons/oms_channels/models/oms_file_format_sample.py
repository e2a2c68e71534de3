# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from itertools import islice
from pathlib import PurePath

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..connectors.file import csv_reader, json_reader, xlsx_reader, xml_reader
from ..connectors.file.formats import Format
from ..connectors.file.headers import guess_fields
from ..connectors.file.readers import find_kind
from ..engine.errors import Rejected

TABLES = {"csv": csv_reader, "xlsx": xlsx_reader}
TREES = {"json": json_reader, "xml": xml_reader}
LONGEST_SHOWN = 80


class OmsFileFormat(models.Model):
    """A file of the sender, from which a clerk sees what to choose."""

    _inherit = "oms.file.format"

    sample = fields.Binary(
        attachment=True,
        copy=False,
        help="A file as the sender writes it. It is only read, never imported.",
    )
    sample_name = fields.Char(copy=False)

    # === ONCHANGE ===

    @api.onchange("sample")
    def _onchange_sample(self):
        """What can be said of a first sample: its kind, its headers, its name."""
        if not self.sample or self.column_ids:
            return None
        name = self.sample_name or ""
        try:
            self.kind = find_kind(name, self._get_sample(), Format())
            if self.kind in TABLES:
                self.column_ids = self._prepare_suggestions()
        except Rejected as error:
            return {
                "warning": {
                    "title": self.env._("The sample cannot be read"),
                    "message": str(error),
                }
            }
        self.name = self.name or PurePath(name).stem
        if self.pattern in (False, "*") and PurePath(name).suffix:
            self.pattern = f"*{PurePath(name).suffix}"

    # === ACTIONS ===

    def action_try(self):
        """Show the first orders of the sample as they would be."""
        self.ensure_one()
        trial = self.env["oms.file.trial"].create({"format_id": self.id})
        trial._run()
        return trial._get_action()

    def action_suggest_columns(self):
        """Add a line for each column of the sample; what is understood has its field.

        :raise UserError: if there is no sample, or it cannot be read
        """
        self.ensure_one()
        self.check_access("write")
        if not self.sample or not self.is_mapped:
            raise UserError(
                self.env._(
                    "Upload a sample first (CSV, XLSX, JSON or XML): its headers are "
                    "what is read."
                )
            )
        try:
            self.column_ids = self._prepare_suggestions()
        except Rejected as error:
            raise UserError(str(error)) from error

    def _prepare_suggestions(self):
        """Commands that add the columns of the sample that are not there yet.

        :raise Rejected: if the sample cannot be read
        """
        if self.kind in TABLES:
            names, _cells = self._read_sample_rows(self._get_sample())
            return self._prepare_new_columns(names)
        order, lines = self._read_sample_tree(self._get_sample())
        paths = TREES[self.kind].list_paths(order)
        inner = f"{self.lines_path}/" if self.lines_path else "/"
        heads = [path for path in paths if not path.startswith(inner)]
        found = TREES[self.kind].list_paths(lines[0]) if lines else []
        return [
            *self._prepare_new_columns(heads),
            *self._prepare_new_columns(found, "line.", len(heads)),
        ]

    def _prepare_new_columns(self, names, within="", start=0):
        known = {(column.source or "").lower() for column in self.column_ids}
        guesses = guess_fields(names, self.column_ids.mapped("field_name"), within)
        return [
            Command.create(
                {
                    "source": name,
                    "field_name": guesses.get(name, False),
                    "sequence": start + position,
                }
            )
            for position, name in enumerate(names)
            if name and name.lower() not in known
        ]

    # === READING ===

    def _get_sample(self):
        return base64.b64decode(self.with_context(bin_size=False).sample or b"")

    def _get_sample_finder(self):
        """What the first order of the sample says for a column."""
        content = self._get_sample()
        if not content or not self.is_mapped:
            return lambda column: False
        find = self._find_in_table if self.kind in TABLES else self._find_in_tree
        try:
            return find(content)
        except Rejected:
            return lambda column: False

    def _find_in_table(self, content):
        names, cells = self._read_sample_rows(content)
        found = {name.lower(): cell for name, cell in zip(names, cells, strict=False)}
        return lambda column: _show(found.get(column.source.strip().lower()))

    def _read_sample_rows(self, content):
        rows = TABLES[self.kind].read_rows(content, self._prepare_format())
        head, first = ([*islice(rows, 2), (0, ()), (0, ())])[:2]
        return ["" if cell is None else str(cell).strip() for cell in head[1]], first[1]

    def _find_in_tree(self, content):
        find = TREES[self.kind].find
        order, lines = self._read_sample_tree(content)

        def find_value(column):
            nodes = [order] if order is not None else []
            if (column.field_name or "line.").startswith("line."):
                nodes = [*lines[:1], *nodes]
            found = [value for node in nodes for value in find(node, column.source)]
            return _show(getattr(found[0], "text", found[0])) if found else False

        return find_value

    def _read_sample_tree(self, content):
        """(first order, its lines)

        :raise Rejected: if the sample cannot be read
        """
        reader = TREES[self.kind]
        order = next(iter(reader.read_records(content, self._prepare_format())), None)
        lines = reader.find(order, self.lines_path) if self.lines_path else []
        return order, lines


def _show(value):
    if value is None or isinstance(value, dict | list):
        return False
    return str(value).strip()[:LONGEST_SHOWN] or False
