# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestSaleOrderEntry(OmsCommon):
    """Wholesale and phone orders, entered in Odoo's own quotation screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["oms.channel"].search([]).takes_hand_entry = False
        cls.team = cls.env["crm.team"].create({"name": "Test Wholesale"})
        cls.other_team = cls.env["crm.team"].create({"name": "Test Others"})
        cls.wholesale = cls._create_channel("wholesale", team_id=cls.team.id)
        cls.phone = cls._create_channel("phone")
        cls.seller = cls._create_user(
            "test_seller", "sales_team.group_sale_salesman_all_leads"
        )

    @classmethod
    def _create_channel(cls, kind, **values):
        return cls.env["oms.channel"].create(
            {
                "name": f"Test {kind}",
                "code": f"test_{kind}",
                "kind": kind,
                "takes_hand_entry": True,
                "warehouse_ids": [Command.set(cls.other_warehouse.ids)],
                **values,
            }
        )

    def _enter(self, quantity=2, team=None, **values):
        """A quotation as a salesperson enters it: without a word of channels."""
        return (
            self.env["sale.order"]
            .with_user(self.seller)
            .create(
                {
                    "partner_id": self.customer.id,
                    "team_id": (team or self.team).id,
                    "order_line": [
                        Command.create(
                            {"product_id": self.mug.id, "product_uom_qty": quantity}
                        )
                    ],
                    **values,
                }
            )
        )

    # === CHANNEL ===

    def test_quotation_of_a_team_belongs_to_the_channel_of_the_team(self):
        self.assertEqual(self._enter().oms_channel_id, self.wholesale)

    def test_quotation_of_another_team_belongs_to_the_channel_of_all(self):
        self.assertEqual(self._enter(team=self.other_team).oms_channel_id, self.phone)

    def test_channel_chosen_by_a_person_stays(self):
        order = self._enter(oms_channel_id=self.channel.id)
        order.team_id = self.other_team
        self.assertEqual(order.oms_channel_id, self.channel)

    def test_channel_follows_the_team_of_a_quotation(self):
        order = self._enter()
        order.team_id = self.other_team
        self.assertEqual(order.oms_channel_id, self.phone)

    def test_channel_of_a_sold_order_stays(self):
        order = self._enter()
        order.action_confirm()
        order.team_id = self.other_team
        self.assertEqual(order.oms_channel_id, self.wholesale)

    def test_quotation_has_no_channel_where_none_takes_hand_entry(self):
        (self.wholesale | self.phone).takes_hand_entry = False
        self.assertFalse(self._enter().oms_channel_id)

    def test_channel_of_another_company_takes_nothing_here(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.phone.write({"takes_hand_entry": False})
        self.env["oms.channel"].create(
            {
                "name": "There",
                "code": "there",
                "company_id": company.id,
                "takes_hand_entry": True,
            }
        )
        self.assertFalse(self._enter(team=self.other_team).oms_channel_id)

    @mute_logger("odoo.sql_db")
    def test_one_channel_takes_the_orders_of_a_team(self):
        with self.assertRaises(UniqueViolation):
            self._create_channel("store", team_id=self.team.id)
            self.env.flush_all()

    def test_order_is_shipped_from_a_place_of_its_channel(self):
        self.assertEqual(self._enter().warehouse_id, self.other_warehouse)

    # === ON THE QUOTATION ===

    def test_line_tells_what_the_places_of_the_channel_can_promise(self):
        self._add_stock(self.mug, 3, self.other_warehouse)
        order = self._enter(4)
        self.assertEqual(order.order_line.oms_qty_sellable, 3)
        self.assertTrue(order.oms_is_short)

    def test_line_in_dozens_is_told_in_dozens(self):
        self._add_stock(self.mug, 30, self.other_warehouse)
        order = self._enter(2)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(order.order_line.oms_qty_sellable, 2.5)
        self.assertFalse(order.oms_is_short)

    def test_quotation_tells_what_could_be_promised(self):
        self.assertIn("Test West", self._enter().oms_promise_preview)

    def test_quotation_tells_that_a_date_cannot_be_kept(self):
        asked = fields.Datetime.now() - timedelta(days=1)
        self.assertTrue(self._enter(commitment_date=asked).oms_is_request_impossible)

    def test_form_works_for_a_salesperson(self):
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            form.team_id = self.team
            with form.order_line.new() as line:
                line.product_id = self.mug
            self.assertEqual(form.oms_channel_id, self.wholesale)
            self.assertTrue(form.oms_is_short)

    # === AFTER THE SALE ===

    def test_entered_order_joins_states_promise_and_history(self):
        self._add_stock(self.mug, 5, self.other_warehouse)
        order = self._enter(client_order_ref="PO-4711")
        order.action_confirm()
        self.assertEqual(order.oms_state, "allocated")
        self.assertTrue(order.oms_ship_by)
        captured = order.oms_event_ids.filtered(lambda e: e.kind == "capture")
        self.assertIn("PO-4711", captured.sentence)
        self.assertEqual(captured.user_id, self.seller)

    def test_entered_order_is_held_like_any_other(self):
        order = self._enter()
        self._hold(order.sudo(), "manual")
        order.action_confirm()
        self.assertEqual(order.oms_state, "on_hold")

    def test_order_confirmed_again_was_captured_once(self):
        order = self._enter().sudo()
        order.action_confirm()
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(order.oms_event_ids.mapped("kind").count("capture"), 1)

    def test_order_is_found_by_the_customers_number(self):
        order = self._enter(client_order_ref="PO-XYZ-99")
        found = self.env["sale.order"].search([("oms_search", "ilike", "xyz-99")])
        self.assertEqual(found, order)

    def test_entry_of_30_orders_costs_as_many_queries_as_of_5(self):
        def count(orders):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders.mapped("oms_is_short")
            orders.mapped("oms_promise_preview")
            orders._record_oms_hand_entry()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        orders = self.env["sale.order"].union(*(self._enter() for _i in range(37)))
        orders = orders.sudo(False).with_user(self.env.user)
        count(orders[:2])
        self.assertEqual(count(orders[2:7]), count(orders[7:]))
