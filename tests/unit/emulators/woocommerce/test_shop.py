# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The emulated shop is as its platform was seen to be."""

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from emulators.woocommerce import WEBHOOK_SECRET, refunds, selling
from emulators.woocommerce.memory import Memory
from emulators.woocommerce.server import Emulator
from emulators.woocommerce.store import ShopError
from emulators.woocommerce.traffic import Traffic
from emulators.woocommerce.webhooks import FAILURES_UNTIL_DISABLED, public
from tests.contract.samples import woocommerce_orders

ROOT = Path(__file__).parents[4]
# What the platform has added since its samples were published.
NEWER = {
    "payment_url", "is_editable", "needs_payment", "needs_processing",
    "global_unique_id", "rate_percent", "instance_id", "tax_status", "phone",
    "display_key", "display_value", "reason", "gift_cards",
}  # fmt: skip
# What it shows no longer, or only in links.
OLDER = {"_links", "refund"}


@pytest.fixture
def shop():
    with Emulator(seed=7) as emulator:
        yield emulator


@pytest.fixture
def inbox():
    """Somebody who receives webhooks and answers `status`."""
    received: list[SimpleNamespace] = []
    state = SimpleNamespace(received=received, status=200)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(SimpleNamespace(headers=self.headers, raw=raw))
            self.send_response(state.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield state
    server.shutdown()
    server.server_close()


def subscribe(shop, inbox, *topics, ping=False):
    for topic in topics or ("order.created", "order.updated", "order.deleted"):
        wish = {"topic": topic, "delivery_url": inbox.url, "secret": WEBHOOK_SECRET}
        shop.webhooks.create(wish, ping=ping)


def place(shop, **wishes):
    with shop.store.lock:
        return selling.place(shop.store, {"plain": True} | wishes)


def wait(inbox, count):
    end = time.monotonic() + 10
    while len(inbox.received) < count and time.monotonic() < end:
        time.sleep(0.01)
    return inbox.received


# === AS PUBLISHED ===


def shape(value, path=""):
    """{path: names of types} of everything in a document, indices apart."""
    found = {}
    if isinstance(value, dict):
        for key, inner in value.items():
            found |= {f"{path}.{key}": type(inner).__name__} | shape(
                inner, f"{path}.{key}"
            )
    elif isinstance(value, list):
        for inner in value:
            found |= shape(inner, path)
    return found


def test_order_has_every_member_of_the_published_ones(shop):
    ours = shape(json.loads(json.dumps(public(place(shop)))))
    ours[".line_items.meta_data.key"] = ours[".line_items.meta_data.value"] = "str"
    missing = set()
    for _name, sample in woocommerce_orders():
        rows = ("meta_data", "refunds", "coupon_lines")
        plain = {key: sample[key] for key in sample if key not in rows}
        missing |= {
            path
            for path in shape(plain)
            if path not in ours
            and not OLDER & set(path.split("."))
            and ".meta_data" not in path
        }
    assert missing == set()


def test_order_has_nothing_that_the_platform_does_not_have(shop):
    known = set()
    for _name, sample in woocommerce_orders():
        known |= set(shape(sample))
    ours = shape(json.loads(json.dumps(public(place(shop)))))
    strange = {path for path in ours if path not in known}
    assert {path.rpartition(".")[2] for path in strange} <= NEWER


@pytest.mark.parametrize("member", ["total", "total_tax", "shipping_total", "number"])
def test_amounts_are_text_as_published(shop, member):
    sample = woocommerce_orders()[0][1]
    assert type(place(shop)[member]) is type(sample[member]) is str


def test_lines_add_up_to_the_total(shop):
    for turn in range(60):
        order = place(shop, plain=False, prices_include_tax=bool(turn % 2))
        rows = [*order["line_items"], *order["fee_lines"], *order["shipping_lines"]]
        whole = sum(Decimal(row["total"]) + Decimal(row["total_tax"]) for row in rows)
        assert whole == Decimal(order["total"])


def test_local_times_are_not_utc(shop):
    order = place(shop)
    assert order["date_created"] != order["date_created_gmt"]


# === MONEY BACK ===


def test_refund_that_is_posted_twice_is_two(shop):
    order = place(shop)
    for _turn in range(2):
        refunds.make(shop.store, order, {"amount": "1.00"})
    assert [row["total"] for row in order["refunds"]] == ["-1.00", "-1.00"]


def test_refund_above_the_rest_is_an_error_of_the_server(shop):
    order = place(shop)
    with pytest.raises(ShopError) as refusal:
        refunds.make(shop.store, order, {"amount": "99999.00"})
    assert refusal.value.status == 500


def test_full_refund_by_amount_restocks_nothing(shop):
    order = place(shop, lines=[{"sku": "BEANIE", "quantity": 1}])
    before = shop.store.product_by_sku("BEANIE")["stock_quantity"]
    refunds.make(shop.store, order, {"amount": order["total"]})
    assert order["status"] == "refunded"
    assert shop.store.product_by_sku("BEANIE")["stock_quantity"] == before


def test_units_go_back_to_the_stock_once(shop):
    before = shop.store.product_by_sku("BEANIE")["stock_quantity"]
    order = place(shop, lines=[{"sku": "BEANIE", "quantity": 3}])
    refunds.by_hand(shop.store, order, {"lines": [{"sku": "BEANIE", "quantity": 1}]})
    assert shop.store.product_by_sku("BEANIE")["stock_quantity"] == before - 2
    shop.store.set_status(order, "cancelled")
    assert shop.store.product_by_sku("BEANIE")["stock_quantity"] == before


def test_cash_on_delivery_is_paid_when_completed(shop):
    order = place(shop, cash=True)
    assert (order["status"], order["date_paid_gmt"]) == ("processing", None)
    shop.store.set_status(order, "completed")
    assert order["date_paid_gmt"]


# === WEBHOOKS ===


def test_new_webhook_pings_unsigned_as_a_form(shop, inbox):
    subscribe(shop, inbox, "order.created", ping=True)
    (ping,) = wait(inbox, 1)
    assert ping.raw.startswith(b"webhook_id=")
    assert "X-WC-Webhook-Signature" not in ping.headers
    assert "X-WC-Webhook-Topic" not in ping.headers


def test_delivery_is_signed(shop, inbox):
    subscribe(shop, inbox, "order.created")
    place(shop)
    (delivery,) = wait(inbox, 1)
    digest = hmac.new(WEBHOOK_SECRET.encode(), delivery.raw, hashlib.sha256).digest()
    signature = base64.b64encode(digest).decode()
    assert delivery.headers["X-WC-Webhook-Signature"] == signature


def test_updated_comes_before_created(shop, inbox):
    subscribe(shop, inbox)
    place(shop)
    topics = [row.headers["X-WC-Webhook-Topic"] for row in wait(inbox, 2)]
    assert topics == ["order.updated", "order.created"]


def test_many_changes_are_one_delivery_of_the_last_state(shop, inbox):
    subscribe(shop, inbox, "order.updated")
    with shop.store.lock:
        order = selling.place(shop.store, {"plain": True})
        for status in ("on-hold", "processing", "cancelled"):
            shop.store.set_status(order, status)
            shop.store.touch(order)
    (delivery,) = wait(inbox, 1)
    assert json.loads(delivery.raw)["status"] == "cancelled"


def test_deliveries_of_one_second_share_their_number(shop, inbox):
    subscribe(shop, inbox, "order.created")
    while True:
        del inbox.received[:]
        begun = int(time.time())
        with shop.store.lock:
            for _turn in range(3):
                selling.place(shop.store, {"plain": True})
        shop.webhooks.flush()
        rows = wait(inbox, 3)
        if int(time.time()) == begun:
            break
    assert len({row.headers["X-WC-Webhook-Delivery-ID"] for row in rows}) == 1


def test_deleted_order_is_a_number(shop, inbox):
    subscribe(shop, inbox, "order.deleted")
    order = place(shop)
    with shop.store.lock:
        shop.store.trash(order)
    (delivery,) = wait(inbox, 1)
    assert json.loads(delivery.raw) == {"id": order["id"]}


def test_webhook_that_fails_too_often_is_disabled_and_not_repeated(shop, inbox):
    inbox.status = 500
    subscribe(shop, inbox, "order.created")
    for _turn in range(FAILURES_UNTIL_DISABLED + 3):
        place(shop)
        shop.webhooks.flush()
    (hook,) = shop.webhooks.rows.values()
    assert hook["status"] == "disabled"
    assert len(inbox.received) == FAILURES_UNTIL_DISABLED + 1


def test_webhooks_are_disabled_on_demand(shop, inbox):
    subscribe(shop, inbox, "order.created")
    shop.faults.set({"disabled_webhook": 1})
    place(shop)
    shop.webhooks.flush()
    (hook,) = shop.webhooks.rows.values()
    assert (hook["status"], inbox.received) == ("disabled", [])


FAULTS = [
    ("lost_webhook", 0),
    ("duplicate_webhook", 2),
    ("late_webhook", 1),
    ("stale_webhook", 1),
]


@pytest.mark.parametrize(("fault", "count"), FAULTS)
def test_webhooks_go_wrong_on_demand(shop, inbox, fault, count):
    order = place(shop)
    shop.webhooks.flush()
    subscribe(shop, inbox, "order.updated")
    shop.faults.set({fault: {"times": 1, "seconds": 0.05}})
    before = json.loads(json.dumps(public(order)))
    with shop.store.lock:
        shop.store.set_status(order, "completed")
        shop.store.touch(order, before)
    rows = wait(inbox, count)
    shop.webhooks.flush()
    states = [json.loads(row.raw)["status"] for row in rows]
    wanted = "processing" if fault == "stale_webhook" else "completed"
    assert states == [wanted] * count


def test_webhooks_come_in_the_opposite_order_on_demand(shop, inbox):
    subscribe(shop, inbox)
    shop.faults.set({"out_of_order": True})
    place(shop)
    topics = [row.headers["X-WC-Webhook-Topic"] for row in wait(inbox, 2)]
    assert topics == ["order.created", "order.updated"]


# === CONTROL, DEMO ===


def control(shop, path, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{shop.url}/_control/{path}", data, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_test_places_changes_and_sees_orders(shop):
    status, body = control(shop, "orders?count=2", {"plain": True})
    number = body["orders"][0]["id"]
    _status, order = control(shop, f"orders/{number}/update", {"status": "completed"})
    assert (status, order["status"]) == (201, "completed")


def test_published_order_can_be_put_in(shop):
    sample = json.loads(json.dumps(woocommerce_orders()[0][1], default=str))
    status, _body = control(shop, "orders", sample, "PUT")
    assert (status, shop.store.orders[sample["id"]]["total"]) == (201, sample["total"])


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("faults", {"earthquake": True}, "There is no fault"),
        ("orders/1/refund", {}, "Invalid ID"),
        ("nowhere", {}, "There is no POST"),
        ("catalogue", [], "at least one product"),
    ],
)
def test_mistake_of_a_test_is_explained(shop, path, body, words):
    status, answer = control(shop, path, body)
    assert status in (404, 422)
    assert words in answer["error"]


def test_shop_opens_with_orders_and_sells_on(shop):
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        return len(pauses) > 60

    Traffic(shop.store, 5.0, sleep=sleep).run()
    states = {order["status"] for order in shop.store.orders.values()}
    assert Traffic.FIRST < len(shop.store.orders) < Traffic.FIRST + 60
    assert "cancelled" in states


def test_remembered_shop_goes_on_with_the_next_number(shop, tmp_path):
    path = tmp_path / "shop.json"
    first = place(shop)
    Memory(path, shop.webhooks).save()
    with Emulator(seed=7) as second:
        assert Memory(path, second.webhooks).load()
        assert place(second)["id"] > first["id"]
        assert first["id"] in second.store.orders


def test_unreadable_memory_is_put_aside(shop, tmp_path):
    path = tmp_path / "shop.json"
    path.write_text("not a shop")
    assert not Memory(path, shop.webhooks).load()
    assert path.with_suffix(".unreadable").exists()


def test_program_starts_serves_and_stops_on_request(tmp_path):
    state = tmp_path / "shop.json"
    command = [sys.executable, "-m", "emulators.woocommerce", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--state", str(state)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )
    try:
        url = process.stdout.readline().rsplit(" ", 1)[-1].strip()
        with urllib.request.urlopen(f"{url}/_control/health", timeout=10) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    assert process.returncode == 0
    assert state.exists()
