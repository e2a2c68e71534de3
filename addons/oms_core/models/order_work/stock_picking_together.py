# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    """Transfers of several orders that leave in one parcel.

    Each keeps its order and its lines, so that cancelling, invoicing and the word to
    each channel stay what they are. What they share is the box: they are validated
    together, under one label and one tracking number.
    """

    _inherit = "stock.picking"

    oms_parcel_key = fields.Char(
        "Parcel", copy=False, readonly=True, index="btree_not_null"
    )
    oms_together_ids = fields.Many2many(
        "stock.picking",
        string="Ships Together With",
        compute="_compute_oms_together_ids",
        help="Transfers of other orders that go into the same parcel.",
    )

    # === COMPUTE ===

    @api.depends("oms_parcel_key", "state")
    def _compute_oms_together_ids(self):
        keys = [key for key in self.mapped("oms_parcel_key") if key]
        found = self.browse()
        if keys:
            found = self.search(
                [("oms_parcel_key", "in", keys), ("state", "!=", "cancel")]
            )
        groups = found.grouped("oms_parcel_key")
        for picking in self:
            group = groups.get(picking.oms_parcel_key, found.browse())
            picking.oms_together_ids = group - picking

    # === CRUD ===

    def write(self, vals):
        """Override of `stock` to give one parcel one tracking number."""
        result = super().write(vals)
        if tracking := vals.get("carrier_tracking_ref"):
            together = self.filtered("oms_parcel_key").oms_together_ids
            others = (together - self).filtered(
                lambda picking: picking.carrier_tracking_ref != tracking
            )
            if others:
                others.write({"carrier_tracking_ref": tracking})
        return result

    # === ACTIONS ===

    def button_validate(self):
        """Override of `stock`: what goes into one parcel leaves together."""
        together = self.filtered("oms_parcel_key").oms_together_ids.filtered(
            lambda picking: picking.state not in ("done", "draft")
        )
        return super(StockPicking, self | together).button_validate()

    def send_to_shipper(self):
        """Override of `stock_delivery`: one parcel, one label."""
        labelled = self.filtered("oms_parcel_key").oms_together_ids.filtered(
            "carrier_tracking_ref"
        )
        if labelled and self.carrier_tracking_ref:
            return None
        return super().send_to_shipper()

    def action_oms_ship_apart(self):
        """Take these transfers out of the parcel that they share."""
        self._oms_check_unpicked(self.env._("leave the parcel"))
        self._oms_record_together(
            self, self.env._("%(transfer)s ships in a parcel of its own again.")
        )
        alone = self.oms_together_ids.filtered(
            lambda picking: not picking.oms_together_ids - self
        )
        (self | alone).oms_parcel_key = False
        return True

    # === BUSINESS ===

    def _oms_ship_together(self):
        """Put transfers into one parcel.

        :raise UserError: if they do not go from one place to one door by one carrier
        """
        self._oms_check_together()
        self.oms_parcel_key = uuid4().hex
        names = ", ".join(self.sale_id.mapped("name"))
        self._oms_record_together(
            self, self.env._("%(transfer)s ships in one parcel: %(orders)s."), names
        )
        return self

    def _oms_check_together(self):
        if len(self.sale_id) < 2:
            raise UserError(
                self.env._(
                    "Fewer than two of these orders have a transfer that waits: there "
                    "is nothing to put into one parcel."
                )
            )
        self._oms_check_unpicked(self.env._("join a parcel"))
        for label, name in (
            (self.env._("places"), "picking_type_id"),
            (self.env._("addresses"), "partner_id"),
            (self.env._("carriers"), "carrier_id"),
        ):
            if len({picking[name].id for picking in self}) > 1:
                self._oms_refuse_together(label)

    def _oms_refuse_together(self, label):
        raise UserError(
            self.env._(
                "%(transfers)s have different %(what)s and cannot go into one parcel. "
                "Make them the same on the orders first.",
                transfers=", ".join(self.mapped("name")),
                what=label,
            )
        )

    def _oms_check_unpicked(self, deed):
        begun = self.filtered(
            lambda picking: (
                picking.state in ("done", "cancel") or picking._oms_is_begun()
            )
        )
        if begun:
            raise UserError(
                self.env._(
                    "%(transfers)s is being picked or has left, and cannot %(deed)s. "
                    "Ask the warehouse to unreserve it first.",
                    transfers=", ".join(begun.mapped("name")),
                    deed=deed,
                )
            )

    def _oms_record_together(self, pickings, sentence, names=""):
        self.env["oms.event"]._record(
            [
                {
                    "order": picking.sale_id,
                    "kind": "edit",
                    "sentence": sentence % {"transfer": picking.name, "orders": names},
                    "document": picking,
                }
                for picking in pickings
                if picking.sale_id
            ]
        )
