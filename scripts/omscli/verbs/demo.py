# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import json
import urllib.error
import urllib.request

from .. import demo_shop, running
from ..console import Stop, say

MOST = 10_000


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./oms demo", description="Speaks to the demo shop of a running ./oms run."
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    orders = verbs.add_parser("orders", help="buyers place N more orders, at once")
    orders.add_argument("count", type=int, metavar="N")
    orders.add_argument(
        "--shop",
        choices=[kind.code for kind in demo_shop.KINDS],
        default=demo_shop.SHOPIFY.code,
        help="which one, by the code of its channel",
    )
    options = parser.parse_args(arguments)
    if not 1 <= options.count <= MOST:
        parser.error(f"N is {options.count}: give a number from 1 to {MOST}")
    note = running.read()
    if not note:
        raise Stop(
            "Nothing runs in this checkout. Start it in another terminal: ./oms run"
        )
    shop = note.get(options.shop)
    if not shop:
        raise Stop(
            "The running server has no demo shop: it was started without demo data, or"
            " is not ready yet. Look at its terminal."
        )
    _place_orders(shop, options.count)
    say(f"{options.count} orders placed in {shop}. They arrive at {note['url']}")
    return 0


def _place_orders(shop: str, count: int) -> None:
    """:raise Stop: if the shop does not take them."""
    request = urllib.request.Request(
        f"{shop}/_control/orders?count={count}", data=b"{}", method="POST",
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=120) as response:
            json.load(response)
    except urllib.error.HTTPError as error:
        text = error.read().decode(errors="replace")
        raise Stop(f"The demo shop refused ({error.code}): {text}") from error
    except (OSError, ValueError) as error:
        raise Stop(f"The demo shop at {shop} does not answer: {error}") from error
