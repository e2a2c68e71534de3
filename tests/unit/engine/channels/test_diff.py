# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import itertools
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.oms_channels.engine.diff import (
    Facts,
    LineFacts,
    advance,
    applied,
    compare,
    get_new_and_gone,
    is_stale,
)
from odoo.addons.oms_channels.engine.documents import (
    Address,
    ChannelOrder,
    Customer,
    Line,
    Payment,
    RefundedLine,
    Reversal,
    Tax,
)
from odoo.addons.oms_channels.engine.settling import gross, settle, units_paid
from odoo.addons.oms_channels.engine.stored import dump_order, load_order

PLACED = datetime(2026, 1, 2, tzinfo=timezone.utc)


def line(key="a", quantity=2, price="10.00", **values):
    return Line(key, f"Mug {key}", Decimal(quantity), Decimal(price), **values)


def order(*lines, version="1", **values):
    lines = lines or (line(),)
    made = ChannelOrder(
        "5001", "#5001", version, PLACED, "USD", Decimal(0), Customer(), lines
    )
    return replace(made, total=made.lines_total, **values)


def facts(document=None, **values):
    lines = {
        row.external_id: LineFacts(row.quantity, reserved=row.quantity)
        for row in settle(document or order())
    }
    return replace(Facts(lines=lines), **values)


def kinds(changes):
    return [change.kind for change in changes]


def asks(changes):
    return {change.asks for change in changes if change.asks}


# === WHAT CHANGED ===


def test_same_version_changes_nothing():
    assert compare(order(), order(version="2"), facts()) == ()


def test_quantity_is_told_from_and_to():
    (change,) = compare(order(), order(line(quantity=3)), facts())
    assert (change.kind, change.old, change.new) == ("quantity", 2, 3)


def test_cancelled_units_are_fewer_units():
    (change,) = compare(order(), order(line(cancelled=Decimal(1))), facts())
    assert (change.kind, change.new) == ("quantity", 1)


def test_line_of_which_none_is_left_is_removed():
    changes = compare(order(), order(line(cancelled=Decimal(2))), facts())
    assert kinds(changes) == ["line_removed"]


def test_line_that_is_listed_no_more_is_removed():
    both = order(line(), line("b"))
    assert kinds(compare(both, order(), facts(both))) == ["line_removed"]


def test_new_line_is_added():
    changes = compare(order(), order(line(), line("b")), facts())
    assert [(c.kind, c.key, c.asks) for c in changes] == [("line_added", "b", "")]


def test_price_and_discount_are_told_apart():
    dearer, rebated = line(price="12.00"), line(discount=Decimal(1))
    assert kinds(compare(order(), order(dearer), facts())) == ["price"]
    assert kinds(compare(order(), order(rebated), facts())) == ["amount"]


def test_head_is_compared():
    after = order(
        ship_to=Address("Ada", street="1 Elm St"),
        bill_to=Address("Bob"),
        shipping_method="Express",
        note="Ring twice",
    )
    changes = compare(order(), after, facts())
    assert kinds(changes) == ["ship_to", "bill_to", "carrier", "note"]


def test_new_payment_is_told_once():
    paid = order(payments=(Payment("p", "capture", Decimal(20), PLACED),))
    assert kinds(compare(order(), paid, facts())) == ["payment"]
    assert compare(paid, paid, facts()) == ()


def test_older_version_is_stale_and_one_of_the_same_second_is_not():
    assert (is_stale("1", "2"), is_stale("2", "2")) == (True, False)


# === WHO DECIDES ===

ADDED = order(line(), line("b"))
MORE = order(line(quantity=3))
LESS = order(line(quantity=1))
MOVED = order(ship_to=Address("Ada", street="1 Elm St"))
CANCELLED = order(cancelled_at=PLACED)
GONE = order(line(fulfilled=Decimal(1)))


@pytest.mark.parametrize(
    ("after", "done", "asked"),
    [
        (MORE, {}, ""),
        (LESS, {}, ""),
        (MORE, {"shipped": "OUT/1", "is_open": False}, ""),
        (MORE, {"started": "OUT/1"}, "started"),
        (LESS, {"started": "OUT/1"}, "started"),
        (ADDED, {"started": "OUT/1"}, "started"),
        (MOVED, {"started": "OUT/1"}, "started"),
        (MOVED, {"shipped": "OUT/1", "is_open": True}, ""),
        (MOVED, {"shipped": "OUT/1", "is_open": False}, "gone"),
        (CANCELLED, {}, ""),
        (CANCELLED, {"started": "OUT/1"}, "started"),
        (CANCELLED, {"shipped": "OUT/1"}, "cancel_shipped"),
        (CANCELLED, {"kept": "Fraud"}, "cancel_held"),
        (MORE, {"is_cancelled": True}, "is_cancelled"),
        (GONE, {}, ""),
        (GONE, {"started": "OUT/1"}, "started"),
        (GONE, {"held": "Payment"}, "fulfilled_held"),
        (GONE, {"chain": "PICK/1"}, "fulfilled_chain"),
    ],
)
def test_person_is_asked_where_the_warehouse_has_gone_further(after, done, asked):
    assert asks(compare(order(), after, facts(**done))) == ({asked} - {""})


def test_what_has_shipped_is_a_floor():
    done = Facts(lines={"a": LineFacts(Decimal(2), shipped=Decimal(2))})
    assert asks(compare(order(), LESS, done)) == {"below_shipped"}


def test_what_has_come_back_is_no_floor():
    back = LineFacts(Decimal(2), shipped=Decimal(2), returned=Decimal(1))
    assert asks(compare(order(), LESS, Facts(lines={"a": back}))) == set()


def test_what_has_come_back_was_not_shipped_elsewhere():
    back = LineFacts(Decimal(2), shipped=Decimal(2), returned=Decimal(2))
    assert compare(order(), GONE, Facts(lines={"a": back})) == ()


NEW_AND_GONE = order(line(), line("b", 1, fulfilled=Decimal(1)))


def test_line_that_is_added_and_gone_at_once_is_shipped_once_it_is_here():
    assert kinds(compare(order(), NEW_AND_GONE, facts())) == ["line_added"]
    assert get_new_and_gone(order(), NEW_AND_GONE, set()) == {"b"}
    done = advance(order(), NEW_AND_GONE, set())
    changes = compare(done, NEW_AND_GONE, facts(NEW_AND_GONE))
    assert kinds(changes) == ["fulfilled"]
    assert not get_new_and_gone(done, NEW_AND_GONE, set())
    assert advance(done, NEW_AND_GONE, set()) == NEW_AND_GONE


def test_line_that_is_not_added_yet_is_not_gone_either():
    assert not get_new_and_gone(order(), NEW_AND_GONE, {"content"})
    assert advance(order(), NEW_AND_GONE, {"content"}).lines == order().lines


def test_what_a_person_is_asked_to_ship_is_not_taken_for_shipped():
    done = advance(order(), GONE, {"fulfilled"})
    assert kinds(compare(done, GONE, facts())) == ["fulfilled"]


def test_change_made_here_meanwhile_asks_a_person():
    here = Facts(lines={"a": LineFacts(Decimal(5))})
    assert asks(compare(order(), MORE, here)) == {"changed_here"}


def test_same_change_made_here_already_asks_nobody():
    here = Facts(lines={"a": LineFacts(Decimal(3))})
    assert not asks(compare(order(), MORE, here))


def test_invoiced_line_that_gets_dearer_asks_a_person():
    here = Facts(lines={"a": LineFacts(Decimal(2), invoiced=Decimal(2))})
    after = order(line(price="12.00"))
    assert asks(compare(order(), after, here)) == {"dearer_invoiced"}


def test_goods_that_are_not_there_ask_a_person_unless_forced():
    here = Facts(lines={"a": LineFacts(Decimal(2))})
    assert asks(compare(order(), GONE, here)) == {"not_in_stock"}
    assert not asks(compare(order(), GONE, replace(here, force=True)))


def test_parcel_that_was_sent_from_here_is_not_sent_again():
    here = Facts(lines={"a": LineFacts(Decimal(2), shipped=Decimal(1))})
    assert compare(order(), GONE, here) == ()


def test_order_that_is_open_again_asks_a_person():
    here = facts(is_cancelled=True)
    assert asks(compare(CANCELLED, order(), here)) == {"reopened"}


def test_one_doubtful_line_keeps_the_others_back():
    here = Facts(
        lines={
            "a": LineFacts(Decimal(2), shipped=Decimal(2)),
            "b": LineFacts(Decimal(2)),
        }
    )
    changes = compare(
        order(line(), line("b")), order(line(quantity=1), line("b", 5)), here
    )
    assert (applied(changes), len(changes)) == (set(), 2)


# === MONEY ===

cents = st.integers(0, 10**5).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def sold(draw, key="a"):
    quantity = draw(st.integers(1, 6))
    price = draw(cents)
    discount = draw(st.integers(0, int(price * quantity))) if price else 0
    taxes = tuple(
        Tax(f"T{at}", Decimal("0.1"), amount)
        for at, amount in enumerate(draw(st.lists(cents, max_size=2)))
    )
    return line(key, quantity, price, discount=Decimal(discount), taxes=taxes)


@st.composite
def documents(draw, version="1"):
    """An order after some units were cancelled, given back, or both."""
    lines, refunds = [], []
    for key in draw(st.sets(st.sampled_from("abc"), min_size=1)):
        row = draw(sold(key))
        cancelled = draw(st.integers(0, int(row.quantity)))
        back = draw(st.integers(0, int(row.quantity) - cancelled))
        told = draw(st.booleans())
        lines.append(replace(row, cancelled=Decimal(cancelled)))
        if cancelled and told:
            refunds.append(RefundedLine(key, Decimal(cancelled)))
        if back:
            amount = draw(st.none() | cents)
            refunds.append(RefundedLine(key, Decimal(back), amount, returned=True))
    kept = draw(st.just(Decimal(0)) | cents)
    refund = Reversal("r", tuple(refunds), kept)
    return order(
        *lines,
        version=version,
        refunds=(refund,) if refunds or kept else (),
        taxes_included=draw(st.booleans()),
    )


@given(row=sold(), cancelled=st.integers(0, 6))
def test_what_is_left_and_what_is_gone_are_what_was_bought(row, cancelled):
    cancelled = min(Decimal(cancelled), row.quantity)
    document = order(replace(row, cancelled=cancelled))
    (left,) = settle(document)
    (gone,) = settle(order(replace(row, cancelled=row.quantity - cancelled)))
    # Shares are rounded in cents, each of them at most half a cent.
    assert abs(left.net + gone.net - row.net) <= Decimal("0.01")
    assert left.quantity == row.quantity - cancelled


@given(document=documents())
def test_refunds_of_the_channel_are_exactly_what_is_missing(document):
    included = document.taxes_included
    told = [row for row in document.refunds for row in row.lines]
    if any(row.amount is None for row in told):
        return
    silent = {row.external_id for row in document.lines if row.cancelled}
    whole = {row.external_id: gross(row, included) for row in document.lines}
    left = {row.external_id: gross(row, included) for row in settle(document)}
    for key in whole.keys() - silent:
        back = sum(row.amount for row in told if row.external_id == key)
        assert left[key] == whole[key] - back


@given(document=documents())
def test_line_of_which_nothing_is_left_costs_nothing(document):
    none = replace(
        document,
        refunds=(),
        lines=tuple(replace(row, cancelled=row.quantity) for row in document.lines),
    )
    assert all(not gross(row, document.taxes_included) for row in settle(none))


def test_invoiced_line_keeps_what_its_invoice_says_of_shipped_units():
    refund = Reversal("r", (RefundedLine("a", Decimal(1), Decimal(10), returned=True),))
    document = order(refunds=(refund,))
    assert [row.net for row in settle(document, invoiced={"a"})] == [Decimal(20)]
    assert [row.net for row in settle(document)] == [Decimal(10)]


def test_money_kept_from_a_refund_is_a_line_of_its_own():
    refund = Reversal("r", (RefundedLine("a", Decimal(1), Decimal(10)),), Decimal(2))
    document = order(line(cancelled=Decimal(1)), refunds=(refund,))
    assert [row.net for row in settle(document)] == [Decimal(10), Decimal(2)]


def test_units_paid_are_less_by_cancelled_and_by_returned_ones():
    rows = (
        RefundedLine("a", Decimal(1)),
        RefundedLine("a", Decimal(1), returned=True),
    )
    document = order(
        line(quantity=5, cancelled=Decimal(1)), refunds=(Reversal("r", rows),)
    )
    assert units_paid(document) == {"a": 3}


# === ANY ORDER OF VERSIONS ===


class Here:
    """As much of the importer as lines need: what is applied is what is here."""

    def __init__(self, first):
        self.applied, self.lines = first, self._read(first)

    def _read(self, document):
        return {
            row.external_id: (row.quantity, row.net, row.taxes)
            for row in settle(document)
            if row.quantity or row.net
        }

    def receive(self, document):
        if is_stale(document.version, self.applied.version):
            return
        done = Facts(lines={key: LineFacts(row[0]) for key, row in self.lines.items()})
        changes = compare(self.applied, document, done)
        assert not asks(changes)
        target = self._read(document)
        for change in changes:
            if change.group == "content":
                self.lines.pop(change.key, None)
                if change.key in target:
                    self.lines[change.key] = target[change.key]
        self.applied = document


@given(
    versions=st.tuples(documents("1"), documents("2"), documents("3")),
    included=st.booleans(),
)
def test_any_order_of_versions_ends_as_the_newest_says(versions, included):
    versions = [replace(row, taxes_included=included) for row in versions]
    expected = Here(versions[2]).lines
    for arrival in itertools.permutations(versions):
        here = Here(arrival[0])
        for document in (*arrival[1:], *arrival):
            here.receive(document)
        assert here.lines == expected


# === STORED ===


@given(document=documents())
def test_stored_document_is_read_back_as_it_was(document):
    assert load_order(dump_order(document)) == document


def test_moments_and_nested_parts_survive_storing():
    document = order(
        cancelled_at=PLACED,
        ship_to=Address("Ada"),
        payments=(Payment("p", "capture", Decimal("1.10"), PLACED),),
    )
    assert load_order(dump_order(document)) == document
