# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

import pytest

from odoo.addons.oms_returns.engine.eligibility import (
    LineFacts,
    Reason,
    Verdict,
    judge,
)


def facts(asked=1, delivered=3, returned=0, requested=0, **values):
    return LineFacts(
        asked=Decimal(asked),
        delivered=Decimal(delivered),
        returned=Decimal(returned),
        requested=Decimal(requested),
        **values,
    )


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("case", "given", "reasons"),
    [
        ("some of it", facts(asked=2), []),
        ("all of it", facts(asked=3), []),
        ("more than delivered", facts(asked=4), ["too_many"]),
        ("came back already", facts(asked=2, returned=2), ["too_many"]),
        ("on another return", facts(asked=2, requested=2), ["too_many"]),
        ("never delivered", facts(delivered=0), ["not_delivered"]),
        ("a service", facts(is_goods=False, delivered=0), ["not_goods"]),
        ("nothing asked", facts(asked=0), ["nothing_asked"]),
        ("less than nothing", facts(asked=-1), ["nothing_asked"]),
    ],
)
def test_request_is_judged(case, given, reasons):
    assert codes(judge(given)) == reasons, case


def test_every_objection_is_collected():
    assert codes(judge(facts(asked=0, delivered=0))) == [
        "nothing_asked",
        "not_delivered",
    ]


def test_objection_refuses():
    assert not judge(facts(asked=4)).allowed


def test_doubt_allows_once_a_person_has_looked():
    verdict = Verdict((Reason("high_value", needs_review=True),))
    assert (verdict.allowed, verdict.needs_review) == (True, True)


def test_rule_of_a_third_party_is_asked():
    def no_lamps(_facts):
        return Reason("no_lamps")

    assert codes(judge(facts(), rules=(no_lamps,))) == ["no_lamps"]
