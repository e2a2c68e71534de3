# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models


class OmsOrderImporter(models.AbstractModel):
    """What a shop has changed, in words."""

    _inherit = "oms.order.importer"

    def _describe(self, change, currency):
        """One change as a sentence, from and to."""
        return self._get_sentence(change.kind) % {
            "name": self._get_change_name(change),
            "old": self._show(change, change.old, currency),
            "new": self._show(change, change.new, currency),
        }

    def _get_topic(self, change):
        """What a change is about, for a heading."""
        topics = {
            "line_added": self.env._("Line added: %(name)s"),
            "line_removed": self.env._("Line removed: %(name)s"),
            "quantity": self.env._("Quantity of %(name)s"),
            "price": self.env._("Price of %(name)s"),
            "amount": self.env._("Amount of %(name)s"),
            "currency": self.env._("Currency"),
            "ship_to": self.env._("Ship to"),
            "bill_to": self.env._("Bill to"),
            "carrier": self.env._("Shipping method"),
            "note": self.env._("Buyer's words (%(name)s)"),
            "requested": self.env._("Wanted on"),
            "pickup": self.env._("Fetched at"),
            "payment": self.env._("Money: %(name)s"),
            "refund": self.env._("Refund"),
            "cancelled": self.env._("Cancelled"),
            "reopened": self.env._("Open again"),
            "fulfilled": self.env._("Shipped by the shop: %(name)s"),
        }
        return topics[change.kind] % {"name": self._get_change_name(change)}

    def _get_sentence(self, kind):
        return {
            "line_added": self.env._("%(name)s added: %(new)s"),
            "line_removed": self.env._("%(name)s removed: %(old)s → 0"),
            "quantity": self.env._("%(name)s: %(old)s → %(new)s"),
            "price": self.env._("price of %(name)s: %(old)s → %(new)s"),
            "amount": self.env._("amount of %(name)s: %(old)s → %(new)s"),
            "currency": self.env._("currency: %(old)s → %(new)s"),
            "ship_to": self.env._("ship-to: “%(old)s” → “%(new)s”"),
            "bill_to": self.env._("bill-to: “%(old)s” → “%(new)s”"),
            "carrier": self.env._("shipping method: “%(old)s” → “%(new)s”"),
            "note": self.env._("%(name)s: “%(old)s” → “%(new)s”"),
            "requested": self.env._("wanted on: %(old)s → %(new)s"),
            "pickup": self.env._("fetched by the buyer at: “%(old)s” → “%(new)s”"),
            "payment": self.env._("%(name)s of %(new)s"),
            "refund": self.env._("refund of %(new)s"),
            "cancelled": self.env._("cancelled (%(new)s)"),
            "reopened": self.env._("open again after it was cancelled"),
            "fulfilled": self.env._("%(name)s shipped by the shop: %(old)s → %(new)s"),
        }[kind]

    def _get_change_name(self, change):
        names = {
            "note": self.env._("note"),
            "gift_note": self.env._("gift note"),
            "purchase_order": self.env._("the buyer's order number"),
            "authorisation": self.env._("authorisation"),
            "capture": self.env._("payment"),
            "refund": self.env._("refund payment"),
            "void": self.env._("void"),
        }
        known = names.get(change.key if change.kind == "note" else change.name)
        money = self.env._("money beside the lines")
        return known or change.name.split("\n")[0] or money

    def _show(self, change, value, currency):
        if not isinstance(value, Decimal):
            return value
        if change.kind in ("price", "amount", "payment", "refund"):
            return currency.format(float(value))
        return f"{value.normalize():f}"

    def _explain(self, change):
        """Why a person must decide, with the way out."""
        return {
            "started": self.env._(
                "transfer %(about)s is being picked or has its label; stop it and "
                "take over the change, or release to leave the order as it is"
            ),
            "cancel_shipped": self.env._(
                "transfer %(about)s has left; have it stopped or expect a return: once "
                "the goods are back the change is taken over"
            ),
            "cancel_held": self.env._(
                "the hold “%(about)s” forbids to cancel; release that one first"
            ),
            "frozen": self.env._(
                "the hold “%(about)s” forbids to edit; release that one first"
            ),
            "is_cancelled": self.env._("the order is cancelled here"),
            "changed_here": self.env._(
                "it was changed here to %(about)s meanwhile; decide which counts"
            ),
            "below_shipped": self.env._(
                "%(about)s have shipped already; expect a return: once they are back "
                "the change is taken over"
            ),
            "dearer_invoiced": self.env._(
                "invoice %(about)s is posted; invoice the difference by hand"
            ),
            "draft_invoice": self.env._(
                "draft invoice %(about)s has the old amounts; delete or post it"
            ),
            "reopened": self.env._(
                "the order is cancelled here; confirm it anew, or cancel it in the shop"
            ),
            "fulfilled_held": self.env._(
                "the hold “%(about)s” forbids to ship; release that one first"
            ),
            "fulfilled_chain": self.env._(
                "transfer %(about)s must be done here first; do it, then the parcel"
            ),
            "not_in_stock": self.env._(
                "only %(about)s are reserved here; correct the stock, or let the "
                "channel ship without stock"
            ),
            "currency": self.env._(
                "an order cannot change its currency; cancel it and make a new one"
            ),
            "address_invoiced": self.env._(
                "invoice %(about)s names the old address; correct it by hand"
            ),
            "pickup": self.env._(
                "the place is the buyer's to choose; set warehouse and pick-up on the "
                "order, then release"
            ),
            "gone": self.env._("transfer %(about)s has left for the old address"),
        }[change.asks] % {"about": change.about}
