# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A shop whose clock is not ours says so in every answer and every order."""

import json
import urllib.request
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import pytest

from emulators.shopify.server import Emulator as Shopify
from emulators.woocommerce.server import Emulator as WooCommerce

SHOPS = {"shopify": Shopify, "woocommerce": WooCommerce}
OFFSETS = [720, -720]


@pytest.fixture(params=SHOPS)
def any_shop(request):
    with SHOPS[request.param]() as shop:
        yield shop


def control(shop, path, body):
    data = json.dumps(body).encode()
    request = urllib.request.Request(f"{shop.url}/_control/{path}", data)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers, json.load(answer)


def is_offset(moment, offset):
    shown = datetime.now(timezone.utc) + timedelta(seconds=offset)
    return abs((moment - shown).total_seconds()) < 60


@pytest.mark.parametrize("offset", OFFSETS)
def test_answers_are_dated_by_the_shops_clock(any_shop, offset):
    headers, _body = control(any_shop, "clock", {"offset": offset})
    assert is_offset(parsedate_to_datetime(headers["Date"]), offset)


@pytest.mark.parametrize("offset", OFFSETS)
def test_orders_are_dated_by_the_shops_clock(any_shop, offset):
    control(any_shop, "clock", {"offset": offset})
    _headers, body = control(any_shop, "orders", {"plain": True})
    (order,) = body["orders"]
    text = order.get("updated_at") or f"{order['date_modified_gmt']}+00:00"
    assert is_offset(datetime.fromisoformat(text), offset)
