# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders of WooCommerce over real HTTP, from a shop that runs beside: by webhook, by
poll, by file.
"""

import base64
import itertools
import json
import urllib.error
import urllib.request
from decimal import Decimal
from xmlrpc.client import ServerProxy

import pytest

from odoo.addons.oms_channels.connectors.woocommerce.mapper import order_from_payload
from omscli import demo_shop, processes
from omscli.databases import Databases
from tests.contract.document import get_left, write_document
from tests.contract.samples import woocommerce_orders
from tests.e2e.shopify_webhooks import wait_until

# One order is published in several versions: each is an order of its own here.
KEYS = itertools.count(1_800_000_001)
SAMPLES = woocommerce_orders()
NAMES = [name for name, _order in SAMPLES]
PATH = "/oms/webhook/woocommerce/woo"


def with_own_key(order):
    key = next(KEYS)
    return json.loads(json.dumps(order, default=str)) | {"id": key, "number": str(key)}


@pytest.fixture(scope="module")
def woo(server):
    """The WooCommerce emulator on a free port, whose webhooks go to the server."""
    port = processes.free_port()
    kind = demo_shop.WOOCOMMERCE
    databases = Databases(server.cluster)
    demo_shop.tell_channel(databases, server.database, port, kind)
    emulator = demo_shop.start_demo_shop(server.url, port, kind=kind)
    yield emulator
    processes.terminate(emulator.process)


def call(shop, path, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{shop.url}/_control/{path}", data, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def admin(server):
    """`admin(model, method, …)` as the administrator's browser does it."""
    common = ServerProxy(f"{server.url}/xmlrpc/2/common")
    uid = common.authenticate(server.database, "admin", "admin", {})

    def rpc(model, method, *arguments):
        proxy = ServerProxy(f"{server.url}/xmlrpc/2/object", allow_none=True)
        return proxy.execute_kw(
            server.database, uid, "admin", model, method, list(arguments)
        )

    return rpc


def read_total(server, key):
    found = server.query(
        f"SELECT amount_total FROM sale_order WHERE oms_external_id = '{key}'"
    )
    return Decimal(found[0]) if found else None


def have_arrived(server, orders):
    keys = ", ".join(f"'{order['id']}'" for order in orders)
    found = server.query(
        f"SELECT count(*) FROM sale_order WHERE oms_external_id IN ({keys})"
    )
    return found == [str(len(orders))]


# === PUBLISHED ORDERS ===


@pytest.fixture(scope="module")
def hooked(server, woo):
    """Every published order, told by the shop's own webhook: sample -> payload."""
    orders = {name: with_own_key(order) for name, order in SAMPLES}
    for order in orders.values():
        call(woo, "orders", order, "PUT")
    wait_until(lambda: have_arrived(server, orders.values()), "all are orders")
    return orders


@pytest.fixture(scope="module")
def polled(server, woo, admin, hooked):
    """Every published order, whose webhook is lost: sample -> payload."""
    call(woo, "faults", {"lost_webhook": True})
    orders = {name: with_own_key(order) for name, order in SAMPLES}
    for order in orders.values():
        call(woo, "orders", order, "PUT")
    channels = admin("oms.channel", "search", [("code", "=", "woo")])

    def fetch():
        # What changed within the last seconds is left for the next time.
        admin("oms.channel", "action_fetch_orders", channels)
        return have_arrived(server, orders.values())

    wait_until(fetch, "all are orders")
    call(woo, "faults", {"clear": True})
    return orders


@pytest.fixture(scope="module")
def uploaded(server, admin):
    """Every published order as an order document in one file: sample -> payload."""
    orders = {name: with_own_key(order) for name, order in SAMPLES}
    documents = [write_document(order_from_payload(row)) for row in orders.values()]
    (channel,) = admin("oms.channel", "search", [("code", "=", "market")])
    content = base64.b64encode(json.dumps(documents).encode()).decode()
    values = {"channel_id": channel, "name": "orders.json", "content": content}
    upload = admin("oms.channel.upload", "create", values)
    admin("oms.channel.upload", "action_upload", [upload])
    return orders


@pytest.mark.parametrize("way", ["hooked", "polled", "uploaded"])
@pytest.mark.parametrize("sample", NAMES)
def test_published_order_arrives_to_the_cent(server, request, way, sample):
    payload = request.getfixturevalue(way)[sample]
    # None of the samples brings the lines of its refunds along: nothing is off.
    assert get_left(order_from_payload(payload)) == Decimal(payload["total"])
    assert read_total(server, payload["id"]) == Decimal(payload["total"])


# === DELIVERIES ===


def post(server, body, **headers):
    request = urllib.request.Request(f"{server.url}{PATH}", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def test_ping_is_answered_and_nothing_is_stored(server):
    count = "SELECT count(*) FROM oms_channel_message"
    before = server.query(count)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert post(server, b"webhook_id=12", **form) == 200
    assert server.query(count) == before


def test_forged_delivery_is_refused(server):
    headers = {
        "X-WC-Webhook-Signature": "Zm9yZ2Vk",
        "X-WC-Webhook-Topic": "order.created",
    }
    assert post(server, b'{"id": 1}', **headers) == 401


def test_changes_told_late_twice_unsorted_and_stale_come_to_the_last_state(server, woo):
    order = call(woo, "orders", {"plain": True, "status": "pending"})["orders"][0]
    faults = ("late_webhook", "duplicate_webhook", "out_of_order", "stale_webhook")
    call(woo, "faults", dict.fromkeys(faults, True))
    for status in ("on-hold", "processing", "cancelled"):
        call(woo, f"orders/{order['id']}/update", {"status": status})
    call(woo, "faults", {"clear": True})
    # Orders of the file's channel may have the same number.
    state = (
        f"SELECT state FROM sale_order WHERE oms_external_id = '{order['id']}' AND"
        " oms_channel_id = (SELECT id FROM oms_channel WHERE code = 'woo')"
    )
    wait_until(lambda: server.query(state) == ["cancel"], "it is cancelled")
    assert server.query(state) == ["cancel"]


def test_nothing_of_this_left_a_traceback_in_the_log(server):
    """Runs last in this file."""
    assert "Traceback" not in server.log.read_text()
