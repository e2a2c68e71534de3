# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Small questions for the routing engine: what a test does not say has a default."""

from decimal import Decimal

from odoo.addons.oms_routing.engine.coordinator import solve
from odoo.addons.oms_routing.engine.filters import InStock
from odoo.addons.oms_routing.engine.geo import Place, Position
from odoo.addons.oms_routing.engine.problem import Demand, Node, Order, Problem
from odoo.addons.oms_routing.engine.quantities import Quantities
from odoo.addons.oms_routing.engine.sorters import Nearest

MUG, KETTLE, PRESS = 1, 2, 3
NAMES = {MUG: "Mug", KETTLE: "Kettle", PRESS: "Press"}
RENO, BOSTON, ATLANTA = 1, 2, 3
SAN_FRANCISCO = Place(Position(37.77, -122.42), country="US", state="CA")
NODES = (
    Node(RENO, "Reno DC", Place(Position(39.46, -119.77)), sequence=11),
    Node(BOSTON, "Boston Store", Place(Position(42.35, -71.08)), sequence=12),
    Node(ATLANTA, "Peach State", Place(Position(33.74, -84.57)), sequence=13),
)
STEPS = (InStock(), Nearest())


def quantities(amounts):
    return Quantities({product: Decimal(str(n)) for product, n in amounts.items()})


def demands(wanted, **values):
    """One line per product of {product: quantity}; its line number is the product."""
    return tuple(
        Demand(product, product, NAMES[product], Decimal(str(quantity)), **values)
        for product, quantity in wanted.items()
    )


def order(wanted, number=1, **values):
    lines = demands(wanted) if isinstance(wanted, dict) else tuple(wanted)
    return Order(number, lines, **{"ship_to": SAN_FRANCISCO} | values)


def plans(orders, stock, nodes=NODES, steps=STEPS):
    shelves = {node: quantities(amounts) for node, amounts in stock.items()}
    problem = Problem(tuple(orders), tuple(nodes), shelves)
    return solve(problem, {"": steps})


def plan(wanted, stock, nodes=NODES, steps=STEPS, **values):
    return plans([order(wanted, **values)], stock, nodes=nodes, steps=steps)[0]


def reasons(answer):
    return {part.node: str(part.reason) for part in answer.rejections}
