# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import models


class OmsFileFormat(models.Model):
    """What the demo shows of files."""

    _inherit = "oms.file.format"

    def _bring_demo_file(self, name, rows):
        """Take a file as the sample, with all its columns, and import it."""
        content = "\n".join(rows).encode()
        self.sample = base64.b64encode(content)
        self.sample_name = name
        self.column_ids = self._prepare_suggestions()
        file = self.env["oms.channel.file"]
        file._store(self.channel_id, name, content)._import()
