# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Odoo registry without a server, a catalogue to sell, and a stopwatch."""

import contextlib
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


def boot(database: str) -> Any:
    """Environment of the superuser on an existing database.

    Reads the configuration that ``ODOO_RC`` names, and PGHOST, PGPORT and PGUSER.
    """
    if os.environ.get("ODOO_HOME"):
        sys.path.append(os.environ["ODOO_HOME"])
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    arguments = ["-d", database, "--no-http", "--log-level=error"]
    for option, variable in (
        ("--db_host", "PGHOST"),
        ("--db_port", "PGPORT"),
        ("--db_user", "PGUSER"),
        ("--db_password", "PGPASSWORD"),
    ):
        if os.environ.get(variable):
            arguments.append(f"{option}={os.environ[variable]}")
    config.parse_config(arguments, setup_logging=True)
    registry = Registry(database)
    env = api.Environment(registry.cursor(), SUPERUSER_ID, {})
    company = env["res.company"].search([], order="id", limit=1)
    return env(
        context={"lang": "en_US", "tz": "UTC", "allowed_company_ids": company.ids}
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """Cost of one order: milliseconds of the clock and of this process, statements."""

    wall_ms: float
    cpu_ms: float
    sql: float


@contextlib.contextmanager
def stopwatch(env: Any, orders: int, result: list[Measure]) -> Iterator[None]:
    """Append to ``result`` what the block cost for each of its orders."""
    sql, wall, cpu = env.cr.sql_log_count, time.perf_counter(), time.process_time()
    yield
    result.append(
        Measure(
            (time.perf_counter() - wall) * 1000 / orders,
            (time.process_time() - cpu) * 1000 / orders,
            (env.cr.sql_log_count - sql) / orders,
        )
    )


@dataclass(frozen=True, slots=True)
class Spec:
    """One order to be made, by record ids and SKU alone."""

    ref: str
    partner_id: int
    email: str
    lines: tuple[tuple[int, str, int, float], ...]  # product id, SKU, quantity, price


def make_catalogue(env: Any, products: int = 60, stock: int = 10_000_000) -> Any:
    """Storable products with stock in the first warehouse, made once."""
    product_model = env["product.product"]
    found = product_model.search([("default_code", "=like", "BENCH-%")], order="id")
    if found:
        return found
    tax = make_tax(env)
    found = product_model.create(
        [
            {
                "name": f"Benchmark product {number}",
                "default_code": f"BENCH-{number:03d}",
                "type": "consu",
                "is_storable": True,
                "list_price": 5 + number % 37,
                "standard_price": 2 + number % 11,
                "invoice_policy": "order",
                "taxes_id": [(6, 0, tax.ids)],
            }
            for number in range(products)
        ]
    )
    warehouse = env["stock.warehouse"].search(
        [("company_id", "=", env.company.id)], order="sequence, id", limit=1
    )
    env["stock.quant"].with_context(inventory_mode=True).create(
        [
            {
                "product_id": product.id,
                "location_id": warehouse.lot_stock_id.id,
                "inventory_quantity": stock,
            }
            for product in found
        ]
    ).action_apply_inventory()
    return found


def make_tax(env: Any) -> Any:
    """The tax of the benchmark: 8 %, on top of the price."""
    tax_model = env["account.tax"]
    found = tax_model.search(
        [("company_id", "=", env.company.id), ("name", "=", "Benchmark 8%")], limit=1
    )
    return found or tax_model.create(
        {
            "name": "Benchmark 8%",
            "amount": 8.0,
            "amount_type": "percent",
            "type_tax_use": "sale",
            "price_include_override": "tax_excluded",
            "company_id": env.company.id,
        }
    )


def make_customers(env: Any, customers: int = 200) -> Any:
    """Customers with an address, made once."""
    partner_model = env["res.partner"]
    found = partner_model.search([("ref", "=like", "BENCH-%")], order="id")
    if found:
        return found
    country, state = env.ref("base.us"), env.ref("base.state_us_39")
    return partner_model.create(
        [
            {
                "name": f"Benchmark customer {number}",
                "ref": f"BENCH-{number:04d}",
                "email": f"customer{number}@example.com",
                "street": f"{number} Main Street",
                "city": "Columbus",
                "zip": f"{10000 + number}",
                "state_id": state.id,
                "country_id": country.id,
            }
            for number in range(customers)
        ]
    )


def make_specs(count: int, products: Any, customers: Any, seed: str) -> list[Spec]:
    """Orders of one to five lines, the same for the same seed."""
    draw = random.Random(seed)
    goods = [(p.id, p.default_code, p.list_price) for p in products]
    buyers = [(c.id, c.email) for c in customers]
    specs = []
    for number in range(count):
        partner_id, email = draw.choice(buyers)
        lines = tuple(
            (product_id, sku, draw.randint(1, 3), price)
            for product_id, sku, price in draw.sample(goods, draw.randint(1, 5))
        )
        specs.append(Spec(f"{seed}-{number}", partner_id, email, lines))
    return specs
