# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError


class OmsApi(models.AbstractModel):
    _inherit = "oms.api"

    @api.model
    def import_orders(self, channel, orders, format="oms", wait=True):
        """Import orders; each is stored first, and exists once whatever is repeated.

        :param str channel: the channel's code
        :param list orders: order documents: ours ("oms", see the JSON Schema), or a
            platform's own payload in the shape of its webhook ("shopify", …)
        :param bool wait: if False, the answer says only that they were stored
        :return: one dict per document: external_id, result (imported, updated,
            unchanged, quarantined or stored), order, state, holds, message
        """
        return self._with_rights()._import_orders(channel, orders, format, wait)

    def _import_orders(self, code, orders, order_format, wait):
        channel = self._get_channel(code)
        connector = self._get_connector(order_format)
        if not isinstance(orders, list):
            raise UserError(self.env._("orders must be a list of order documents."))
        messages = channel._receive_orders(orders, connector)
        if not wait:
            channel._delay_processing("in", len(messages))
            return [self._prepare_stored_result(message) for message in messages]
        waiting = (
            self.env["oms.channel.message"]
            .union(*messages)
            .filtered(lambda message: message.state in ("pending", "failed"))
        )
        results = channel._process_messages(waiting, connector)
        return [
            self._prepare_import_result(message, results.get(message))
            for message in messages
        ]

    def _get_connector(self, code):
        name = "file" if code == "oms" else code
        model = f"oms.connector.{name}"
        if model not in self.env:
            raise UserError(
                self.env._(
                    "“%(format)s” is not a format that is known here. Use “oms” or "
                    "the name of an installed platform.",
                    format=code,
                )
            )
        return self.env[model]

    def _prepare_stored_result(self, message):
        quarantined = message.state == "quarantined"
        return {
            "external_id": message.external_id or "",
            "result": "quarantined" if quarantined else "stored",
            "order": message.order_id.name or "",
            "state": message.order_id.oms_state or "",
            "holds": [],
            "message": message.error or "",
        }

    def _prepare_import_result(self, message, result):
        order = message.order_id
        outcome = result.outcome if result else "unchanged"
        if message.state == "quarantined":
            outcome = "quarantined"
        return {
            "external_id": message.external_id or "",
            "result": outcome,
            "order": order.name or "",
            "state": order.oms_state or "",
            "holds": [
                {"type": hold.type_id.code, "reason": hold.reason}
                for hold in order.oms_open_hold_ids
            ],
            "message": message.error or "",
        }
