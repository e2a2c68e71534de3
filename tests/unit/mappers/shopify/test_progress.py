# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What has left, and what never will."""

import pytest

from odoo.addons.oms_channels.connectors.shopify.mapper import order_from_payload

from .builders import line, order, parcel, refund

# Of two units: current and open quantity, parcels, refunds -> cancelled, fulfilled.
CASES = [
    ("untouched", 2, 2, [], [], 0, 0),
    ("one sent", 2, 1, [parcel(1)], [], 0, 1),
    ("all sent", 2, 0, [parcel(1), parcel(1)], [], 0, 2),
    ("parcel that failed", 2, 2, [parcel(2, "failure")], [], 0, 0),
    ("one cancelled", 1, 1, [], [refund(1, "cancel")], 1, 0),
    ("one removed by an edit", 1, 1, [], [], 1, 0),
    ("one cancelled, one sent", 1, 0, [parcel(1)], [refund(1, "cancel")], 1, 1),
    ("one of two sent came back", 1, 0, [parcel(2)], [refund(1, "return")], 0, 2),
    ("one sent came back, one open", 1, 1, [parcel(1)], [refund(1, "return")], 0, 1),
    ("one sent is kept for free", 1, 1, [parcel(1)], [refund(1, "no_restock")], 0, 1),
    ("one unsent is not sent", 1, 0, [parcel(1)], [refund(1, "no_restock")], 1, 1),
    ("older refund, nothing sent", 0, 0, [], [refund(2, "legacy_restock")], 2, 0),
]


@pytest.mark.parametrize(
    ("current", "left", "parcels", "refunds", "cancelled", "fulfilled"),
    [pytest.param(*case[1:], id=case[0]) for case in CASES],
)
def test_units(current, left, parcels, refunds, cancelled, fulfilled):
    row = line(current_quantity=current, fulfillable_quantity=left)
    payload = order(row, fulfillments=parcels, refunds=refunds)
    (mapped,) = order_from_payload(payload).lines
    assert (mapped.cancelled, mapped.fulfilled) == (cancelled, fulfilled)


def test_money_of_a_line_is_that_of_the_whole_quantity():
    row = line(current_quantity=1, fulfillable_quantity=1)
    mapped = order_from_payload(order(row, refunds=[refund(1, "cancel")]))
    assert mapped.lines_total == mapped.total


def test_order_marked_as_shipped_without_parcels_has_shipped():
    row = line(fulfillable_quantity=0)
    (mapped,) = order_from_payload(order(row, fulfillment_status="fulfilled")).lines
    assert mapped.fulfilled == 2


def test_headline_is_not_trusted_while_units_are_open():
    (mapped,) = order_from_payload(order(fulfillment_status="fulfilled")).lines
    assert mapped.fulfilled == 0


def test_download_does_not_ship():
    row = line(requires_shipping=False, fulfillable_quantity=0)
    (mapped,) = order_from_payload(order(row, fulfillments=[parcel(2)])).lines
    assert (mapped.cancelled, mapped.fulfilled) == (0, 0)
