# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import timedelta, timezone
from decimal import Decimal

from odoo import api, fields, models

from ..engine.settlements import Settlement, SettlementLine

CENT = Decimal("0.01")
# What the gateway of the demo keeps of a payment.
SHARE, FIXED = Decimal("0.029"), Decimal("0.30")


class OmsDemoChannels(models.AbstractModel):
    """What goes wrong with channels, so that a first look at the demo shows it.

    Payouts of which one line has no payment, listings that differ in the shop, an
    order in two versions and one that cannot be read. All of it came the usual way.
    """

    _name = "oms.demo.channels"
    _description = "Troubles of a Demo"

    @api.model
    def _create_troubles(self):
        demo = self.with_company(self.env.ref("base.main_company"))
        demo._bring_payouts()
        demo._let_listings_differ()
        demo._bring_orders()

    # === MONEY ===

    def _bring_payouts(self):
        shop = self.env.ref("oms_core.channel_shop")
        payments = self.env["oms.payment"].search(
            [
                ("order_id.oms_channel_id", "=", shop.id),
                ("kind", "=", "capture"),
                ("gateway", "=", "card"),
            ],
            order="date",
        )
        gateways = self.env["oms.channel.gateway"]
        gateway = gateways._get_or_create({(shop.id, "card")})[shop.id, "card"]
        gateway.write(
            {
                "clearing_account_id": self.env.ref("oms_channels.account_card").id,
                "fee_account_id": self.env.ref("oms_channels.account_card_fees").id,
            }
        )
        # They were there before anybody knew of gateways.
        payments.gateway_id = gateway
        half = len(payments) // 2
        self.env["oms.settlement"]._import(
            gateway,
            [
                self._make_payout("po_1007", payments[:half]),
                self._make_payout("po_1008", payments[half:], strange=True),
            ],
        )

    def _make_payout(self, key, payments, strange=False):
        lines = [self._make_line(payment) for payment in payments]
        if strange and lines:
            lines[-1] = self._lower(lines[-1], Decimal("0.50"))
        moment = fields.Datetime.now() if strange else payments[-1:].date
        moment = (moment or fields.Datetime.now()).replace(tzinfo=timezone.utc)
        if strange:
            gross = Decimal("74.90")
            fee = self._get_fee(gross)
            # An order that never came here, and what the gateway charges besides.
            lines += [
                SettlementLine(
                    f"{key}-x", moment, "charge", gross, fee, gross - fee, "#9041"
                ),
                self._make_reserve(key, moment),
            ]
        total = sum((line.net for line in lines), Decimal())
        currency = payments.currency_id[:1] or self.env.company.currency_id
        return Settlement(key, moment, currency.name, total, tuple(lines))

    def _lower(self, line, amount):
        """A payment of which not all has arrived: suggested, and not taken."""
        return replace(
            line, gross=line.gross - amount, net=line.net - amount, payment=""
        )

    def _make_reserve(self, key, moment):
        kept = Decimal("-25.00")
        note = "Rolling reserve"
        return SettlementLine(
            f"{key}-r", moment, "reserve", kept, Decimal(), kept, note=note
        )

    def _make_line(self, payment):
        gross = Decimal(f"{payment.amount:.2f}")
        fee = self._get_fee(gross)
        return SettlementLine(
            f"txn_{payment.id}",
            payment.date.replace(tzinfo=timezone.utc),
            "charge",
            gross,
            fee,
            gross - fee,
            f"#{payment.order_id.oms_external_number}",
            payment.external_id,
        )

    def _get_fee(self, gross):
        return (gross * SHARE + FIXED).quantize(CENT)

    # === LISTINGS ===

    def _let_listings_differ(self):
        """What a reading of the shop's catalogue would have found."""
        shop = self.env.ref("oms_core.channel_shop")
        listings = shop.listing_ids.filtered("product_id").sorted("sku")
        now = fields.Datetime.now()
        told = {"seen_at": now, "shop_counts": True, "pushed_at": now}
        levels = shop._get_stock_levels(listings)
        for listing in listings:
            listing.write(
                told
                | {
                    "pushed_quantity": levels.get(listing, 0),
                    "shop_quantity": levels.get(listing, 0),
                    "shop_price": listing.price,
                }
            )
        since = {"drift_since": now - timedelta(hours=3)}
        for listing, more in ((listings[0], 4), (listings[3], -2)):
            shown = max(listing.pushed_quantity + more, 0)
            listing.write(since | {"shop_quantity": shown, "quantity_drift": True})
        listings[5].is_missing = True
        listings.create(
            {
                "channel_id": shop.id,
                "sku": "TENT-2P-OLD",
                "name": "Two-Person Tent, last season's",
                "external_id": "8801000000001",
                "seen_at": now,
            }
        )

    # === ORDERS ===

    def _bring_orders(self):
        """An order and its newer version, and one in a currency of nobody's."""
        market = self.env.ref("oms_core.channel_market")
        order = self._make_order("M-50211", 2, hours=5)
        newer = self._make_order("M-50211", 1, hours=4)
        strange = self._make_order("M-50212", 1, hours=5)
        market._receive_orders([order, strange | {"currency": "EURO"}])
        market._process_inbox()
        market._receive_orders([newer])
        market._process_inbox()

    def _make_order(self, number, quantity, hours):
        """:param hours: since when the order is as it is"""
        now = fields.Datetime.now().replace(minute=0, second=0)
        placed = (now - timedelta(hours=5)).isoformat() + "Z"
        changed = (now - timedelta(hours=hours)).isoformat() + "Z"
        product = self.env.ref("oms_core.product_mug")
        price = Decimal("14.00")
        total = str(price * quantity)
        address = {
            "name": "Grace Ferris",
            "street": "48 Harbor Road",
            "city": "Portland",
            "zip": "04101",
            "state": "ME",
            "country": "US",
        }
        return {
            "external_id": number,
            "number": number,
            "placed_at": placed,
            "updated_at": changed,
            "currency": self.env.company.currency_id.name,
            "total": total,
            "customer": {"name": "Grace Ferris", "email": "grace.ferris@example.com"},
            "ship_to": address,
            "lines": [
                {
                    "external_id": "1",
                    "sku": product.default_code,
                    "name": product.name,
                    "quantity": str(quantity),
                    "unit_price": str(price),
                }
            ],
            "payments": [
                {
                    "external_id": f"{number}-1",
                    "kind": "capture",
                    "amount": total,
                    "date": placed,
                    "gateway": "marketplace",
                }
            ],
        }
