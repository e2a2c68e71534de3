# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every answer of a shop is data, or an error that says who acts."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from emulators.woocommerce import READ_ONLY_KEY
from odoo.addons.oms_channels.connectors.woocommerce.client import (
    Client,
    NoRoute,
    Refused,
)
from odoo.addons.oms_channels.connectors.woocommerce.signing import (
    get_basic_header,
    make_signature,
    sign_url,
)
from odoo.addons.oms_channels.engine.errors import Misconfigured, Rejected, Retry

URL = "http://shop.example.com:8080/wp-json/wc/v3/products"


# === CREDENTIALS ===


def test_signature_is_that_of_an_independent_library():
    """Made by oauthlib 3 with the same nonce and time."""
    parameters = {
        "sku": "A,B c",
        "x": "é",
        "per_page": "100",
        "oauth_nonce": "n1",
        "oauth_timestamp": "123",
        "oauth_version": "1.0",
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_consumer_key": "ck_1",
    }
    signature = make_signature("GET", URL, parameters, "cs_2")
    assert signature == "6HlQH5/idXU9WLSsmkk9ym+DKPKrNaCcuhEcQWnjmgE="


def test_secret_is_not_in_a_signed_address():
    url = sign_url("GET", f"{URL}?a=1", "ck_1", "cs_2", "n1", 123)
    assert "cs_2" not in url
    assert parse_qs(urlsplit(url).query)["a"] == ["1"]


def test_over_tls_the_key_goes_along():
    client = Client("https://shop.example.com", "ck_1", "cs_2")
    header = client._http._session.headers["Authorization"]
    assert base64.b64decode(header[6:]) == b"ck_1:cs_2"
    assert header == get_basic_header("ck_1", "cs_2")


def test_over_plain_http_it_does_not():
    client = Client("http://shop.example.com", "ck_1", "cs_2")
    assert "Authorization" not in client._http._session.headers


def test_clock_that_is_far_off_is_refused_by_the_shop(shop):
    with Client(shop.url, shop.key, shop.secret, clock=lambda: 1e9) as client:
        with pytest.raises(Misconfigured, match="Invalid timestamp"):
            client.get("orders")


def test_key_that_may_only_read_is_told(shop):
    with Client(shop.url, READ_ONLY_KEY, shop.secret) as client:
        assert client.get("orders") == []
        with pytest.raises(Misconfigured, match="Read/Write"):
            client.put("orders/1", {"status": "completed"})


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("shop.example.com", "https://shop.example.com/wp-json/wc/v3/orders"),
        ("https://a.example/shop/", "https://a.example/shop/wp-json/wc/v3/orders"),
        ("https://a.example/wp-json/wc/v3", "https://a.example/wp-json/wc/v3/orders"),
        ("https://a.example/s/wp-admin/", "https://a.example/s/wp-json/wc/v3/orders"),
        (
            "https://a.example/?rest_route=/",
            "https://a.example/?rest_route=%2Fwc%2Fv3%2Forders",
        ),
    ],
)
def test_address_of_the_api_follows_from_that_of_the_site(address, root):
    client = Client(address, "ck_1", "cs_1")
    assert client._make_url("orders", {}) == root


def test_site_without_pretty_addresses_is_read(shop, place):
    place()
    with Client(f"{shop.url}/?rest_route=/", shop.key, shop.secret) as client:
        assert len(client.list_page("orders", status="any")) == 1


@pytest.mark.parametrize(
    ("key", "secret"),
    [("", "cs_1"), ("ck_1", ""), ("cs_1", "cs_1"), ("ck_1\n2", "cs_1")],
)
def test_credentials_that_cannot_be_right_are_refused_here(key, secret):
    with pytest.raises(Misconfigured):
        Client("https://shop.example.com", key, secret)


# === REFUSALS ===

ANSWERS = [
    ("throttle", Retry, "429"),
    ("maintenance", Retry, "503"),
    ("error_5xx_before", Retry, "502"),
    ("error_5xx_after_effect", Retry, "502"),
    ("fatal_error", Retry, "critical error"),
    ("html_instead_of_json", Retry, "web page"),
    ("php_notice", Retry, "Undefined index"),
    ("truncated_body", Retry, "broke off|not complete"),
    ("redirect", Misconfigured, "redirects to www.example.com"),
    ("invalid_key", Misconfigured, "Consumer key is invalid"),
]


@pytest.mark.parametrize(("fault", "error", "words"), ANSWERS)
def test_fault_is_an_error_of_whoever_acts(shop, client, place, fault, error, words):
    place()
    shop.faults.set({fault: True})
    with pytest.raises(error, match=words) as found:
        client.get("orders")
    assert shop.secret not in str(found.value)
    assert shop.key not in str(found.value)


def test_host_that_asks_for_a_pause_gets_it(shop, client):
    shop.faults.set({"throttle": True})
    with pytest.raises(Retry) as found:
        client.get("orders")
    assert found.value.after == 1.0


def test_refusal_of_the_business_is_not_tried_again(client, place):
    """The shop answers 500 to it."""
    order = place()
    with pytest.raises(Refused, match="Invalid refund amount") as found:
        client.post(f"orders/{order['id']}/refunds", {"amount": "9999.00"})
    assert found.value.value == "woocommerce_rest_cannot_create_order_refund"


def test_parameter_that_is_wrong_is_named(client):
    with pytest.raises(Rejected, match="per_page must be between 1 and 100"):
        client.get("orders", per_page=101)


def test_order_that_is_not_there_is_refused_with_its_code(client):
    with pytest.raises(Refused) as found:
        client.get("orders/1")
    assert found.value.value == "woocommerce_rest_shop_order_invalid_id"


def test_plugin_that_is_not_there_is_known_by_its_error(client):
    with pytest.raises(NoRoute):
        client.get("/wc-shipment-tracking/v3/orders/1/shipment-trackings")


def test_wrong_address_is_a_setting(shop):
    with Client(f"{shop.url}/blog", shop.key, shop.secret) as client:
        with pytest.raises(Misconfigured) as found:
            client.get("orders")
    assert found.value.field == "shop_url"


# === BATCHES ===


def test_batch_says_of_each_row_what_became_of_it(shop, client):
    mug = shop.store.product_by_sku("MUG")["id"]
    rows = [{"id": mug, "stock_quantity": 3}, {"id": 1, "stock_quantity": 3}]
    answers = client.change_all("products", rows)
    assert answers[mug] is None
    assert answers[1].value == "woocommerce_rest_product_invalid_id"


def test_many_rows_are_several_batches_of_a_hundred(shop, client):
    mug = shop.store.product_by_sku("MUG")["id"]
    client.change_all(
        "products", [{"id": mug, "stock_quantity": n} for n in range(250)]
    )
    assert shop.calls.count("POST /wc/v3/products/batch") == 3
