# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Edits and closings told to the emulator, also when its answers are lost."""

from decimal import Decimal

import pytest

from emulators.shopify import orders
from odoo.addons.oms_channels.connectors.shopify import editing, undoing
from odoo.addons.oms_channels.engine.documents import (
    Cancellation,
    Closing,
    OrderEdit,
    UnitEdit,
)
from odoo.addons.oms_channels.engine.errors import Misconfigured, Rejected, Retry


@pytest.fixture
def order(place):
    return place(
        plain=True,
        lines=[{"sku": "JACKET-M", "quantity": 3}, {"sku": "007-LAMP", "quantity": 1}],
    )


def _edit(order, *wishes):
    """:param wishes: (index of the line, units known, units wanted)"""
    lines = tuple(
        UnitEdit(str(order.lines[at].id), tuple(map(Decimal, known)), Decimal(wanted))
        for at, known, wanted in wishes
    )
    return OrderEdit("edit:1", str(order.id), lines)


def _units(order):
    return [line.current_quantity for line in order.lines]


def test_units_reach_the_shop(client, order):
    editing.edit(client, _edit(order, (0, [3], 1), (1, [1], 2)))
    assert _units(order) == [1, 2]


def test_line_that_is_gone_here_has_no_units_there(client, order):
    editing.edit(client, _edit(order, (1, [1], 0)))
    assert _units(order) == [3, 0]


def test_edit_told_twice_is_done_once(client, order):
    wish = _edit(order, (0, [3], 2))
    editing.edit(client, wish)
    before = order.updated_at
    editing.edit(client, wish)
    assert (_units(order), order.updated_at) == ([2, 1], before)


@pytest.mark.parametrize("step", ["OmsBeginEdit", "OmsSetUnits", "OmsCommitEdit"])
def test_edit_whose_answer_was_lost_is_done_once(shop, client, order, step):
    wish = _edit(order, (0, [3], 2))
    shop.faults.set({"error_5xx_after_effect": {"times": 1, "match": step}})
    with pytest.raises(Retry):
        editing.edit(client, wish)
    editing.edit(client, wish)
    assert _units(order) == [2, 1]


def test_line_that_the_shop_has_changed_too_is_left_to_a_person(shop, client, order):
    with shop.store.lock:
        orders.edit(
            shop.store, order, {"set": [{"line_id": order.lines[0].id, "quantity": 5}]}
        )
    with pytest.raises(Rejected, match="has 5 × Rain Jacket M") as error:
        editing.edit(client, _edit(order, (0, [3], 2)))
    assert (error.value.acts, _units(order)) == ("clerk", [5, 1])


def test_former_edit_is_no_change_of_the_shop(client, order):
    editing.edit(client, _edit(order, (0, [3], 2)))
    editing.edit(client, _edit(order, (0, [3, 2], 4)))
    assert _units(order) == [4, 1]


def test_line_that_has_left_is_left_to_a_person(client, order):
    order.lines[0].fulfilled = 1
    with pytest.raises(Rejected, match="has shipped some"):
        editing.edit(client, _edit(order, (0, [3], 2)))


def test_cancelled_order_is_left_to_a_person(shop, client, order):
    with shop.store.lock:
        orders.cancel(shop.store, order)
    with pytest.raises(Rejected, match="is cancelled"):
        editing.edit(client, _edit(order, (0, [3], 2)))


def test_missing_permission_stops_this_edit_and_nothing_else(
    client, order, monkeypatch
):
    change = client.change

    def refuse(document, **variables):
        if document.name == "OmsBeginEdit":
            raise Misconfigured("Access denied.")
        return change(document, **variables)

    monkeypatch.setattr(client, "change", refuse)
    with pytest.raises(Rejected, match="write_order_edits") as error:
        editing.edit(client, _edit(order, (0, [3], 2)))
    assert error.value.acts == "administrator"


# === CLOSING ===


def test_order_is_closed(client, order):
    editing.close(client, Closing("close:1", str(order.id)))
    assert order.closed_at


def test_closing_whose_answer_was_lost_is_done_once(shop, client, order):
    shop.faults.set({"error_5xx_after_effect": {"times": 1, "match": "OmsClose"}})
    with pytest.raises(Retry):
        editing.close(client, Closing("close:1", str(order.id)))
    closed = order.closed_at
    editing.close(client, Closing("close:1", str(order.id)))
    assert (order.closed_at, bool(closed)) == (closed, True)


# === CANCELLING ===


@pytest.mark.parametrize(("refund", "rows"), [(True, 1), (False, 0)])
def test_cancellation_gives_money_back_only_if_asked(client, order, refund, rows):
    undoing.cancel(client, Cancellation("cancel:1", str(order.id), refund=refund))
    given = [row for row in order.transactions if row.kind == "refund"]
    assert (bool(order.cancelled_at), len(given)) == (True, rows)


def test_cancellation_whose_answer_was_lost_gives_back_once(shop, client, order):
    shop.faults.set({"error_5xx_after_effect": {"times": 1, "match": "OmsCancel"}})
    wish = Cancellation("cancel:1", str(order.id))
    with pytest.raises(Retry):
        undoing.cancel(client, wish)
    undoing.cancel(client, wish)
    given = [row for row in order.transactions if row.kind == "refund"]
    assert len(given) == 1
