# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from . import mapper


class OmsConnectorAcme(models.AbstractModel):
    """Found by its name: ``oms.channel.platform = "acme"``."""

    _name = "oms.connector.acme"
    _inherit = "oms.connector"
    _description = "Connector: Acme"

    def _get_order_key(self, channel, payload):
        return mapper.order_key(payload)

    def _map_order(self, channel, payload):
        return mapper.order_from_payload(payload)
