# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo.addons.oms_routing.engine.sentences import join, sentences

_ = sentences("some_addon")


def test_every_part_of_a_sentence_is_translated():
    sentence = _("%(place)s: %(why)s", place="Reno", why=_("closed"))
    assert sentence.render(
        lambda module, text: (
            text.upper()
            .replace(")S", ")s")
            .replace("PLACE", "place")
            .replace("WHY", "why")
        )
    ) == ("Reno: CLOSED")


def test_translator_is_told_whose_text_it_is():
    asked = []
    _("closed").render(lambda module, text: asked.append((module, text)) or text)
    assert asked == [("some_addon", "closed")]


def test_percent_sign_without_values_stays():
    assert str(_("100% full")) == "100% full"


def test_whole_decimal_has_no_point():
    assert str(_("%(n)s left", n=Decimal("3.000"))) == "3 left"


def test_long_list_is_cut_and_counted():
    assert str(join(["a", "b", "c", "d"])) == "a, b, c and 1 more"
