# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from freezegun import freeze_time

from odoo.fields import Command

from .common import OmsCommon

# Numbers of a sequence, and what repeats them: they go on where they stood.
NUMBERED = {
    "name",
    "origin",
    "reference",
    "display_name",
    "access_token",
    "complete_name",
}
LOGGED = {"id", "create_date", "write_date", "create_uid", "write_uid"}
NOT_COMPARED = {
    # Repeats numbers and ids of records; its parts are fields of the move.
    ("stock.move", "procurement_values"),
}


class BulkCommon(OmsCommon):
    """Orders made twice, by plain Odoo and by the bulk path, and compared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-04 10:00:00"))
        cls.location = cls.warehouse.lot_stock_id
        cls.cup = cls._create_product("TEST-CUP", list_price=3.0, weight=0.5)
        cls.service = cls._create_product(
            "TEST-SERVICE", type="service", is_storable=False, list_price=7.0
        )
        cls.tax, cls.other_tax = cls.env["account.tax"].create(
            [
                {
                    "name": f"Test {amount} %",
                    "amount": amount,
                    "type_tax_use": "sale",
                    "price_include_override": included,
                    "company_id": cls.company.id,
                }
                for amount, included in ((7, "tax_excluded"), (19, "tax_included"))
            ]
        )
        cls.loose = cls._create_product("TEST-LOOSE", is_storable=False)

    # === ORDERS ===

    @classmethod
    def _get_values(cls, lines, **values):
        """Values of an order; ``lines`` are (product, quantity[, line values])."""
        return {
            "partner_id": cls.customer.id,
            "oms_channel_id": cls.channel.id,
            "warehouse_id": cls.warehouse.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": line[0].id,
                        "product_uom_qty": line[1],
                        **(line[2] if len(line) > 2 else {}),
                    }
                )
                for line in lines
            ],
            **values,
        }

    def _get_complete_values(self, lines, **values):
        """As an importer gives them: nothing is left to be guessed."""
        return {
            "company_id": self.company.id,
            "partner_id": self.customer.id,
            "partner_invoice_id": self.customer.id,
            "partner_shipping_id": self.customer.id,
            "oms_channel_id": self.channel.id,
            "currency_id": self.company.currency_id.id,
            "date_order": "2026-02-03 04:05:06",
            "pricelist_id": False,
            "fiscal_position_id": False,
            "payment_term_id": False,
            "user_id": False,
            "team_id": False,
            "note": False,
            "require_signature": False,
            "require_payment": False,
            "warehouse_id": self.warehouse.id,
            "order_line": [
                Command.create(self._get_complete_line(*line)) for line in lines
            ],
            **values,
        }

    def _get_complete_line(self, product, quantity, tax=None, **values):
        return {
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "name": f"{product.name} as the shop calls it",
            "product_uom_qty": quantity,
            "customer_lead": product.sale_delay,
            "price_unit": 12.34,
            "discount": 5.0,
            "tax_ids": [Command.set((tax or self.tax).ids)],
            **values,
        }

    def _confirm_plain(self, values_list, before):
        """As plain Odoo does: one order, then the next."""
        orders = self.env["sale.order"].create(values_list)
        before(orders)
        for order in orders:
            order.action_confirm()
        return orders

    def _confirm_bulk(self, values_list, before):
        orders = self.env["sale.order"].with_context(oms_bulk=True).create(values_list)
        before(orders)
        orders.action_confirm()
        return orders

    # === COMPARISON ===

    def assert_same_as_plain(self, orders, before=None, after=None):
        """Both ways leave the same rows; returns what the bulk path left.

        :param orders: list of lists of lines, or of dicts of order values
        :param before: called with the draft orders of either way
        :param after: called with the confirmed orders of either way
        """
        values_list = [
            order if isinstance(order, dict) else self._get_values(order)
            for order in orders
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        snapshots = []
        for confirm in (self._confirm_plain, self._confirm_bulk):
            savepoint = self.env.cr.savepoint()
            made = confirm(values_list, before or (lambda orders: None))
            if after:
                after(made)
            snapshots.append(self._read_rows(made))
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        plain, bulk = snapshots
        for model, rows in plain.items():
            self.assertEqual(len(rows), len(bulk[model]), model)
            for number, (one, other) in enumerate(zip(rows, bulk[model], strict=True)):
                self.assertEqual(one, other, f"{model}, row {number}")
        return bulk

    def _read_rows(self, orders):
        """model -> rows of stored values; records made on the way by their place."""
        self.env.flush_all()
        self.env.invalidate_all()
        orders = orders.with_env(self.env)
        moves = self.env["stock.move"].search(
            [("reference_ids", "in", orders.stock_reference_ids.ids)]
        )
        moves |= orders.order_line.move_ids
        records = {
            "sale.order": orders,
            "sale.order.line": orders.order_line.sorted("id"),
            "stock.reference": orders.stock_reference_ids.sorted("id"),
            "stock.move": self._sort_moves(orders, moves),
            "stock.move.line": moves.move_line_ids,
            "stock.picking": moves.picking_id,
            "stock.quant": self.env["stock.quant"].search(
                [("product_id", "in", moves.product_id.ids)], order="id"
            ),
        }
        labels = self._get_labels(records)
        return {
            model: sorted((self._read_row(record, labels) for record in rows), key=repr)
            for model, rows in records.items()
        }

    def _sort_moves(self, orders, moves):
        place = {line.id: n for n, line in enumerate(orders.order_line.sorted("id"))}
        return moves.sorted(
            lambda move: (
                place.get(move.sale_line_id.id, -1),
                move.product_id.id,
                move.location_id.id,
                move.location_dest_id.id,
                move.product_uom_qty,
                move.id,
            )
        )

    def _get_labels(self, records):
        """(model, id) -> a name that both ways give to the same record."""
        labels = {}
        for model in ("sale.order", "sale.order.line", "stock.reference", "stock.move"):
            for number, record in enumerate(records[model]):
                labels[model, record.id] = f"{model} {number}"
        for model, owner in (
            ("stock.picking", "move_ids"),
            ("stock.move.line", "move_id"),
        ):
            seen = defaultdict(int)
            for record in records[model].sorted("id"):
                moves = sorted(labels["stock.move", m.id] for m in record[owner])
                key = f"{model} of {moves}"
                seen[key] += 1
                labels[model, record.id] = f"{key} {seen[key]}"
        return labels

    def _read_row(self, record, labels):
        row = {}
        for name, field in record._fields.items():
            if (
                not field.store
                or name in NUMBERED | LOGGED
                or (record._name, name) in NOT_COMPARED
                or field.type in ("one2many", "binary")
            ):
                continue
            value = record[name]
            if field.relational:
                model = field.comodel_name
                value = sorted(
                    labels.get((model, i), f"{model}({i})") for i in value.ids
                )
            row[name] = value
        return {"": labels.get((record._name, record.id), record.id), **row}
