# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The API as other programs see it: plain XML-RPC, an independent client, JSON-2."""

import itertools
import json
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit
from xmlrpc.client import Fault, ServerProxy

import odoorpc
import pytest

LOGIN = "oms_api"
NUMBERS = itertools.count(1)


def order_document(**values):
    """An order of two mugs for 26.78, tax included in neither price."""
    return {
        "external_id": f"API-{next(NUMBERS)}",
        "placed_at": "2026-01-02T03:04:05Z",
        "currency": "USD",
        "total": "26.78",
        "customer": {"name": "Ada Buyer", "email": "ada.buyer@example.com"},
        "ship_to": {
            "name": "Ada Buyer",
            "street": "1 Elm St",
            "city": "Reno",
            "state": "NV",
            "zip": "89501",
            "country": "US",
        },
        "lines": [
            {
                "sku": "LAMP-CLIP",
                "name": "Lamp",
                "quantity": "2",
                "unit_price": "12.50",
                "taxes": [{"title": "State", "rate": "0.0712", "amount": "1.78"}],
            }
        ],
        "payments": [{"external_id": "p", "kind": "capture", "amount": "26.78"}],
    } | values


@pytest.fixture(scope="module")
def sku(server):
    """A product of the demo of which there is plenty."""
    return server.query(
        "SELECT default_code FROM product_product p JOIN stock_quant q"
        " ON q.product_id = p.id WHERE default_code IS NOT NULL AND q.quantity > 20"
        " ORDER BY default_code LIMIT 1"
    )[0]


@pytest.fixture(scope="module")
def call(server):
    """`call("order_status", [...])`, by nothing but the standard library."""
    common = ServerProxy(f"{server.url}/xmlrpc/2/common")
    uid = common.authenticate(server.database, LOGIN, LOGIN, {})
    models = ServerProxy(f"{server.url}/xmlrpc/2/object", allow_none=True)

    def execute(method, *arguments, **options):
        return models.execute_kw(
            server.database, uid, LOGIN, "oms.api", method, list(arguments), options
        )

    return execute


def with_sku(document, sku):
    line = document["lines"][0] | {"sku": sku}
    return document | {"lines": [line]}


def test_order_is_imported_over_xmlrpc(call, sku):
    document = with_sku(order_document(), sku)
    (result,) = call("import_orders", "wholesale", [document])
    assert (result["result"], result["state"]) == ("imported", "allocated")


def test_imported_order_tells_its_total_to_the_cent(call, sku):
    document = with_sku(order_document(), sku)
    call("import_orders", "wholesale", [document])
    (status,) = call("order_status", [document["external_id"]], channel="wholesale")
    assert status["total"] == document["total"]


def test_order_of_a_bad_document_is_refused_by_its_field(call):
    line = {"sku": "MUG", "quantity": "1", "unit_price": "cheap"}
    (result,) = call("import_orders", "wholesale", [order_document(lines=[line])])
    assert "lines[0].unit_price" in result["message"]


def test_availability_counts_down_with_an_order(call, sku):
    # of all channels: this one keeps back a share of what there is
    (before,) = call("availability", [sku])
    call("import_orders", "wholesale", [with_sku(order_document(), sku)])
    (after,) = call("availability", [sku])
    assert before["available"] - after["available"] == 2


# === THE EXAMPLES OF THE DOCUMENTATION ===

API_PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def read_example(heading, language):
    """The first block of code in this language under a heading of the API's page."""
    section = API_PAGE.read_text(encoding="utf-8").split(f"## {heading}(", 1)[1]
    return section.split(f"```{language}\n", 1)[1].split("```", 1)[0]


def test_example_holds_releases_and_cancels_an_order(server, call, sku):
    document = with_sku(order_document(), sku)
    call("import_orders", "wholesale", [document])
    common = ServerProxy(f"{server.url}/xmlrpc/2/common")
    names = {
        "oms": ServerProxy(f"{server.url}/xmlrpc/2/object", allow_none=True),
        "database": server.database,
        "uid": common.authenticate(server.database, LOGIN, LOGIN, {}),
        "password": LOGIN,
        "number": document["external_id"],
    }
    exec(read_example("hold_orders", "python"), names)
    results = [names[name][0]["result"] for name in ("held", "released", "cancelled")]
    assert results == ["held", "released", "cancelled"]


def test_role_of_the_program_reads_no_orders_by_itself(server):
    common = ServerProxy(f"{server.url}/xmlrpc/2/common")
    uid = common.authenticate(server.database, LOGIN, LOGIN, {})
    models = ServerProxy(f"{server.url}/xmlrpc/2/object")
    with pytest.raises(Fault, match="not allowed"):
        models.execute_kw(
            server.database, uid, LOGIN, "sale.order", "search_read", [[]], {}
        )


def test_independent_client_imports_and_reads_an_order(server, sku):
    address = urlsplit(server.url)
    client = odoorpc.ODOO(address.hostname, port=address.port)
    client.login(server.database, LOGIN, LOGIN)
    api = client.env["oms.api"]
    document = with_sku(order_document(), sku)
    (result,) = api.import_orders("wholesale", [document])
    (status,) = api.order_status([document["external_id"]])
    assert status["order"] == result["order"]


# === JSON-2 ===


@pytest.fixture(scope="module")
def api_key(server):
    """A key as the user makes one in the browser: Odoo asks for the password again."""
    session = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def post(path, **params):
        request = urllib.request.Request(
            server.url + path,
            data=json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with session.open(request, timeout=60) as answer:
            found = json.load(answer)
        assert "error" not in found, found["error"]
        return found["result"]

    def call(model, method, *arguments, **options):
        return post(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=arguments,
            kwargs=options,
        )

    post("/web/session/authenticate", db=server.database, login=LOGIN, password=LOGIN)
    values = {"name": "test", "duration": "1"}
    wizard = call("res.users.apikeys.description", "create", values)
    check = call("res.users.apikeys.description", "make_key", [wizard])
    action = call(
        check["res_model"],
        "run_check",
        [check["res_id"]],
        context={"password": LOGIN},
    )
    return action["context"]["default_key"]


def post_json(server, key, method, **arguments):
    request = urllib.request.Request(
        f"{server.url}/json/2/oms.api/{method}",
        data=json.dumps(arguments).encode(),
        headers={
            "Authorization": f"bearer {key}",
            "X-Odoo-Database": server.database,
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def test_order_is_imported_over_json2(server, api_key, sku):
    document = with_sku(order_document(), sku)
    (result,) = post_json(
        server, api_key, "import_orders", channel="wholesale", orders=[document]
    )
    assert result["result"] == "imported"


def test_example_holds_an_order_over_json2(server, api_key, call, sku):
    document = with_sku(order_document(), sku)
    call("import_orders", "wholesale", [document])
    example = json.loads(read_example("hold_orders", "json"))
    example["refs"] = [document["external_id"]]
    (result,) = post_json(server, api_key, "hold_orders", **example)
    assert (result["result"], result["state"]) == ("held", "on_hold")


def test_json2_refuses_a_wrong_key(server):
    with pytest.raises(urllib.error.HTTPError, match="401"):
        post_json(server, "no such key", "order_status", refs=["x"])
