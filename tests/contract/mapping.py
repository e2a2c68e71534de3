# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every mapper promises. Inherit the class, give payloads, run pytest.

    class TestAcmeMapping(MappingContract):
        samples = [("first", PAYLOAD)]
        order_key = staticmethod(mapper.order_key)
        order_from_payload = staticmethod(mapper.order_from_payload)

        def get_total(self, payload):
            return Decimal(payload["total"])

Needs no database. OMS_FUZZ says how many spoiled payloads are tried (200).
"""

import copy
import os
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.oms_channels.engine.documents import ChannelOrder, Payment
from odoo.addons.oms_channels.engine.errors import ChannelError, Rejected
from odoo.addons.oms_channels.engine.settling import settle
from tests.contract.mutations import mutants, values

FUZZ = settings(
    max_examples=int(os.environ.get("OMS_FUZZ", "200")),
    deadline=None,
    suppress_health_check=[
        HealthCheck.differing_executors,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
KINDS = {"goods", "shipping", "tip", "fee", "gift_card", "rounding"}
PAYMENTS = {"authorisation", "capture", "refund", "void"}


class MappingContract:
    """``samples`` are (name, payload); payloads that are refused do not belong here.

    ``differences``: {name: Decimal}, for samples whose platform itself published a
    total that differs from its lines.
    """

    samples: list[tuple[str, Any]] = []
    differences: dict[str, Decimal] = {}

    @staticmethod
    def order_key(payload: Any) -> tuple[str, str]:
        raise NotImplementedError

    @staticmethod
    def order_from_payload(payload: Any) -> ChannelOrder:
        raise NotImplementedError

    def get_total(self, payload: Any) -> Decimal:
        """What the platform says that the order costs."""
        raise NotImplementedError

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "sample" in metafunc.fixturenames:
            names = [name for name, _payload in self.samples]
            metafunc.parametrize("sample", names)

    def get_payload(self, sample: str) -> Any:
        return next(p for name, p in self.samples if name == sample)

    # === SAMPLES ===

    def test_there_are_samples(self):
        assert self.samples

    def test_total_is_the_platform_s_to_the_cent(self, sample):
        payload = self.get_payload(sample)
        assert self.order_from_payload(payload).total == self.get_total(payload)

    def test_lines_add_up_to_the_total(self, sample):
        order = self.order_from_payload(self.get_payload(sample))
        difference = self.differences.get(sample, Decimal(0))
        assert order.total - order.lines_total == difference

    def test_sample_keeps_what_every_order_keeps(self, sample):
        check_order(self.order_from_payload(self.get_payload(sample)))

    def test_key_is_that_of_the_order(self, sample):
        payload = self.get_payload(sample)
        order = self.order_from_payload(payload)
        assert self.order_key(payload) == (order.external_id, order.version)

    def test_mapping_changes_nothing_and_repeats_itself(self, sample):
        payload = self.get_payload(sample)
        before = copy.deepcopy(payload)
        first = self.order_from_payload(payload)
        assert (payload, self.order_from_payload(payload)) == (before, first)

    def test_unknown_members_are_ignored(self, sample):
        payload = self.get_payload(sample)
        more = payload | {"a_member_of_tomorrow": {"any": [1, None, "thing"]}}
        assert self.order_from_payload(more) == self.order_from_payload(payload)

    # === SPOILED ===

    @FUZZ
    @given(data=st.data())
    def test_spoiled_payload_is_an_order_or_a_refusal(self, data):
        payload = data.draw(mutants([payload for _name, payload in self.samples]))
        try:
            key, version = self.order_key(payload)
            order = self.order_from_payload(payload)
        except ChannelError as refusal:
            check_refusal(refusal)
        else:
            assert (key, version) == (order.external_id, order.version)
            check_order(order)

    @settings(FUZZ, max_examples=100)
    @given(payload=values)
    def test_anything_else_is_refused(self, payload):
        with pytest.raises(Rejected) as refusal:
            self.order_from_payload(payload)
        check_refusal(refusal.value)
        with pytest.raises(Rejected):
            self.order_key(payload)


# === WHAT EVERY ORDER KEEPS ===


def check_refusal(refusal: ChannelError) -> None:
    """A sentence for a person, which a database takes."""
    assert refusal.message.strip()
    assert len(refusal.message) < 1000
    assert_text(refusal.message)


def check_order(order: ChannelOrder) -> None:
    assert order.external_id
    assert order.number
    assert len(order.currency) == 3
    for moment in (order.placed_at, order.cancelled_at):
        assert moment is None or moment.utcoffset() == timedelta(0)
    for text in _list_texts(order):
        assert_text(text)
    for amount in (order.total, order.lines_total):
        assert_amount(amount)
    keys = [line.external_id for line in order.lines]
    assert keys
    assert len(set(keys)) == len(keys)
    for line in order.lines:
        _check_line(line)
    for payment in order.payments:
        _check_payment(payment)
    for refund in order.refunds:
        assert refund.external_id
        assert_amount(refund.kept)
    for line in settle(order):
        assert_amount(line.net)


def _check_line(line: Any) -> None:
    assert line.external_id
    assert line.name
    assert line.kind in KINDS
    assert line.quantity >= 0
    assert 0 <= line.cancelled <= line.quantity
    assert 0 <= line.fulfilled <= line.quantity
    for amount in (line.quantity, line.unit_price, line.discount, line.net, line.tax):
        assert_amount(amount)
    for tax in line.taxes:
        assert tax.title
        assert tax.rate >= 0
        assert_amount(tax.amount)


def _check_payment(payment: Payment) -> None:
    assert payment.external_id
    assert payment.kind in PAYMENTS
    assert payment.amount >= 0
    assert_amount(payment.amount)
    assert payment.date.utcoffset() == timedelta(0)


def _list_texts(order: ChannelOrder) -> list[str]:
    texts = [order.external_id, order.number, order.note, order.gift_note]
    texts += [order.customer.name, order.customer.email, order.ship_to.street]
    texts += [*order.tags, order.shipping_method, order.purchase_order]
    for line in order.lines:
        texts += [line.name, line.sku, line.note, line.product_external_id]
    return texts


def assert_text(text: str) -> None:
    """No NUL and no half characters: PostgreSQL takes neither."""
    assert isinstance(text, str)
    assert "\0" not in text
    text.encode()


def assert_amount(amount: Decimal) -> None:
    """Exact: a Decimal, finite, and not a float's."""
    assert isinstance(amount, Decimal)
    assert amount.is_finite()
