# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.oms_core.tools.mark import FROM_CHANNEL


class OmsOrderImporter(models.AbstractModel):
    """Whole orders that the channel has cancelled, and why it did."""

    _inherit = "oms.order.importer"

    def _cancel_arrivals(self, channel, pairs):
        """Cancel those that were cancelled before they came here.

        :param pairs: list of (sale.order, ``ChannelOrder``)
        :return: the orders that are cancelled now
        """
        return self._cancel_as_told(
            channel, [(so, document) for so, document in pairs if document.cancelled_at]
        )

    def _update_cancelled(self, channel, updates):
        self._cancel_as_told(
            channel,
            [
                (update.order, update.after)
                for update in updates
                if "cancelled" in update.done
            ],
        )

    def _cancel_as_told(self, channel, pairs):
        orders = self.env["sale.order"].union(*(order for order, _document in pairs))
        if orders:
            self._keep_cancel_reasons(channel, pairs)
            # The channel has done it: it is not told back.
            FROM_CHANNEL.put(orders)._action_cancel()
        return orders

    def _keep_cancel_reasons(self, channel, pairs):
        """The platform's words as reasons of ours; one write for each reason."""
        connector = self.env["oms.connector"]
        if channel.platform:
            connector = channel._get_connector()
        codes = {
            order: connector._get_cancel_reason(channel, document.cancel_reason)
            for order, document in pairs
        }
        known = [("code", "in", [*codes.values()])]
        for reason in self.env["oms.cancel.reason"].search(known):
            same = [order for order, code in codes.items() if code == reason.code]
            if same:
                orders = self.env["sale.order"].union(*same)
                orders.oms_cancel_reason_id = reason
