# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..engine.errors import ChannelError
from ..engine.results import ImportResult

TRIED = 10
HUNDRED = Decimal(100)


class OmsChannelSetup(models.Model):
    """What the shop has, matched with what is here, and tried with real orders."""

    _inherit = "oms.channel.setup"

    # === READING THE SHOP ===

    def _fetch_sample(self, connector):
        """Raw orders of the time that is to be imported, the first few of them."""
        since = self.import_since or self._get_default_since()
        payloads, cursor = connector._fetch_orders(self.channel_id, since, None)
        for _page in range(TRIED):
            if not cursor or len(payloads) >= TRIED:
                break
            more, cursor = connector._fetch_orders(self.channel_id, since, cursor)
            payloads += more
        return payloads

    def _read_settings(self):
        """Read what has to be matched, keep what is, propose the rest.

        :raise ChannelError: if the shop cannot be read
        """
        channel = self.channel_id
        connector = channel._get_connector()
        mapped = [
            channel._map(connector, payload)[0]
            for payload in self._fetch_sample(connector)
        ]
        found = connector._fetch_settings(channel, [row for row in mapped if row])
        self._note_currency(found.currency)
        channel.location_ids._update_known(channel, dict(found.locations))
        self._propose_warehouses()
        self._propose_taxes(found.taxes)
        names = {code: title for code, title in found.gateways if code}
        gateways = self.env["oms.channel.gateway"]._get_or_create(
            {(channel.id, code) for code in names}
        )
        # Those that older payments named are among them, whether the shop has them now.
        for code, title in names.items():
            gateway = gateways[channel.id, code]
            is_own = gateway.name.casefold() == code.replace("_", " ").casefold()
            if is_own and title != code:
                gateway.name = title
        self.env["oms.channel.carrier"]._update_known(channel, found.shipping)

    def _note_currency(self, code):
        currency = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", code)], limit=1)
        )
        self.channel_id.shop_currency_id = currency
        self.currency_note = currency and (
            not currency.active
            and self.env._(
                "The shop sells in %(code)s, which is not active here: activate it "
                "under Accounting / Currencies, or its orders are refused.",
                code=code,
            )
        )

    def _propose_warehouses(self):
        """A location that is called like a warehouse is that warehouse."""
        channel = self.channel_id
        warehouses = channel._get_oms_nodes() - channel.location_ids.warehouse_id
        waiting = channel.location_ids.filtered(lambda row: not row.warehouse_id)
        by_name = {row.name.casefold(): row for row in warehouses}
        for location in waiting:
            name = location.name.casefold()
            if name in by_name:
                location.warehouse_id = by_name.pop(name)
        if len(channel.location_ids) == len(by_name) == 1 and waiting:
            waiting.warehouse_id = next(iter(by_name.values()))

    def _propose_taxes(self, taxes):
        """A tax of the same rate, of the same country if there is one."""
        channel = self.channel_id
        ours = self.env["account.tax"].search(
            [
                ("company_id", "=", channel.company_id.id),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
            ]
        )
        known = {
            (row.title, round(row.rate, 6), row.is_included) for row in channel.tax_ids
        }
        values, open_rates = [], []
        for tax in taxes:
            percent = float(tax.rate * HUNDRED)
            key = (tax.title, round(percent, 6), tax.is_included)
            if key in known:
                continue
            known.add(key)
            same = ours.filtered(
                lambda row, percent=percent, tax=tax: (
                    row.amount == percent and row.price_include == tax.is_included
                )
            )
            near = same.filtered(
                lambda row, tax=tax: row.country_id.code == tax.country
            )
            if not same:
                open_rates.append(f"{tax.title} {percent:g}% {tax.country}".strip())
                continue
            values.append(
                {
                    "channel_id": channel.id,
                    "title": tax.title,
                    "rate": percent,
                    "is_included": tax.is_included,
                    "tax_id": (near or same)[0].id,
                }
            )
        self.env["oms.channel.tax"].create(values)
        self.open_rates = ", ".join(open_rates)

    # === DRY RUN ===

    def _try_orders(self):
        """Import the first orders, look at them, and undo all of it.

        :return: values of ``oms.channel.setup.order``, a dict per order
        """
        channel = self.channel_id.with_context(oms_dry_run=True)
        connector = channel._get_connector()
        payloads = self._fetch_sample(connector)[:TRIED]
        savepoint = self.env.cr.savepoint()
        try:
            rows = self._preview(channel, connector, payloads)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            # What was to happen after it is kept never happens.
            self.env.cr.postcommit.clear()
        return rows

    def _preview(self, channel, connector, payloads):
        mapped = [channel._map(connector, payload) for payload in payloads]
        orders = [order for order, _error in mapped if order]
        results = iter(channel._import_safely(orders))
        rows = []
        for payload, (order, error) in zip(payloads, mapped, strict=True):
            if order:
                rows.append(self._describe_order(order, next(results)))
            else:
                rows.append(self._describe_refused(connector, payload, error))
        return rows

    def _describe_refused(self, connector, payload, error):
        try:
            number, _version = connector._get_order_key(self.channel_id, payload)
        except ChannelError:
            number = "?"
        return {"number": number, "outcome": "refused", "problems": str(error)}

    def _describe_order(self, order, result: ImportResult):
        values = {
            "number": order.number,
            "placed_at": order.placed_at.replace(tzinfo=None),
            "buyer": order.customer.name or order.bill_to.name,
            "ship_to": ", ".join(
                filter(None, [order.ship_to.city, order.ship_to.country_code])
            ),
            "line_count": len(order.lines),
            "total": f"{order.total:.2f} {order.currency}",
        }
        if result.outcome == "quarantined":
            return values | {"outcome": "refused", "problems": result.message}
        found = self.env["sale.order"].browse(result.order_id)
        holds = found.oms_open_hold_ids
        return values | {
            "ours": f"{found.amount_total:.2f} {found.currency_id.name}",
            "outcome": "held" if holds else "good",
            "problems": "\n".join(
                f"{hold.type_id.name}: {hold.reason}" for hold in holds
            ),
        }
