# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import contextlib
import signal
import subprocess
import time
from types import FrameType

from .. import demo_shop, dev_database, first_page, running
from ..console import Stop, say, step
from ..databases import Databases
from ..environment import ensure
from ..odoo import command
from ..paths import GLUE, LOGS
from ..postgres import Cluster
from ..processes import port_is_free, start, tail, terminate, wait_until_answers

LOG = LOGS / "server.log"


class Ended(Exception):
    """Ctrl-C, or a SIGTERM from outside."""


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    _refuse_if_busy(options.port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    begun = time.monotonic()
    try:
        with contextlib.ExitStack() as stack:
            _serve(options, stack, begun)
    except Ended:
        say("stopped.")
        return 0
    return 1


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./oms run",
        description="Serves Odoo 19 with the OMS addons on a database named oms.",
    )
    parser.add_argument("--port", type=int, default=8069, metavar="N")
    parser.add_argument(
        "--fresh",
        action="store_true",
        help="delete the database first, and make it anew",
    )
    parser.add_argument(
        "--no-demo", action="store_true", help="a database without demo data"
    )
    parser.add_argument(
        "--no-traffic",
        action="store_true",
        help="demo data, but the demo shop sells nothing by itself",
    )
    parser.add_argument(
        "--with",
        action="append",
        default=[],
        dest="applications",
        choices=sorted(GLUE.values()),
        help="install this application of Odoo too; it stays in the database",
    )
    options = parser.parse_args(arguments)
    if not 1024 <= options.port <= 65535:
        parser.error(f"--port {options.port}: give a number from 1024 to 65535")
    return options


def _refuse_if_busy(port: int) -> None:
    if note := running.read():
        raise Stop(
            f"This checkout is being served already: {note['url']} (process"
            f" {note['pid']}). End that one first: ./oms stop"
        )
    if not port_is_free(port):
        raise Stop(
            f"Port {port} is taken by another program. Choose a free one:"
            f" ./oms run --port {port + 1}"
        )


def _end(number: int, _frame: FrameType | None) -> None:
    # a second Ctrl-C must not tear what the first one is putting away
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    say()
    raise Ended(number)


def _serve(
    options: argparse.Namespace, stack: contextlib.ExitStack, begun: float
) -> None:
    """Returns only if the server ends by itself."""
    url = f"http://127.0.0.1:{options.port}"
    ensure()
    stack.enter_context(running.noted())
    running.note(url=url)
    cluster = stack.enter_context(Cluster("dev").in_use())
    state = dev_database.ensure(
        cluster,
        demo=False if options.no_demo else None,
        fresh=options.fresh,
        applications=options.applications,
    )
    kinds = [k for k in demo_shop.KINDS if state.demo and demo_shop.is_there(k)]
    ports = {kind: demo_shop.free_shop_port(kind) for kind in kinds}
    for kind, port in ports.items():
        demo_shop.tell_channel(Databases(cluster), dev_database.NAME, port, kind)
    server = _start_server(cluster, options.port, stack)
    with step("server"):
        wait_until_answers(f"{url}/web/health", server, "Odoo", LOG)
    if state.changed:
        with step("first pages"):
            first_page.visit(url, "admin", "admin")
    _start_shops(url, ports, not options.no_traffic, stack)
    _greet(cluster, url, time.monotonic() - begun)
    server.wait()
    raise Stop(f"Odoo ended by itself.\n\n{tail(LOG)}\n\n  The whole log: {LOG}")


def _start_server(
    cluster: Cluster, port: int, stack: contextlib.ExitStack
) -> subprocess.Popen:
    odoo = command(
        "dev", dev_database.NAME, "--http-port", str(port), "--logfile", str(LOG)
    )
    if LOG.is_file():
        LOG.replace(LOG.with_suffix(".log.old"))
    server = start(odoo, LOG, env=cluster.variables)
    stack.callback(_stop, server, "server")
    return server


def _start_shops(
    url: str,
    ports: dict[demo_shop.Kind, int],
    traffic: bool,
    stack: contextlib.ExitStack,
) -> None:
    notes = {}
    for kind, port in ports.items():
        with step(f"demo shop ({kind.platform})"):
            shop = demo_shop.start_demo_shop(
                url, port, kind=kind, traffic=traffic, state=kind.state
            )
        stack.callback(_stop, shop.process, f"demo shop ({kind.platform})")
        notes[kind.code] = shop.url
        running.note(url=url, **notes)


def _stop(process: subprocess.Popen, name: str) -> None:
    if process.poll() is None:
        with step(f"stopping the {name}"):
            terminate(process)


def _greet(cluster: Cluster, url: str, seconds: float) -> None:
    logins = Databases(cluster).query(
        "SELECT login FROM res_users WHERE active AND login ~ '^oms_' ORDER BY id",
        dev_database.NAME,
    )
    say(f"\n  Ready after {seconds:.0f} s:  {url}\n")
    say("  log in as  admin / admin")
    for login in logins:
        say(f"             {login} / {login}")
    say(f"\n  log: {LOG}\n  Ctrl-C stops everything.\n")
