# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timezone
from decimal import Decimal

import pytest

from odoo.addons.oms_channels.connectors.file import (
    edifact_syntax,
    edifact_writer,
    readers,
    x12_syntax,
    x12_writer,
)
from odoo.addons.oms_channels.connectors.file.answers import prepare_answer
from tests.unit.mappers.file import samples

MOMENT = datetime(2026, 3, 2, 8, 30, tzinfo=timezone.utc)


def answer(kind, quantities, **options):
    content, form = samples.FILES[kind]
    (document,) = readers.read_file("sample", content, form)
    quantities = {key: Decimal(value) for key, value in quantities.items()}
    given = {"key": "S00042", "control": 17, "moment": MOMENT}
    return prepare_answer(document.payload, quantities, **(given | options))


def edifact(written):
    (message,) = edifact_syntax.read_messages(written)
    return message


def x12(written):
    (transaction,) = x12_syntax.read_transactions(written)
    return transaction


def select(message, tag):
    return [segment for segment in message.segments if segment.tag == tag]


@pytest.mark.parametrize(
    ("case", "quantities", "verdict"),
    [
        ("all", {"1": 10, "2": 1}, "accepted"),
        ("less", {"1": 4, "2": 1}, "changed"),
        ("one not at all", {"1": 10}, "changed"),
        ("nothing", {}, "rejected"),
    ],
)
def test_verdict_follows_from_the_quantities(case, quantities, verdict):
    assert answer("edifact", quantities).verdict == verdict


def test_ordrsp_says_what_of_each_line_is_accepted():
    message = edifact(
        edifact_writer.write_response(answer("edifact", {"1": 4, "2": 1}))
    )
    actions = [segment.get(1) for segment in select(message, "LIN")]
    units = [s.get(0, 1) for s in select(message, "QTY") if s.get(0) == "113"]
    assert (message.kind, actions, units) == ("ORDRSP", ["3", "5"], ["4", "1"])


def test_answer_goes_to_whom_the_order_came_from():
    message = edifact(edifact_writer.write_response(answer("edifact", {})))
    assert (message.envelope.get(1), message.envelope.get(2)) == (
        "4012345000009",
        "5412345000013",
    )


def test_desadv_has_the_shipped_lines_only():
    given = answer("edifact", {"2": 1}, only_these=True, tracking="1Z999")
    message = edifact(edifact_writer.write_despatch(given))
    assert [segment.get(0) for segment in select(message, "LIN")] == ["2"]


def test_sign_in_a_text_is_escaped():
    given = answer("edifact", {"1": 1}, carrier="Fast+Safe's")
    message = edifact(edifact_writer.write_despatch(given))
    assert select(message, "TDT")[0].get(4, 3) == "Fast+Safe's"


@pytest.mark.parametrize(
    "write", [edifact_writer.write_response, edifact_writer.write_despatch]
)
def test_counts_of_edifact_are_right(write):
    assert edifact(write(answer("edifact", {"1": 10, "2": 1}))).warnings == ()


def test_855_says_what_of_each_line_is_accepted():
    message = x12(x12_writer.write_response(answer("x12", {"1": 4, "2": 0})))
    found = [(s.get(1), s.get(2)) for s in select(message, "ACK")]
    assert (message.kind, found) == ("855", [("IQ", "4"), ("IR", "0")])


def test_856_names_order_parcel_and_units():
    given = answer("x12", {"1": 10}, only_these=True, tracking="1Z999")
    message = x12(x12_writer.write_despatch(given))
    said = select(message, "PRF")[0].get(1), select(message, "REF")[0].get(2)
    assert (said, select(message, "SN1")[0].get(2)) == (("4711", "1Z999"), "10")


@pytest.mark.parametrize(
    "write", [x12_writer.write_response, x12_writer.write_despatch]
)
def test_counts_of_x12_are_right(write):
    assert x12(write(answer("x12", {"1": 10, "2": 1}))).warnings == ()


def test_isa_has_the_length_of_the_standard():
    written = x12_writer.write_response(answer("x12", {})).decode()
    assert written.index("~") == 105


def test_answer_that_is_repeated_is_the_same_file():
    first, second = (
        edifact_writer.write_response(answer("edifact", {"1": 10}))
        for _turn in range(2)
    )
    assert first == second
