# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.oms_core.models.bulk.batch import with_batch

from ..engine import amounts
from ..engine.results import ImportResult
from ..engine.settling import lines_total, settle


class OmsOrderImporter(models.AbstractModel):
    """Makes orders from documents: a batch in, one result per document out.

    Contacts, products, taxes and currencies are looked up once for the batch;
    orders are created, held where they must be, and confirmed all together.
    """

    _name = "oms.order.importer"
    _description = "Importer of Channel Orders"

    @api.model
    def _import(self, channel, orders):
        """Import new orders and bring known ones up to date.

        :param orders: list of ``ChannelOrder``
        :return: list of ``ImportResult``, in the order of the documents
        """
        importer, _batch = with_batch(
            self.with_company(channel.company_id).with_context(
                oms_bulk=True, tracking_disable=True, mail_notrack=True
            )
        )
        results, todo = {}, list(enumerate(orders))
        while todo:
            # Two versions of one order in a batch: the first makes it, the second
            # finds it.
            batch, later, seen = [], [], set()
            for position, order in todo:
                (later if order.external_id in seen else batch).append(
                    (position, order)
                )
                seen.add(order.external_id)
            results |= importer._import_distinct(channel, batch)
            todo = later
        # Whatever is still to be computed is computed while the batch remembers.
        importer.env.flush_all()
        return [results[position] for position in range(len(orders))]

    def _import_distinct(self, channel, numbered):
        known = self._find_known(channel, [order for _n, order in numbered])
        currencies = self._read_currencies(numbered)
        results, new, old = {}, [], []
        for position, order in numbered:
            if sale_order := known.get(order.external_id):
                old.append((position, sale_order, order))
            elif refusal := self._check(order, currencies):
                results[position] = refusal
            else:
                new.append((position, order))
        updates = self._update_orders(channel, [pair for _n, *pair in old], currencies)
        results |= {old[at][0]: result for at, result in enumerate(updates)}
        created = self._create_orders(channel, [o for _n, o in new], currencies)
        for (position, order), sale_order in zip(new, created, strict=True):
            results[position] = ImportResult(
                order.external_id, "imported", sale_order.id
            )
        return results

    # === CHECK ===

    def _find_known(self, channel, orders):
        found = self.env["sale.order"].search(
            [
                ("oms_channel_id", "=", channel.id),
                ("oms_external_id", "in", [order.external_id for order in orders]),
            ]
        )
        return {order.oms_external_id: order for order in found}

    def _read_currencies(self, numbered):
        codes = {order.currency for _n, order in numbered}
        found = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "in", list(codes))])
        )
        return {currency.name: currency for currency in found}

    def _check(self, order, currencies):
        """A refusal, if this order cannot even be held."""
        currency = currencies.get(order.currency)
        if currency and currency.active:
            return None
        message = (
            self.env._(
                "currency is “%(code)s”: this currency is not active. Activate it "
                "under Accounting / Currencies and try again.",
                code=order.currency,
            )
            if currency
            else self.env._(
                "currency is “%(code)s”: there is no such currency.",
                code=order.currency,
            )
        )
        acts = "administrator" if currency else "channel"
        return ImportResult(order.external_id, "quarantined", 0, message, acts)

    # === CREATE ===

    def _create_orders(self, channel, orders, currencies):
        if not orders:
            return self.env["sale.order"]
        found = {
            **self._look_up(channel, orders, currencies),
            "partners": self.env["oms.partner.resolver"]._resolve(channel, orders),
            "carriers": self._find_carriers(channel, orders),
        }
        sale_orders = self.env["sale.order"].create(
            [self._prepare_order_values(channel, order, found) for order in orders]
        )
        pairs = list(zip(sale_orders, orders, strict=True))
        self._record_payments(pairs)
        self._record_capture(pairs)
        self.env["oms.hold"]._place(
            [hold for pair in pairs for hold in self._get_holds(channel, *pair, found)]
        )
        self._record_shipped_elsewhere(channel, pairs)
        cancelled = self._cancel_arrivals(channel, pairs)
        (sale_orders - cancelled).action_confirm()
        self._ship_arrivals(channel, pairs, currencies)
        return sale_orders

    def _look_up(self, channel, orders, currencies):
        """What lines need, looked up once for all orders."""
        lines = [
            line
            for order in orders
            for line in self._settle(order, currencies[order.currency])
        ]
        products = self.env["oms.product.resolver"]
        placeholder = products._get_placeholder()
        resolved = products._resolve(channel, lines)
        unknown = [line for line, product in resolved.items() if product == placeholder]
        return {
            "currencies": currencies,
            "placeholder": placeholder,
            "rounding": products._get_product_of_kind("rounding"),
            "products": resolved,
            "bundles": products._resolve_bundles(orders, resolved),
            "doubts": products._find_doubts(
                channel,
                {line.sku for line in unknown},
                {line.barcode for line in unknown},
            ),
            "taxes": self.env["oms.tax.resolver"]._resolve(channel, orders),
        }

    def _find_carriers(self, channel, orders):
        """Carriers by the channel's name of the shipping method."""
        names = {order.shipping_method.casefold() for order in orders} - {""}
        if not names:
            return {}
        carriers = self.env["delivery.carrier"].search(
            [("company_id", "in", (False, channel.company_id.id))]
        )
        return {
            carrier.name.casefold(): carrier
            for carrier in carriers
            if carrier.name.casefold() in names
        }

    def _prepare_order_values(self, channel, order, found):
        """Values of the order; complete, so that nothing is guessed from defaults."""
        buyer, payer, receiver = found["partners"][order.external_id]
        currency = found["currencies"][order.currency]
        carrier = found["carriers"].get(order.shipping_method.casefold())
        return {
            "company_id": channel.company_id.id,
            "partner_id": buyer.id,
            "partner_invoice_id": payer.id,
            "partner_shipping_id": receiver.id,
            "oms_channel_id": channel.id,
            "oms_external_id": order.external_id,
            "oms_external_version": order.version,
            "oms_channel_document": self._prepare_document(order, order),
            "oms_external_number": order.number,
            "oms_channel_total": float(
                order.total - order.lines_total + lines_total(order, settle(order))
            ),
            "oms_captured_at": fields.Datetime.now(),
            "oms_buyer_note": order.note or False,
            "oms_gift_note": order.gift_note or False,
            "client_order_ref": order.purchase_order or order.number,
            "date_order": order.placed_at.replace(tzinfo=None),
            "oms_currency_id": currency.id,
            "pricelist_id": False,
            "fiscal_position_id": False,
            "payment_term_id": False,
            "user_id": False,
            "team_id": channel.team_id.id,
            "note": False,
            "require_signature": False,
            "require_payment": False,
            "carrier_id": carrier.id if carrier else False,
            "warehouse_id": self._get_default_warehouse(channel).id,
            "order_line": [
                fields.Command.create(values)
                for values in self._prepare_lines_values(channel, order, found)
            ],
        }

    def _get_default_warehouse(self, channel):
        """Where an order is until routing has spoken."""
        return channel.warehouse_ids[:1] or self.env["stock.warehouse"].search(
            [("company_id", "=", channel.company_id.id)], limit=1
        )

    # === WHAT IS WRITTEN BESIDE ===

    def _record_capture(self, pairs):
        self.env["oms.event"]._record(
            [
                {
                    "order": sale_order,
                    "kind": "capture",
                    "sentence": self.env._(
                        "Order %(number)s captured from %(channel)s: %(total)s.",
                        number=order.number,
                        channel=sale_order.oms_channel_id.name,
                        total=sale_order.currency_id.format(float(order.total)),
                    ),
                    "actor": sale_order.oms_channel_id.name,
                    "buyer_visible": True,
                }
                for sale_order, order in pairs
            ]
        )

    def _get_holds(self, channel, sale_order, order, found):
        """Why this order must wait for a person, if it must; extend to add a reason."""
        return [
            {"order": sale_order, **hold}
            for hold in (
                *self._get_product_holds(sale_order, found),
                *self._get_total_holds(channel, sale_order, order),
                *self._get_tax_holds(channel, order),
                *self._get_progress_holds(sale_order, order),
            )
        ]

    def _get_product_holds(self, sale_order, found):
        for line in sale_order.order_line:
            if line.product_id == found["placeholder"]:
                reason = self.env["oms.product.resolver"]._explain(
                    line, found["doubts"]
                )
                yield {"type": "unknown_product", "reason": reason, "line": line}

    def _get_total_holds(self, channel, sale_order, order):
        difference = order.total - order.lines_total
        if abs(difference) > Decimal(str(channel.rounding_limit)):
            yield {
                "type": "total_mismatch",
                "reason": self.env._(
                    "the channel's total is %(total)s, its lines add up to %(lines)s: "
                    "a difference of %(difference)s",
                    total=order.total,
                    lines=order.lines_total,
                    difference=difference,
                ),
            }

    def _get_tax_holds(self, channel, order):
        limit = Decimal(str(channel.rounding_limit))
        differences = amounts.tax_differences(order, limit)
        if differences:
            yield {
                "type": "tax_mismatch",
                "reason": "; ".join(
                    self.env._(
                        "%(title)s %(rate)s %%: the channel charged %(charged)s, its "
                        "rate gives %(expected)s",
                        title=difference.title,
                        rate=f"{(difference.rate * 100).normalize():f}",
                        charged=difference.charged,
                        expected=difference.expected,
                    )
                    for difference in differences
                ),
            }

    def _get_progress_holds(self, sale_order, order):
        """What must happen elsewhere before the parcel may leave."""
        if not order.cancelled_at and not self._is_secured(sale_order, order):
            yield {
                "type": "payment",
                "reason": self.env._("the channel has not secured the money yet"),
            }
