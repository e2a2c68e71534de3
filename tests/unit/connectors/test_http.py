# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What becomes of an answer, and what nobody may see of a request."""

import json
import logging
import socket
import threading
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from email.utils import format_datetime

import pytest

from odoo.addons.oms_channels.connectors.answers import read_retry_after
from odoo.addons.oms_channels.connectors.http import Http, read_address
from odoo.addons.oms_channels.engine.errors import (
    ChannelError,
    Misconfigured,
    Rejected,
    Retry,
)

SECRET = "shpat_do-not-show"


def _call(server, status=200, body=b"{}", path="/", **options):
    headers = options.pop("headers", {})
    server.answers.append((status, headers, body))
    with Http({"X-Token": SECRET}, [SECRET], **options) as http:
        return http.call("test", "POST", server.url + path, body={"a": 1})


# === ANSWERS ===


def test_fractions_are_decimal(server):
    assert _call(server, body=b'{"a": 0.1}').value == {"a": Decimal("0.1")}


def test_header_names_are_lower_case(server):
    answer = _call(server, headers={"X-Version": "7"})
    assert answer.headers["x-version"] == "7"


def test_body_travels_as_json_with_the_credentials(server):
    _call(server)
    (request,) = server.requests
    assert (json.loads(request.body), request.headers["X-Token"]) == ({"a": 1}, SECRET)


# === REFUSALS ===


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, Misconfigured),
        (400, Rejected),
        (401, Misconfigured),
        (402, Misconfigured),
        (403, Misconfigured),
        (404, Misconfigured),
        (408, Retry),
        (422, Rejected),
        (423, Misconfigured),
        (429, Retry),
        (500, Retry),
        (502, Retry),
        (503, Retry),
    ],
)
def test_status_tells_who_acts(server, status, error):
    with pytest.raises(error):
        _call(server, status)


def test_expected_status_is_an_answer(server):
    server.answers.append((404, {}, b'{"message": "no such product"}'))
    with Http() as http:
        answer = http.call("test", "GET", server.url, expected=[404])
    assert (answer.status, answer.value["message"]) == (404, "no such product")


def test_refusal_quotes_what_the_server_said(server):
    with pytest.raises(Rejected, match="quantity is too high"):
        _call(server, 422, b'{"error": "quantity is too high"}')


def test_web_page_is_told_apart_from_data(server):
    with pytest.raises(Retry, match="web page instead of data: Closed for lunch"):
        _call(server, 200, b"<html><style>x</style><h1>Closed for lunch</h1></html>")


def test_half_of_the_data_is_no_data(server):
    with pytest.raises(Retry, match="not complete JSON"):
        _call(server, 200, b'{"orders": [{"id": 1')


def test_answer_that_breaks_off_is_asked_for_again(server):
    with pytest.raises(Retry, match="broke off"):
        _call(server, 200, b"{}", headers={"Content-Length": "999"})


def test_answer_without_end_is_cut(server):
    with pytest.raises(Rejected, match="more than 1000 bytes"):
        _call(server, 200, b"9" * 2000, largest=1000)


def test_redirect_is_not_followed(server):
    with pytest.raises(Misconfigured, match=r"redirects to elsewhere\.example"):
        _call(server, 302, headers={"Location": "https://elsewhere.example/x"})


def test_server_that_is_not_there_is_tried_again():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Http() as http, pytest.raises(Retry, match="Connection refused"):
        http.call("test", "GET", url)


def test_server_that_says_nothing_is_tried_again():
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with Http(silence=0.1) as http, pytest.raises(Retry, match=r"within 0\.1 s"):
            http.call("test", "GET", url)


def test_server_that_drips_is_given_up():
    """Each byte is in time, the whole is not."""
    with socket.socket() as tap:
        tap.bind(("127.0.0.1", 0))
        tap.listen()
        threading.Thread(target=_drip, args=(tap,), daemon=True).start()
        url = f"http://127.0.0.1:{tap.getsockname()[1]}"
        with Http(deadline=0.0) as http, pytest.raises(Retry, match="not finished"):
            http.call("test", "GET", url)


def _drip(tap):
    line, _peer = tap.accept()
    line.recv(65536)
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")
    line.recv(1)


# === WHEN ===


def test_server_says_after_how_many_seconds(server):
    with pytest.raises(Retry) as caught:
        _call(server, 429, headers={"Retry-After": "7.5"})
    assert caught.value.after == 7.5


def test_server_says_at_what_time():
    moment = datetime.now(timezone.utc) + timedelta(minutes=5)
    assert 290 < read_retry_after(format_datetime(moment, usegmt=True)) <= 300


@pytest.mark.parametrize("text", ["", "soon", "-3", "Mon, 99 Foo 2026", "9" * 40])
def test_senseless_wish_to_wait_is_none(text):
    assert read_retry_after(text) == 0


# === SECRETS ===


def test_secret_that_the_server_repeats_is_masked_in_the_error(server):
    with pytest.raises(ChannelError) as caught:
        _call(server, 401, f'{{"errors": "bad token {SECRET}"}}'.encode())
    assert (SECRET in str(caught.value), "bad token" in str(caught.value)) == (
        False,
        True,
    )


@pytest.mark.parametrize("status", [401, 422, 500])
def test_secret_that_the_server_repeats_is_masked_in_the_log(server, caplog, status):
    caplog.set_level(logging.INFO)
    with pytest.raises(ChannelError):
        _call(server, status, f'{{"errors": "bad token {SECRET}"}}'.encode())
    assert ("bad token" in caplog.text, SECRET in caplog.text) == (True, False)


def test_call_is_logged_with_its_name(server, caplog):
    caplog.set_level(logging.INFO)
    _call(server)
    assert any("test at 127.0.0.1" in record.getMessage() for record in caplog.records)


# === ADDRESSES ===


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://your-shop.example.com", "https://your-shop.example.com"),
        (" your-shop.example.com/admin?x#y ", "https://your-shop.example.com"),
        ("https://user:pass@shop.example.com", "https://shop.example.com"),
        ("http://127.0.0.1:8970/", "http://127.0.0.1:8970"),
        ("http://localhost:8970", "http://localhost:8970"),
    ],
)
def test_address_is_scheme_and_host(text, address):
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no shop address"),
        ("http://shop.example.com", "unencrypted"),
        ("ftp://shop.example.com", "not the address"),
        ("https://", "not the address"),
        ("https://my shop.example.com", "not the address"),
        ("https://shop.example.com:port", "not the address"),
        ("file:///etc/passwd", "not the address"),
    ],
)
def test_useless_address_is_refused(text, reason):
    with pytest.raises(Misconfigured, match=reason):
        read_address(text)
