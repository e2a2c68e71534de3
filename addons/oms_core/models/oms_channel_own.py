# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class OmsChannel(models.Model):
    """Channels of Odoo's own applications, which come with what they are made for."""

    _inherit = "oms.channel"

    @api.model
    def _get_or_create(self, values_list):
        """The channels with these codes and companies; made where there is none.

        An archived one is found: what it was made for has come back.

        :param list values_list: values of a channel, with ``code`` and ``company_id``
        :return: one channel for each, in the same order
        """
        every = self.with_context(active_test=False)
        codes = [values["code"] for values in values_list]
        known = {
            (channel.code, channel.company_id.id): channel
            for channel in every.search([("code", "in", codes)])
        }
        missing = {
            key: values
            for values in values_list
            if (key := (values["code"], values["company_id"])) not in known
        }
        known |= zip(missing, self.create(list(missing.values())), strict=True)
        return [known[values["code"], values["company_id"]] for values in values_list]
