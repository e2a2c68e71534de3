# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import fields, models

from .oms_return import OPEN_STATES

_logger = logging.getLogger(__name__)


class OmsReturn(models.Model):
    """The doors between the states of a return, and what the history says of them."""

    _inherit = "oms.return"

    # === STATES ===

    def _set_approved(self):
        moved = self._move_to("approved", "requested")
        moved._record_events(self.env._("Return %(name)s approved."))

    def _set_received(self):
        moved = self._move_to("received", "approved")
        moved.received_at = fields.Datetime.now()
        # From here on the goods are counted as returned, no longer as requested.
        moved.line_ids._read_received_quantities()
        moved._record_events(self.env._("Return %(name)s received: %(goods)s."))

    def _set_done(self):
        moved = self._move_to("done", "received")
        moved._record_events(self.env._("Return %(name)s done."))

    def _set_refused(self):
        moved = self._move_to("refused", "requested")
        moved._record_events(self.env._("Return %(name)s refused: %(refusal)s"))

    def _set_cancelled(self):
        moved = self._move_to("cancelled", *OPEN_STATES)
        moved._record_events(self.env._("Return %(name)s cancelled."))

    def _move_to(self, state, *sources):
        """Open a door for those that stand before it; the others stay put."""
        moved = self.filtered(lambda rma: rma.state in sources)
        if late := self - moved:
            _logger.info("not moved to %s: %s", state, late.mapped("display_name"))
        moved.write({"state": state})
        return moved

    # === HISTORY ===

    def _record_events(self, sentence):
        """One event per return; the sentence may name its name, goods, refusal."""
        self.env["oms.event"]._record(
            [
                {
                    "order": rma.order_id,
                    "kind": "return",
                    "sentence": sentence
                    % {
                        "name": rma.name,
                        "goods": rma.line_ids._get_goods_sentence(),
                        "refusal": rma.refusal_reason or "",
                    },
                    "document": rma,
                    "buyer_visible": True,
                }
                for rma in self
            ]
        )
