# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What both sides say of each order, once nothing moves any more."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from emulators.shopify import pricing
from emulators.shopify.model import Order
from tests.e2e.soak import CHANNEL, World

OURS = f"""
    SELECT o.oms_external_id, o.name, o.state, o.amount_total,
           (SELECT COALESCE(sum(p.amount), 0) FROM oms_payment p
             WHERE p.order_id = o.id AND p.kind = 'refund'),
           (SELECT json_object_agg(l.oms_external_id, l.product_uom_qty)
              FROM sale_order_line l
             WHERE l.order_id = o.id AND l.oms_external_id IS NOT NULL
               AND l.display_type IS NULL),
           (SELECT COALESCE(json_agg(k.carrier_tracking_ref), '[]')
              FROM stock_picking k
             WHERE k.sale_id = o.id AND k.state = 'done'
               AND k.carrier_tracking_ref IS NOT NULL),
           (SELECT string_agg(h.reason, ' | ') FROM oms_hold h
             WHERE h.order_id = o.id AND h.is_open)
      FROM sale_order o JOIN oms_channel c ON c.id = o.oms_channel_id
     WHERE c.code = '{CHANNEL}'
"""
STUCK = """
    SELECT direction, kind, state, COALESCE(acts, ''), external_id, COALESCE(error, '')
      FROM oms_channel_message
     WHERE state IN ('quarantined', 'dead', 'pending', 'failed')
"""


@dataclass
class Facts:
    """Order names, and what is wrong with each; empty if all is well."""

    orders: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    stuck: list[tuple] = field(default_factory=list)
    stock: list[str] = field(default_factory=list)
    failed_jobs: list[str] = field(default_factory=list)


def compare(world: World) -> Facts:
    facts = Facts(stuck=world.query(STUCK))
    rows = [row for row in world.query(OURS) if row[0]]
    known = {row[0]: row for row in rows}
    told = {row[4] for row in facts.stuck if row[3] not in ("", "machine")}
    counts = Counter(row[0] for row in rows)
    facts.doubled = [key for key, count in counts.items() if count > 1]
    with world.shop.store.lock:
        for order in world.shop.store.orders.values():
            facts.orders += 1
            _compare_order(facts, order, known.get(str(order.id)), told)
        facts.stock = _compare_stock(world)
    facts.failed_jobs = [
        row[0]
        for row in world.query(
            "SELECT COALESCE(exc_name, '') || ': ' || COALESCE(exc_message, '')"
            " FROM queue_job WHERE state = 'failed'"
        )
    ]
    return facts


def _compare_order(facts: Facts, order: Order, ours, told: set[str]) -> None:
    if ours is None:
        (facts.asked if str(order.id) in told else facts.lost).append(order.name)
        return
    _key, name, state, total, refunded, lines, tracking, holds = ours
    wrong = [
        *_compare_state(order, state),
        *_compare_lines(order, lines or {}, state),
        *_compare_money(order, total, refunded),
        *_compare_parcels(order, tracking),
    ]
    if wrong and (holds or str(order.id) in told):
        facts.asked.append(f"{name}: {'; '.join(wrong)} <- {holds or 'message'}")
    elif wrong:
        facts.differing.append(f"{name} ({order.name}, {order.id}): {'; '.join(wrong)}")


def _compare_state(order: Order, state: str) -> list[str]:
    if bool(order.cancelled_at) != (state == "cancel"):
        return [f"cancelled there {bool(order.cancelled_at)}, here {state}"]
    return []


def _compare_lines(order: Order, lines: dict[str, float], state: str) -> list[str]:
    if state == "cancel":
        return []
    wrong = []
    for line in order.lines:
        ours = lines.get(str(line.id))
        theirs = {line.current_quantity, line.quantity}
        if ours is None and line.current_quantity:
            wrong.append(f"line {line.sku} is not here")
        elif ours is not None and ours not in theirs:
            wrong.append(f"line {line.sku}: there {theirs}, here {ours:g}")
    return wrong


def _compare_money(order: Order, total, refunded) -> list[str]:
    wrong = []
    theirs = pricing.total(order).shop
    current = pricing.current_total(order).shop
    if total not in (theirs, current):
        wrong.append(f"total there {theirs} or {current}, here {total}")
    given = pricing.refunded(order).shop
    if Decimal(refunded) != given:
        wrong.append(f"refunded there {given}, here {refunded}")
    return wrong


def _compare_parcels(order: Order, tracking: list[str]) -> list[str]:
    theirs = sorted(n for made in order.fulfillments for n in made.numbers)
    if theirs != sorted(tracking):
        return [f"parcels there {theirs}, here {sorted(tracking)}"]
    return []


def _compare_stock(world: World) -> list[str]:
    """What the shop would sell is what it was told."""
    told = dict(
        world.query(
            "SELECT l.sku, l.pushed_quantity FROM oms_channel_listing l"
            " JOIN oms_channel c ON c.id = l.channel_id"
            f" WHERE c.code = '{CHANNEL}' AND l.active"
        )
    )
    place = next(iter(world.shop.store.locations.values()))
    return [
        f"{level.variant.sku}: there {level.available}, told {told[level.variant.sku]}"
        for level in world.shop.store.levels.values()
        if level.location is place
        and level.variant.sku in told
        and level.available != told[level.variant.sku]
    ]
