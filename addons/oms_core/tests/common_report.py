# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .common import OmsCommon


class ReportCommon(OmsCommon):
    """A user who reads reports on the orders of the test channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("test_reader", "oms_core.group_oms_user")
        cls.user.tz = "UTC"
        cls.mug.standard_price = 4.0
        cls.lamp.standard_price = 10.0

    @classmethod
    def _create_order(cls, lines=None, confirm=True, **values):
        """As ever, but no router moves it: it joins its channel when confirmed."""
        order = super()._create_order(
            lines, confirm, **{"oms_channel_id": False, **values}
        )
        order.oms_channel_id = cls.channel
        return order

    # === READING ===

    def _report(self, kind, user=None, **context):
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env[f"oms.{kind}.report"].with_user(user or self.user)
        return report.with_context(tz="UTC", **context)

    def _read(self, kind, measures, domain=None, **context):
        """Totals of the test channel, as a dict."""
        if domain is None:
            domain = [("channel_id", "=", self.channel.id)]
        report = self._report(kind, **context)
        specs = [f"{name}:{report._fields[name].aggregator}" for name in measures]
        [row] = report._read_group(domain, aggregates=specs)
        return dict(zip(measures, row, strict=True))

    def _count_statements(self, step):
        """Statements of a step that was done before: rights are known by then."""
        step()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        step()
        return self.env.cr.sql_log_count - before

    # === STEPS ===

    def _move_time(self, records, field, **ago):
        """Let something have happened earlier."""
        moment = fields.Datetime.now() - timedelta(**ago)
        self.env.flush_all()
        self.env.cr.execute(
            f'UPDATE {records._table} SET "{field}" = %s WHERE id IN %s',
            (moment, tuple(records.ids)),
        )
        records.invalidate_recordset()
        return moment

    def _tell(self, order, kind, document=None, data=None, **ago):
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": kind,
                    "sentence": kind,
                    "document": document,
                    "data": data,
                    "date": fields.Datetime.now() - timedelta(**ago),
                }
            ]
        )
        if kind == "capture":
            self._move_time(order, "oms_captured_at", **ago)

    def _forget(self, order):
        """Remove what the order's history tells by itself: the test tells it."""
        self.env["oms.event"]._allow_removal()
        order.oms_event_ids.unlink()

    def _ship_part(self, order, quantity, **options):
        """Ship so many of each move; the rest is a backorder."""
        picking = order.picking_ids.filtered(
            lambda p: p.state not in ("done", "cancel")
        )
        for move in picking.move_ids:
            move.quantity = min(quantity, move.product_uom_qty)
            move.picked = True
        picking.with_context(**options)._action_done()
        return picking

    def _refund(self, order, quantity=None):
        refund = order.invoice_ids._reverse_moves(
            [{"invoice_date": fields.Date.today()}]
        )
        if quantity is not None:
            for line in refund.invoice_line_ids:
                line.quantity = quantity
        refund.action_post()
        return refund

    def _create_delivery_product(self):
        return self.env["product.product"].create(
            {"name": "Delivery", "type": "service", "taxes_id": [Command.clear()]}
        )
