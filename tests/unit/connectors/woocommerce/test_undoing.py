# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cancelled and completed orders: the money goes back once, and only if asked."""

from decimal import Decimal

import pytest

from emulators.woocommerce import refunds
from odoo.addons.oms_channels.connectors.woocommerce import undoing
from odoo.addons.oms_channels.engine.documents import Cancellation, Closing, Refund
from odoo.addons.oms_channels.engine.errors import Rejected, Retry


def _cancel(order, **values):
    return Cancellation("cancel:1", str(order["id"]), "out of stock", **values)


def _given(shop, order):
    return [row["amount"] for row in shop.store.refunds.get(order["id"], ())]


def test_cancellation_gives_back_what_was_paid(shop, client, place):
    order = place()
    undoing.cancel(client, _cancel(order))
    assert (order["status"], _given(shop, order)) == ("refunded", [order["total"]])


def test_cancellation_gives_nothing_back_unless_asked(shop, client, place):
    order = place()
    undoing.cancel(client, _cancel(order, refund=False))
    assert (order["status"], _given(shop, order)) == ("cancelled", [])


def test_order_that_nobody_paid_has_nothing_to_give_back(shop, client, place):
    order = place(status="pending", pending=True)
    undoing.cancel(client, _cancel(order))
    assert (order["status"], _given(shop, order)) == ("cancelled", [])


def test_cancellation_gives_back_only_what_is_left(shop, client, place):
    order = place()
    with shop.store.lock:
        refunds.by_hand(shop.store, order, {"amount": "5.00"})
    undoing.cancel(client, _cancel(order))
    left = Decimal(order["total"]) - 5
    assert _given(shop, order) == ["5.00", f"{left:.2f}"]


@pytest.mark.parametrize("step", ["PUT", "refunds"])
def test_cancellation_whose_answer_was_lost_gives_back_once(shop, client, place, step):
    order = place()
    shop.faults.set({"error_5xx_after_effect": {"times": 1, "match": step}})
    with pytest.raises(Retry):
        undoing.cancel(client, _cancel(order))
    undoing.cancel(client, _cancel(order))
    assert _given(shop, order) == [order["total"]]


def test_gateway_that_gives_nothing_back_is_left_to_a_person(shop, client, place):
    order = place()
    order["payment_method"] = "cheque"
    with pytest.raises(Rejected, match="is cancelled in the shop") as error:
        undoing.cancel(client, _cancel(order))
    assert (error.value.acts, order["status"]) == ("clerk", "cancelled")


def test_credit_note_after_a_cancellation_gives_nothing_back(shop, client, place):
    order = place()
    undoing.cancel(client, _cancel(order))
    wish = Refund("refund:1", str(order["id"]), Decimal(order["total"]))
    undoing.refund(client, wish)
    assert len(_given(shop, order)) == 1


# === CLOSING ===


@pytest.mark.parametrize("status", ["processing", "on-hold", "completed"])
def test_closed_order_is_completed(client, place, status):
    order = place(status=status)
    undoing.close(client, Closing("close:1", str(order["id"])))
    assert order["status"] == "completed"


def test_order_that_the_shop_has_cancelled_is_left_to_a_person(client, place):
    order = place(status="cancelled")
    with pytest.raises(Rejected, match="is cancelled in the shop"):
        undoing.close(client, Closing("close:1", str(order["id"])))
