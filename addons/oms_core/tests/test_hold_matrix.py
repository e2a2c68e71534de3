# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import closing

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.oms_core.models.oms_hold_type import OPERATIONS

from .common import OmsCommon

REASON = "the buyer asked to wait"

# Every operation from every side: what is prepared before the hold is placed, and
# what is then tried. The names are those of the methods below.
SIDES = {
    "allocate": {
        "button": ("unreserved", lambda self, order: order.picking_ids.action_assign()),
        "quantity of a move": (
            "unreserved",
            lambda self, order: order.picking_ids.move_ids.write({"quantity": 2}),
        ),
        "line of a move": (
            "unreserved",
            lambda self, order: self._scan(order.picking_ids.move_ids),
        ),
    },
    "pick": {
        "button of the pick list": (
            "confirmed",
            lambda self, order: order.picking_ids.action_oms_print_pick_list(),
        ),
        "Odoo's print button": (
            "confirmed",
            lambda self, order: order.picking_ids.do_print_picking(),
        ),
        "report of the pick list": (
            "confirmed",
            lambda self, order: self._render("oms_core.report_pick_list", order),
        ),
        "pick list of several": (
            "confirmed",
            lambda self, order: self._render(
                "oms_core.report_pick_list_together", order
            ),
        ),
        "Odoo's report": (
            "confirmed",
            lambda self, order: self._render("stock.report_picking", order),
        ),
        "program that marks a transfer as printed": (
            "confirmed",
            lambda self, order: order.picking_ids.write({"printed": True}),
        ),
        "program that marks a move as picked": (
            "confirmed",
            lambda self, order: order.picking_ids.move_ids.write({"picked": True}),
        ),
        "first step of a delivery in two": (
            "picked_in_two_steps",
            lambda self, order: order.picking_ids.button_validate(),
        ),
    },
    "ship": {
        "button": ("picked", lambda self, order: order.picking_ids.button_validate()),
        "batch transfer": (
            "picked",
            lambda self, order: (
                order.picking_ids | self._create_order().picking_ids
            )._action_done(),
        ),
        "move": (
            "picked",
            lambda self, order: order.picking_ids.move_ids._action_done(),
        ),
        "program that writes the state": (
            "picked",
            lambda self, order: order.picking_ids.move_ids.write({"state": "done"}),
        ),
        "label of the carrier": (
            "picked",
            lambda self, order: order.picking_ids.send_to_shipper(),
        ),
    },
    "invoice": {
        "order": ("confirmed", lambda self, order: order._create_invoices()),
        "dialog": ("confirmed", lambda self, order: self._ask_for_invoice(order)),
        "down payment": (
            "confirmed",
            lambda self, order: self._ask_for_invoice(
                order, advance_payment_method="percentage", amount=50
            ),
        ),
        "draft that is posted": (
            "drafted",
            lambda self, order: order.invoice_ids.action_post(),
        ),
        "draft that is posted by its date": (
            "drafted",
            lambda self, order: order.invoice_ids._post(soft=True),
        ),
    },
    "refund": {
        "dialog": ("invoiced", lambda self, order: self._reverse(order)),
        "dialog, invoiced anew": (
            "invoiced",
            lambda self, order: self._reverse(order, is_modify=True),
        ),
        "program": ("invoiced", lambda self, order: order.invoice_ids._reverse_moves()),
        "credit note that is posted": (
            "credited",
            lambda self, order: order.invoice_ids.filtered(
                lambda move: move.state == "draft"
            ).action_post(),
        ),
    },
    "edit": {
        "quantity": (
            "confirmed",
            lambda self, order: order.order_line.write({"product_uom_qty": 3}),
        ),
        "price": (
            "confirmed",
            lambda self, order: order.order_line.write({"price_unit": 1}),
        ),
        "discount": (
            "confirmed",
            lambda self, order: order.order_line.write({"discount": 5}),
        ),
        "tax": (
            "confirmed",
            lambda self, order: order.order_line.write(
                {"tax_ids": [Command.link(self.tax.id)]}
            ),
        ),
        "product": (
            "draft",
            lambda self, order: order.order_line.write({"product_id": self.lamp.id}),
        ),
        "line added": (
            "confirmed",
            lambda self, order: self.env["sale.order.line"].create(
                {"order_id": order.id, "product_id": self.lamp.id}
            ),
        ),
        "line added on the form": (
            "confirmed",
            lambda self, order: order.write(
                {"order_line": [Command.create({"product_id": self.lamp.id})]}
            ),
        ),
        "line removed": ("draft", lambda self, order: order.order_line.unlink()),
        "address": (
            "confirmed",
            lambda self, order: order.write({"partner_shipping_id": self.door.id}),
        ),
        "payer": (
            "confirmed",
            lambda self, order: order.write({"partner_invoice_id": self.door.id}),
        ),
        "carrier": (
            "confirmed",
            lambda self, order: order.write({"carrier_id": self.carrier.id}),
        ),
        "address of the transfer": (
            "confirmed",
            lambda self, order: order.picking_ids.write({"partner_id": self.door.id}),
        ),
        "carrier of the transfer": (
            "confirmed",
            lambda self, order: order.picking_ids.write(
                {"carrier_id": self.carrier.id}
            ),
        ),
    },
    "cancel": {
        "button": ("confirmed", lambda self, order: order.action_cancel()),
        "dialog for many": ("confirmed", lambda self, order: self._mass_cancel(order)),
        "program that writes the state": (
            "confirmed",
            lambda self, order: order.write({"state": "cancel"}),
        ),
        "transfer": (
            "confirmed",
            lambda self, order: order.picking_ids.action_cancel(),
        ),
        "move": (
            "confirmed",
            lambda self, order: order.picking_ids.move_ids._action_cancel(),
        ),
        "transfer that is deleted": (
            "confirmed",
            lambda self, order: order.picking_ids.unlink(),
        ),
        "quotation that is deleted": ("draft", lambda self, order: order.unlink()),
    },
}


@tagged("post_install", "-at_install")
class TestHoldMatrix(OmsCommon):
    """Every operation against every type of hold, from every side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.door = cls.env["res.partner"].create(
            {"name": "Side Door", "type": "delivery"}
        )
        cls.tax = cls.env["account.tax"].create({"name": "Test 5 %", "amount": 5})
        cls.carrier = cls.env["delivery.carrier"].create(
            {"name": "Test Post", "product_id": cls._create_product("TEST-POST").id}
        )
        cls.types = cls.env["oms.hold.type"].search([]) | cls.env[
            "oms.hold.type"
        ].create(
            [
                {
                    "name": f"Only {operation}",
                    "code": f"only_{operation}",
                    f"blocks_{operation}": True,
                }
                for operation in OPERATIONS
            ]
        )

    # === PREPARED ===

    def _prepare_draft(self):
        order = self._create_order(confirm=False)
        order.carrier_id = False
        return order

    def _prepare_confirmed(self):
        return self._create_order()

    def _prepare_unreserved(self):
        order = self._create_order()
        order.picking_ids.do_unreserve()
        return order

    def _prepare_picked(self):
        order = self._create_order(carrier_id=self.carrier.id)
        order.picking_ids.move_ids.picked = True
        return order

    def _prepare_picked_in_two_steps(self):
        self.other_warehouse.delivery_steps = "pick_ship"
        self._add_stock(self.mug, 2, self.other_warehouse)
        order = self._create_order(warehouse_id=self.other_warehouse.id)
        # Picked by hand before the hold came: what is left is to bring it.
        order.picking_ids.move_ids.picked = True
        return order

    def _prepare_drafted(self):
        order = self._create_order()
        order._create_invoices()
        return order

    def _prepare_invoiced(self):
        order = self._create_order()
        self._invoice(order)
        return order

    def _prepare_credited(self):
        order = self._prepare_invoiced()
        order.invoice_ids._reverse_moves()
        return order

    # === STEPS ===

    def _scan(self, move):
        self.env["stock.move.line"].create(
            {
                "move_id": move.id,
                "picking_id": move.picking_id.id,
                "product_id": move.product_id.id,
                "quantity": 2,
            }
        )

    def _render(self, report, order):
        self.env["ir.actions.report"]._render_qweb_html(report, order.picking_ids.ids)

    def _ask_for_invoice(self, order, **values):
        self.env["sale.advance.payment.inv"].create(
            {"sale_order_ids": [Command.set(order.ids)], **values}
        ).create_invoices()

    def _reverse(self, order, is_modify=False):
        invoice = order.invoice_ids
        self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": invoice.journal_id.id}).reverse_moves(
            is_modify=is_modify
        )

    def _mass_cancel(self, order):
        self.env["sale.mass.cancel.orders"].create(
            {"sale_order_ids": [Command.set(order.ids)]}
        ).action_mass_cancel()

    # === THE MATRIX ===

    def _try(self, order, hold_type, act):
        """What is refused when an order has such a hold: a sentence, or None."""
        refusal = None
        with closing(self.env.cr.savepoint()) as savepoint:
            self._hold(order, hold_type.code, REASON)
            try:
                act(self, order)
                self.env.flush_all()
            except UserError as error:
                refusal = str(error)
            savepoint.rollback()
        self.env.invalidate_all()
        return refusal

    def assert_refused_by_what_blocks(self, operation):
        for side, (prepared, act) in SIDES[operation].items():
            order = getattr(self, f"_prepare_{prepared}")()
            for hold_type in self.types:
                with self.subTest(operation=operation, side=side, hold=hold_type.code):
                    refusal = self._try(order, hold_type, act)
                    if hold_type[f"blocks_{operation}"]:
                        self.assert_refusal_is_told(refusal, order, hold_type)
                    else:
                        self.assertIsNone(refusal)

    def assert_refusal_is_told(self, refusal, order, hold_type):
        """It names the order, the hold, why, and the way out."""
        self.assertTrue(refusal, "nothing was refused")
        for part in (order.name, hold_type.name, REASON, "release"):
            self.assertIn(part.casefold(), refusal.casefold())

    def test_allocation_is_refused_by_the_holds_that_block_it_and_no_other(self):
        self.assert_refused_by_what_blocks("allocate")

    def test_picking_is_refused_by_the_holds_that_block_it_and_no_other(self):
        self.assert_refused_by_what_blocks("pick")

    def test_shipping_is_refused_by_the_holds_that_block_it_and_no_other(self):
        self.assert_refused_by_what_blocks("ship")

    def test_invoicing_is_refused_by_the_holds_that_block_it_and_no_other(self):
        self.assert_refused_by_what_blocks("invoice")

    def test_refunds_are_refused_by_the_holds_that_block_them_and_no_other(self):
        self.assert_refused_by_what_blocks("refund")

    def test_editing_is_refused_by_the_holds_that_block_it_and_no_other(self):
        self.assert_refused_by_what_blocks("edit")

    def test_cancelling_is_refused_by_the_holds_that_block_it_and_no_other(self):
        self.assert_refused_by_what_blocks("cancel")
