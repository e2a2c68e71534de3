# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from . import mapper


class OmsConnectorFile(models.AbstractModel):
    """Order documents that somebody brings: by API, upload, folder or SFTP."""

    _name = "oms.connector.file"
    _inherit = "oms.connector"
    _description = "Connector: Files"

    # A file is read and done with: nothing there could differ from what is here.
    _keeps_orders = False

    def _get_order_key(self, channel, payload):
        return mapper.order_key(payload)

    def _map_order(self, channel, payload):
        return mapper.order_from_payload(payload)

    def _test(self, channel):
        """Look into the folder, or connect to the SFTP server."""
        if not channel.file_source:
            return self.env._("Files are uploaded or come by the API: nothing to test.")
        with channel._open_files() as files:
            files.prepare()
            count = len(files.list_claimed()) + len(files.list_new(float("inf")))
        return self.env._("Connected: %(count)s files are waiting there.", count=count)

    # === OUT: a file channel is read by whoever asks the API ===

    def _push_shipments(self, channel, shipments):
        return channel._push_file_shipments(shipments)

    def _push_stock(self, channel, levels):
        return {level.sku: None for level in levels}
