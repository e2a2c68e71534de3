# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

ORDERS, DAYS = 110, 90
# How much of the trade each channel brings.
CHANNELS = {"shop": 50, "market": 25, "phone": 10, "store": 10, "wholesale": 5}
# What sells daily; the rest of the catalogue sells now and then.
BEST = ("mug", "beanie", "socks", "headlamp", "candle", "stove", "kit_coffee")
RARE = ("daypack", "kettle", "skillet", "blanket", "lantern", "table_lamp", "spork")
BUYERS = ("phone_alvarez", "phone_bell", "phone_okada")
BUSINESS = ("wholesale_outfitters", "wholesale_hotels", "wholesale_homewares")
REASONS = {
    "buyer_changed_mind": "found it cheaper",
    "out_of_stock": "",
    "duplicate": "",
    "other": "too slow",
}


class OmsDemoHistory(models.AbstractModel):
    """Three months of finished orders, so that the reports of a demo say something.

    Made with Odoo's own steps, in batches, then moved into the past. What the orders
    took from the shelves was received for them: the stock of the demo stays as it
    is, and nothing is left for a person to do.
    """

    _name = "oms.demo.history"
    _description = "Orders of a Demo"

    @api.model
    def _create_history(self):
        # The same orders in every demo; nothing is kept secret by this.
        dice = random.Random(1972)  # noqa: S311
        company = self.env.ref("base.main_company")
        demo = self.with_company(company).with_context(
            tracking_disable=True, mail_notrack=True, skip_sms=True, oms_bulk=True
        )
        now = fields.Datetime.now().replace(minute=0, second=0)
        values_list = [demo._prepare_order(dice, now, n) for n in range(ORDERS)]
        demo._receive_goods(values_list, now - timedelta(days=DAYS + 10))
        orders = demo.env["sale.order"].create(values_list)
        dates = {order: order.date_order for order in orders}
        orders.action_confirm()
        cancelled = orders[::17]
        for number, (code, note) in enumerate(REASONS.items()):
            reason = self.env["oms.cancel.reason"]._find(code)
            cancelled[number :: len(REASONS)]._oms_cancel(note, reason)
        kept = orders - cancelled
        short = kept[5::12]
        demo._ship(kept, short)
        demo._pay(kept)
        demo._move_to_past(orders, dates, dice)
        # These buyers do not exist, and would hear of it months later.
        demo.env["oms.buyer.mail"].search([("order_id", "in", orders.ids)]).unlink()

    # === ORDERS ===

    def _prepare_order(self, dice, now, number):
        [code] = dice.choices([*CHANNELS], [*CHANNELS.values()])
        channel = self.env.ref(f"oms_core.channel_{code}")
        # More in the last weeks than in the first.
        age = timedelta(days=1 + (DAYS - 1) * (1 - dice.random() ** 0.7))
        many = 6 if code == "wholesale" else 1
        skus = dice.sample([*BEST, *BEST, *RARE], dice.choice((1, 1, 2, 3)))
        buyers = BUSINESS if code == "wholesale" else BUYERS
        return {
            "partner_id": self.env.ref(f"oms_core.partner_{dice.choice(buyers)}").id,
            "company_id": channel.company_id.id,
            "oms_channel_id": channel.id,
            # With a number of the channel, the date of the order is the buyer's.
            "oms_external_id": f"demo-{number}",
            "oms_external_number": f"H{1000 + number}",
            "warehouse_id": dice.choice(channel.warehouse_ids.ids),
            "date_order": now - age,
            "order_line": [
                Command.create(
                    {
                        "product_id": self.env.ref(f"oms_core.product_{sku}").id,
                        "product_uom_qty": many * dice.choice((1, 1, 1, 2, 3)),
                    }
                )
                for sku in dict.fromkeys(skus)
            ],
        }

    # === GOODS ===

    def _receive_goods(self, values_list, date):
        """Put on the shelves what these orders will take."""
        needed = defaultdict(float)
        ids = {line[2]["product_id"] for v in values_list for line in v["order_line"]}
        kits = self.env["product.product"].browse(ids)._get_oms_kit_components()
        for values in values_list:
            for _command, _id, line in values["order_line"]:
                product_id = line["product_id"]
                for part, per_kit in kits.get(product_id, {product_id: 1}).items():
                    needed[part, values["warehouse_id"]] += (
                        per_kit * line["product_uom_qty"]
                    )
        places = self.env["stock.warehouse"].browse({key[1] for key in needed})
        shelf = {place.id: place.lot_stock_id.id for place in places}
        moves = self.env["stock.move"].create(
            [
                {
                    "product_id": product_id,
                    "product_uom_qty": quantity,
                    "location_id": self.env.ref("stock.stock_location_suppliers").id,
                    "location_dest_id": shelf[warehouse_id],
                }
                for (product_id, warehouse_id), quantity in needed.items()
            ]
        )
        moves._action_confirm(merge=False)
        for move in moves:
            move.quantity = move.product_uom_qty
        moves.picked = True
        moves._action_done()
        self._write_past(moves, "date", dict.fromkeys(moves.ids, date))

    def _ship(self, orders, short):
        """Ship all; some leave a unit behind, which follows by itself."""
        pickings = orders.picking_ids
        for picking in short.picking_ids:
            move = picking.move_ids[:1]
            move.quantity = max(move.product_uom_qty - 1, 0)
        pickings.move_ids.filtered("quantity").picked = True
        pickings._action_done()
        rest = orders.picking_ids.filtered(lambda p: p.state != "done")
        rest.action_assign()
        rest.move_ids.picked = True
        rest._action_done()

    def _pay(self, orders):
        self.env["oms.payment"].create(
            [
                {
                    "order_id": order.id,
                    "external_id": f"demo-{order.id}",
                    "kind": "capture",
                    "gateway": "card",
                    "amount": order.amount_total,
                    "currency_id": order.currency_id.id,
                    "date": order.date_order,
                }
                for order in orders
            ]
        )

    # === TIME ===

    def _move_to_past(self, orders, dates, dice):
        """Let everything have happened when it would have."""
        history = self.env["oms.event"]
        old = history.search([("order_id", "in", orders.ids)])
        cancelled = {
            event.order_id: event.data for event in old if event.kind == "cancel"
        }
        history._allow_removal()
        old.unlink()
        events, done, delivered = [], {}, {}
        for order in orders:
            date = dates[order]
            events.append(self._prepare_event(order, "capture", date))
            if order in cancelled:
                date += timedelta(hours=dice.uniform(1, 20))
                event = self._prepare_event(order, "cancel", date)
                events.append(event | {"data": cancelled[order]})
                continue
            for step, hours in (("route", 0.2), ("reserve", 1)):
                date += timedelta(hours=dice.uniform(0.05, hours))
                events.append(self._prepare_event(order, step, date))
            for parcel in order.picking_ids.sorted("id"):
                for step, hours in (("pick", 14), ("ship", 10)):
                    date += timedelta(hours=dice.expovariate(1 / hours))
                    date = min(date, fields.Datetime.now())
                    events.append(self._prepare_event(order, step, date, parcel))
                done[parcel] = date
                arrival = date + timedelta(hours=dice.uniform(20, 90))
                if arrival < fields.Datetime.now():
                    delivered[parcel] = arrival
                    events.append(
                        self._prepare_event(order, "delivery", arrival, parcel)
                    )
        history._record(events)
        self._backdate(orders, done, delivered)

    def _backdate(self, orders, done, delivered):
        for parcel, date in delivered.items():
            parcel.oms_delivered_at = date
        orders.oms_external_id = False
        self._write_past(
            self.env["stock.picking"],
            "date_done",
            {parcel.id: date for parcel, date in done.items()},
        )
        self._write_past(
            self.env["stock.move"],
            "date",
            {
                move.id: date
                for parcel, date in done.items()
                for move in parcel.move_ids
            },
        )

    def _prepare_event(self, order, kind, date, document=None):
        labels = dict(self.env["oms.event"]._fields["kind"].selection)
        place = order.warehouse_id.name
        return {
            "order": order,
            "kind": kind,
            "sentence": f"{labels[kind]}: {place}.",
            "document": document,
            "date": date,
            "actor": "demo",
        }

    def _write_past(self, model, field, moments):
        """Dates that the application itself would never write."""
        model.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE %s record SET %s = past.moment"
                " FROM (VALUES %s) AS past(id, moment) WHERE past.id = record.id",
                SQL.identifier(model._table),
                SQL.identifier(field),
                SQL(", ").join(
                    SQL("(%s, %s::timestamp)", key, moment)
                    for key, moment in moments.items()
                ),
            )
        )
        model.invalidate_model([field])
