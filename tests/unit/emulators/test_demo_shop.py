# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shop that keeps selling, and remembers what it sold."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from emulators.base import catalogue
from emulators.base.faults import Faults
from emulators.shopify.faults import NAMES
from emulators.shopify.memory import Memory
from emulators.shopify.store import Store
from emulators.shopify.traffic import Traffic
from emulators.shopify.webhooks import Webhooks

ROOT = Path(__file__).parents[3]


def _sold(store, days, **values):
    """A traffic that does not wait but is stopped after so many pauses."""
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        return len(pauses) > days

    Traffic(store, 5.0, sleep=sleep, **values).run()
    return pauses


def test_shop_opens_with_orders_of_the_last_hours_and_goes_on():
    store = Store(seed=4)
    _sold(store, 30)
    assert Traffic.FIRST < len(store.orders) <= Traffic.FIRST + 30
    ages = [store.clock() - row.created_at for row in store.orders.values()]
    assert ages[: Traffic.FIRST - 1] >= ages[1 : Traffic.FIRST]


def test_pauses_grow():
    pauses = _sold(Store(seed=4), 200)
    assert sum(pauses[-20:]) > 4 * sum(pauses[:20])


def test_buyers_change_their_minds():
    store = Store(seed=4)
    _sold(store, 150)
    rows = store.orders.values()
    assert any(row.cancelled_at for row in rows)
    assert any(row.edited for row in rows)


def test_shop_waits_for_whom_it_reports_to():
    store = Store(seed=4)
    pauses = _sold(store, 3, wait_for="http://127.0.0.1:1/")
    assert pauses == [1.0] * 4
    assert not store.orders


def test_remembered_shop_goes_on_with_the_next_number(tmp_path):
    path = tmp_path / "shop.state"
    first = Store(seed=4)
    hooks = Webhooks(first, Faults(NAMES), "secret")
    _sold(first, 5)
    Memory(path, hooks).save()
    hooks.stop()
    second = Store(seed=4)
    hooks = Webhooks(second, Faults(NAMES), "secret")
    assert Memory(path, hooks).load()
    before = len(first.orders)
    _sold(second, 12)
    hooks.stop()
    assert list(second.orders)[:before] == list(first.orders)
    assert len(second.orders) > before


def test_unreadable_memory_is_put_aside(tmp_path):
    path = tmp_path / "shop.state"
    path.write_bytes(b"not a shop")
    hooks = Webhooks(Store(), Faults(NAMES), "secret")
    assert not Memory(path, hooks).load()
    hooks.stop()
    assert path.with_suffix(".unreadable").exists()


def test_every_product_of_the_demo_is_sold():
    assert catalogue.FILE.exists()
    skus = {row.sku for row in Store().variants.values()}
    assert skus == {row["sku"] for row in catalogue.default()}


def test_catalogue_names_what_is_wrong():
    with pytest.raises(catalogue.CatalogueError, match="CUP has no price"):
        catalogue.cleaned([{"sku": "CUP", "price": "dear"}])


def test_program_serves_and_stops_on_request(tmp_path):
    state = tmp_path / "shop.state"
    command = [sys.executable, "-m", "emulators.shopify", "--port", "0"]
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


def test_port_that_is_taken_is_named(shop):
    port = shop.url.rsplit(":", 1)[-1]
    command = [sys.executable, "-m", "emulators.shopify", "--port", port]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=20
    )
    assert done.returncode == 1
    assert port in done.stderr
    assert "Traceback" not in done.stderr
