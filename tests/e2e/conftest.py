# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real server on a copy of the project's database, and a real browser before it.

Run by `./oms test`, which says in OMS_TEMPLATE which database to copy.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from omscli import demo_shop, odoo, processes
from omscli.console import Stop
from omscli.databases import Databases
from omscli.demo_shop import DemoShop
from omscli.paths import LOGS
from omscli.postgres import Cluster

# Minutes of killing and crashing: asked for by its size, OMS_SOAK_ORDERS=60.
collect_ignore = [] if os.environ.get("OMS_SOAK_ORDERS") else ["test_soak.py"]
SCREENSHOTS = Path(__file__).parent / "screenshots"
SERVER_LOG = LOGS / "e2e-server.log"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Server:
    url: str
    database: str
    log: Path
    cluster: Cluster
    shop_port: int

    def query(self, sql: str) -> list[str]:
        """Rows of one column, past Odoo: for facts that no screen shows."""
        return Databases(self.cluster).query(sql, self.database)


@pytest.fixture(scope="session")
def database() -> Iterator[tuple[Cluster, str]]:
    template = os.environ.get("OMS_TEMPLATE")
    if not template:
        pytest.fail("OMS_TEMPLATE is not set: start these with ./oms test tests/e2e")
    cluster = Cluster("test")
    with Databases(cluster).temporary(template, "e2e") as name:
        yield cluster, name


@pytest.fixture(scope="session")
def server(database: tuple[Cluster, str]) -> Iterator[Server]:
    """Odoo with its job runner, on a free port; demo data, admin / admin."""
    cluster, name = database
    port, shop_port = processes.free_port(), processes.free_port()
    url = f"http://127.0.0.1:{port}"
    demo_shop.tell_channel(Databases(cluster), name, shop_port)
    SERVER_LOG.unlink(missing_ok=True)
    process = processes.start(
        odoo.command("test", name, "--http-port", str(port)),
        SERVER_LOG,
        env=cluster.variables,
    )
    try:
        processes.wait_until_answers(f"{url}/web/health", process, "Odoo", SERVER_LOG)
        yield Server(url, name, SERVER_LOG, cluster, shop_port)
    except Stop as stop:
        pytest.fail(str(stop))
    finally:
        processes.terminate(process)


@pytest.fixture(scope="session")
def shop(server: Server) -> Iterator[DemoShop]:
    """The Shopify emulator on a free port, selling only what it is told to."""
    if not demo_shop.is_there():
        pytest.fail("emulators/shopify is missing in this checkout")
    emulator = demo_shop.start_demo_shop(server.url, server.shop_port)
    yield emulator
    processes.terminate(emulator.process)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if not executable:
        pytest.skip("no chromium on PATH: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable, args=CHROMIUM_FLAGS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(
    browser: Browser, server: Server, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A window of its own, 1440 x 900; a test that fails leaves its picture."""
    context = browser.new_context(
        base_url=server.url, viewport={"width": 1440, "height": 900}
    )
    window = context.new_page()
    window.set_default_timeout(20_000)
    before = request.session.testsfailed
    yield window
    if request.session.testsfailed > before or not window.is_closed():
        SCREENSHOTS.mkdir(exist_ok=True)
        window.screenshot(path=SCREENSHOTS / f"{_slug(request.node.name)}-end.png")
    context.close()


@pytest.fixture
def login() -> Callable[..., Page]:
    """`login(page, "oms_user")`: through the login page, as a person would."""

    def log_in(page: Page, user: str = "admin", password: str | None = None) -> Page:
        page.goto("/web/login")
        page.fill("input[name=login]", user)
        page.fill("input[name=password]", password or user)
        page.click("button[type=submit]")
        page.wait_for_selector(".o_main_navbar")
        return page

    return log_in


@pytest.fixture
def screenshot(page: Page, request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """`screenshot("held order")`: a picture of the window, to be looked at."""

    def take(title: str) -> Path:
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{_slug(request.node.name)}-{_slug(title)}.png"
        page.screenshot(path=path)
        return path

    return take


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
