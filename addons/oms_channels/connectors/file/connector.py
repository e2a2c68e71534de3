# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from decimal import Decimal

from odoo import models

from ...engine.errors import Rejected
from . import csv_reader, mapper


class OmsConnectorFile(models.AbstractModel):
    """Order documents that somebody brings: by API, upload or folder."""

    _name = "oms.connector.file"
    _inherit = "oms.connector"
    _description = "Connector: Files"

    def _get_order_key(self, channel, payload):
        return mapper.order_key(payload)

    def _map_order(self, channel, payload):
        return mapper.order_from_payload(payload)

    def _read_file(self, channel, name, content):
        """The order documents in a file.

        :param str name: its ending tells the form: .csv, .tsv or .json
        :param bytes content: the file
        :return: list of raw orders; what is wrong with one of them is said when it
            is mapped, so that the good ones of a file are imported
        :raise Rejected: if the file as a whole cannot be read
        """
        if name.lower().endswith((".csv", ".tsv", ".txt")):
            return csv_reader.read_orders(content, channel.decimal_mark or ".")
        if name.lower().endswith(".json"):
            return self._read_json(content)
        raise Rejected(
            f"{name} has a form that is not known here: give .json or .csv.",
            field="file",
            value=name,
        )

    def _read_json(self, content):
        try:
            value = json.loads(content, parse_float=Decimal)
        except (ValueError, UnicodeDecodeError) as error:
            raise Rejected(f"The file is not JSON: {error}", field="file") from None
        if isinstance(value, dict):
            value = value.get("orders", [value])
        if not isinstance(value, list):
            raise Rejected(
                "The file must hold an order, a list of orders, or an object with a "
                "list named orders.",
                field="file",
            )
        return value

    # === OUT: a file channel is read by whoever asks the API ===

    def _push_shipments(self, channel, shipments):
        return {shipment.key: None for shipment in shipments}

    def _push_stock(self, channel, levels):
        return {level.sku: None for level in levels}
