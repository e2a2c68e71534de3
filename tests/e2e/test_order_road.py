# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The whole road of one order in the browser: held, released, picked, shipped,
invoiced, paid, returned, refunded; the shop is told of the parcel."""

import copy
import itertools
import re
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.shopify_webhooks import deliver, published_orders, wait_until

KEYS = itertools.count(8_000_000_001)
TRACKING = "ROAD-TRACK-1"
SCREENSHOTS = Path(__file__).parent / "screenshots"


@pytest.fixture(scope="module")
def sku(server):
    """A product of the demo of which there is plenty in the channel's places."""
    return server.query(
        "SELECT default_code FROM product_product p JOIN stock_quant q"
        " ON q.product_id = p.id WHERE default_code IS NOT NULL AND q.quantity > 20"
        " ORDER BY default_code LIMIT 1"
    )[0]


@pytest.fixture(scope="module")
def pending(sku):
    """A published order that is not paid yet, of one product that we have."""
    name = "rest.order.17.0"
    order = copy.deepcopy(dict(published_orders())[name]) | {"id": next(KEYS)}
    order |= {"name": "#ROAD", "financial_status": "pending", "customer": None}
    address = {
        "name": "Ada Buyer",
        "address1": "1 Elm St",
        "city": "Reno",
        "province_code": "NV",
        "country_code": "US",
        "zip": "89501",
    }
    order |= {"shipping_address": address, "billing_address": address}
    (line,) = order["line_items"]
    line |= {"sku": sku, "quantity": 2, "current_quantity": 2}
    line |= {"fulfillable_quantity": 2, "fulfillment_status": None}
    line |= {"requires_shipping": True}
    total = f"{Decimal(line['price']) * 2:.2f}"
    for field in ("total_price", "current_total_price", "subtotal_price"):
        order[field] = total
    for field in ("total_price_set", "current_total_price_set"):
        money = {"amount": total, "currency_code": order["currency"]}
        order[field] = {"shop_money": money, "presentment_money": money}
    return order


class Road:
    """One order, followed through the screens."""

    def __init__(self, server, page: Page, screenshot, payload):
        self.server = server
        self.page = page
        self.screenshot = screenshot
        self.payload = payload
        self.order_id = 0

    def fact(self, column, table="sale_order", where=""):
        rows = self.server.query(
            f"SELECT {column} FROM {table} WHERE {where or f'id = {self.order_id}'}"
        )
        return rows[0] if rows else ""

    def wait_for(self, column, value):
        wait_until(lambda: self.fact(column) == value, f"{column} is {value}")

    def arrive(self):
        assert deliver(self.server, self.payload)[0] == 200
        where = f"oms_external_id = '{self.payload['id']}'"
        wait_until(lambda: self.fact("id", where=where) != "", "the order is here")
        self.order_id = int(self.fact("id", where=where))

    def open_order(self):
        self.page.goto(f"/odoo/action-oms_core.action_oms_order/{self.order_id}")
        expect(self.page.locator(".o_form_view")).to_be_visible()
        expect(self.page.locator(".o_oms_timeline")).to_be_visible()

    def click_button(self, name):
        self.page.locator(
            f"button[name='{name}']:visible, .modal button[name='{name}']:visible"
        ).first.click()

    def release(self):
        self.open_order()
        banner = self.page.locator(".o_oms_hold_banner .alert")
        expect(banner).to_contain_text("money")
        self.screenshot("1 held")
        banner.locator(".btn-primary").click()
        self.page.locator(".modal .o_field_widget[name=reason] input").fill(
            "The bank has confirmed the transfer"
        )
        self.page.locator(".modal footer .btn-primary").click()
        expect(self.page.locator(".o_oms_hold_banner .alert")).to_have_count(0)
        self.screenshot("2 released")

    def ship(self):
        self.click_button("action_view_delivery")
        expect(self.page.locator(".o_form_view button[name=button_validate]").first)
        self.page.get_by_role("tab", name="Additional Info").click()
        tracking = self.page.locator(
            ".o_field_widget[name=carrier_tracking_ref] input:visible"
        ).first
        tracking.fill(TRACKING)
        self.screenshot("3 picking")
        self.page.locator("button[name=button_validate]:visible").first.click()
        self.wait_for("oms_state", "shipped")
        self.screenshot("4 shipped")

    def pay_in_the_shop(self):
        paid = self.payload | {
            "financial_status": "paid",
            "updated_at": "2027-01-02T03:04:05Z",
        }
        assert deliver(self.server, paid, topic="orders/paid")[0] == 200
        self.wait_for("oms_payment_state", "paid")

    def invoice(self):
        self.open_order()
        self.page.get_by_role("button", name="Create Invoice").first.click()
        self.page.locator(".modal").get_by_role(
            "button", name=re.compile("Create (Draft|Invoice)")
        ).first.click()
        self.page.locator("button[name=action_post]:visible").first.click()
        self.wait_for("invoice_status", "invoiced")
        expect(self.page.locator(".o_form_view")).to_contain_text(
            re.compile("Paid|In Payment", re.IGNORECASE)
        )
        self.screenshot("5 invoiced and paid")

    def give_back(self):
        self.open_order()
        self.click_button("action_oms_return")
        expect(
            self.page.locator(".modal button[name=action_return_everything]")
        ).to_be_visible()
        self.screenshot("6 return dialog")
        self.click_button("action_return_everything")
        for step, state in (
            ("action_approve", "approved"),
            ("action_receive", "received"),
            ("action_refund", "done"),
        ):
            self.click_button(step)
            where = f"order_id = {self.order_id}"
            wait_until(
                lambda state=state, where=where: (
                    self.fact("state", "oms_return", where) == state
                ),
                f"the return is {state}",
            )
            expect(
                self.page.locator(".o_statusbar_status .o_arrow_button_current")
            ).to_have_text(state.capitalize())
            self.screenshot(f"7 return {state}")


@pytest.fixture(scope="module")
def travelled(server, browser, pending):
    """The road, travelled once; each test below looks at one fact of it."""
    context = browser.new_context(
        base_url=server.url, viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.set_default_timeout(30_000)

    def screenshot(title):
        SCREENSHOTS.mkdir(exist_ok=True)
        name = re.sub(r"[^a-z0-9]+", "-", title.lower())
        page.screenshot(path=SCREENSHOTS / f"road-{name}.png")

    road = Road(server, page, screenshot, pending)
    try:
        page.goto("/web/login")
        page.fill("input[name=login]", "admin")
        page.fill("input[name=password]", "admin")
        page.click("button[type=submit]")
        page.wait_for_selector(".o_main_navbar")
        road.arrive()
        road.release()
        road.ship()
        road.pay_in_the_shop()
        road.invoice()
        road.give_back()
        road.open_order()
        screenshot("8 order at the end")
        yield road
    except BaseException:
        screenshot("failed")
        raise
    finally:
        context.close()


def test_order_ends_refunded_and_returned(travelled):
    states = (travelled.fact("oms_payment_state"), travelled.fact("oms_return_state"))
    assert states == ("refunded", "done")


def test_refund_is_what_was_paid(travelled):
    refunded = travelled.fact(
        "sum(amount_total)",
        "account_move",
        "move_type = 'out_refund' AND state = 'posted' AND invoice_origin = "
        f"(SELECT name FROM sale_order WHERE id = {travelled.order_id})",
    )
    assert Decimal(refunded) == Decimal(travelled.payload["total_price"])


def test_history_tells_each_step_in_its_order(travelled):
    kinds = travelled.server.query(
        f"SELECT kind FROM oms_event WHERE order_id = {travelled.order_id} ORDER BY id"
    )
    steps = ["capture", "hold", "route", "release", "ship", "invoice", "refund"]
    places = [kinds.index(step) for step in steps]
    assert places == sorted(places), kinds


def test_shop_is_told_of_the_parcel_with_its_tracking(travelled):
    told = travelled.server.query(
        "SELECT payload::jsonb->>'tracking' FROM oms_channel_message"
        " WHERE direction = 'out'"
        f" AND kind = 'shipment' AND order_id = {travelled.order_id}"
    )
    assert told == [TRACKING]


def test_goods_that_came_back_are_on_a_shelf(travelled):
    back = travelled.server.query(
        "SELECT sum(m.quantity) FROM stock_move m JOIN sale_order_line l"
        " ON l.id = m.sale_line_id JOIN stock_location f ON f.id = m.location_id"
        f" WHERE l.order_id = {travelled.order_id} AND f.usage = 'customer'"
        " AND m.state = 'done'"
    )
    assert Decimal(back[0]) == 2
