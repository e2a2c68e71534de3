# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What our side says of the orders of a channel, read past Odoo."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from tests.e2e.soak_order import Order
from tests.e2e.soak_server import Server

ORDERS = """
    SELECT o.id, o.oms_external_id, o.name, o.state = 'cancel', o.amount_total,
           (SELECT COALESCE(sum(p.amount), 0) FROM oms_payment p
             WHERE p.order_id = o.id AND p.kind = 'capture'),
           (SELECT COALESCE(sum(p.amount), 0) FROM oms_payment p
             WHERE p.order_id = o.id AND p.kind = 'refund'),
           (SELECT string_agg(h.reason, ' | ') FROM oms_hold h
             WHERE h.order_id = o.id AND h.is_open)
      FROM sale_order o JOIN oms_channel c ON c.id = o.oms_channel_id
     WHERE c.code = %s AND o.oms_external_id IS NOT NULL
       AND o.create_date >= %s
"""
LINES = """
    SELECT l.order_id, l.oms_external_id, sum(l.product_uom_qty)
      FROM sale_order_line l
     WHERE l.order_id IN %s AND l.oms_external_id IS NOT NULL
  GROUP BY l.order_id, l.oms_external_id
"""
# Of a kit, as many have left as its scarcest part allows. What was stopped on its way
# and is back has not left.
PARCELS = """
    SELECT order_id, tracking, line, min(units)
      FROM (SELECT l.order_id, COALESCE(p.carrier_tracking_ref, '') AS tracking,
                   l.oms_external_id AS line,
                   sum((m.quantity - COALESCE(back.units, 0))
                       / COALESCE(b.product_qty / k.product_qty, 1)) AS units
              FROM stock_move m
              JOIN stock_picking p ON p.id = m.picking_id
              JOIN stock_picking_type t ON t.id = p.picking_type_id
              JOIN sale_order_line l ON l.id = m.sale_line_id
         LEFT JOIN LATERAL (
                     SELECT sum(r.quantity) AS units FROM stock_move r
                      WHERE r.origin_returned_move_id = m.id AND r.state = 'done'
                   ) back ON TRUE
         LEFT JOIN mrp_bom_line b ON b.id = m.bom_line_id
         LEFT JOIN mrp_bom k ON k.id = b.bom_id
             WHERE l.order_id IN %s AND m.state = 'done' AND t.code = 'outgoing'
          GROUP BY l.order_id, COALESCE(p.carrier_tracking_ref, ''),
                   l.oms_external_id, b.id) part
  GROUP BY order_id, tracking, line
"""
STOCK = """
    SELECT l.sku, l.pushed_quantity FROM oms_channel_listing l
      JOIN oms_channel c ON c.id = l.channel_id
     WHERE c.code = %s AND l.active
"""


@dataclass
class Ours:
    """The orders by the shop's key, and the reasons of those that are held."""

    orders: dict[str, Order] = field(default_factory=dict)
    doubled: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)


def read_ours(server: Server, code: str, since: str) -> Ours:
    """:param since: the moment before which no order counts"""
    ours, by_id = Ours(), {}
    for row in server.query(ORDERS, (code, since)):
        number, key, name, is_cancelled, *money, held = row
        if key in ours.orders:
            ours.doubled.append(f"{name}: {key}")
        order = Order(name, is_cancelled, *map(_exact, money))
        ours.orders[key] = by_id[number] = order
        if held:
            ours.held[key] = held
    _read_lines(server, by_id)
    return ours


def _read_lines(server: Server, by_id: dict[int, Order]) -> None:
    numbers: Iterable[int] = tuple(by_id) or (0,)
    for order, line, units in server.query(LINES, (numbers,)):
        by_id[order].lines[line] = _exact(units)
    for order, tracking, line, units in server.query(PARCELS, (numbers,)):
        by_id[order].pack(tracking, line, _exact(units))


def read_told_stock(server: Server, code: str) -> dict[str, float]:
    return dict(server.query(STOCK, (code,)))


def _exact(value: object) -> Decimal:
    return Decimal(str(value)).normalize() + 0
