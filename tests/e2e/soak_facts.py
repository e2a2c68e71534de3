# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether both sides say the same of each order, once nothing moves any more."""

from dataclasses import dataclass, field

from tests.e2e.soak import World
from tests.e2e.soak_order import list_differences
from tests.e2e.soak_ours import read_ours, read_told_stock

STUCK = """
    SELECT c.code, m.external_id, m.direction, m.kind, m.state, COALESCE(m.acts, ''),
           COALESCE(m.error, '')
      FROM oms_channel_message m JOIN oms_channel c ON c.id = m.channel_id
     WHERE m.state IN ('quarantined', 'dead', 'pending', 'failed')
       AND m.create_date >= %s
"""
JOBS = """
    SELECT name || ': ' || COALESCE(exc_name, '') || ' ' || COALESCE(exc_message, '')
      FROM queue_job WHERE state = 'failed'
"""


@dataclass
class Facts:
    """What is wrong, order by order; empty if all is well.

    ``asked``: orders on which the sides differ, and a person has been told why;
    ``waiting``: messages that nobody has been told of.
    """

    orders: int = 0
    parcels: int = 0
    cancelled: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    stock: list[str] = field(default_factory=list)
    failed_jobs: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """A line for each figure, and one for each thing found."""
        lines = []
        for name, value in vars(self).items():
            rows = value if isinstance(value, list) else ()
            lines.append(f"{name}: {len(rows) if isinstance(value, list) else value}")
            lines += [f"  {row}" for row in rows]
        return "\n".join(lines)


def compare(world: World) -> Facts:
    facts, told = Facts(), {}
    for code, key, *words, state, acts, error in world.server.query(
        STUCK, (world.since,)
    ):
        if state in ("quarantined", "dead") and acts not in ("", "machine"):
            told[code, key] = f"{acts}: {error}"
        else:
            facts.waiting.append(f"{code} {key} {words} {state} {acts}: {error}")
    for shop in world.shops:
        _compare_shop(facts, world, shop, told)
    facts.failed_jobs = [row[0] for row in world.server.query(JOBS)]
    return facts


def _compare_shop(facts: Facts, world: World, shop, told: dict) -> None:
    ours = read_ours(world.server, shop.code, world.since)
    facts.doubled += ours.doubled
    for key, there in shop.list_orders().items():
        facts.orders += 1
        facts.parcels += len(there.parcels)
        facts.cancelled += there.is_cancelled
        here = ours.orders.get(key)
        wrong = list(list_differences(there, here)) if here else ["not here"]
        if not wrong:
            continue
        reason = ours.held.get(key) or told.get((shop.code, key))
        said = f"{shop.code} {key} {here.name if here else ''}: {'; '.join(wrong)}"
        if reason:
            facts.asked.append(f"{said} <- {reason}")
        elif here:
            facts.differing.append(said)
        else:
            facts.lost.append(said)
    stock = shop.read_stock()
    facts.stock += [
        f"{shop.code} {sku}: there {stock[sku]}, told {units}"
        for sku, units in read_told_stock(world.server, shop.code).items()
        if sku in stock and stock[sku] != units
    ]
