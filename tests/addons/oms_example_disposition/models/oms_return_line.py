# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class OmsReturnLine(models.Model):
    _inherit = "oms.return.line"

    disposition = fields.Selection(
        selection_add=[("donate", "Donate")],
        ondelete={"donate": lambda lines: lines.write({"disposition": "scrap"})},
    )
