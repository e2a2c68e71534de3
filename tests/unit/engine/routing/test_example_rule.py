# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.oms_example_rule.engine.postcode import PostcodeRegion

from odoo.addons.oms_routing.engine.geo import Place

from .builders import BOSTON, KETTLE, MUG, RENO, STEPS, plan

BOTH = {RENO: {MUG: 9}, BOSTON: {MUG: 9}}
RULE = PostcodeRegion(node=BOSTON, prefixes=("02", "03"))


def test_place_of_the_region_ships():
    answer = plan({MUG: 1}, BOTH, steps=(RULE, *STEPS), ship_to=Place(zip="02116"))
    assert answer.nodes == (BOSTON,)


def test_address_of_no_region_is_left_to_the_next_rule():
    answer = plan({MUG: 1}, BOTH, steps=(RULE, *STEPS), ship_to=Place(zip="94103"))
    assert answer.nodes == (RENO,)


def test_place_of_the_region_without_the_goods_does_not_ship():
    stock = {RENO: {MUG: 9}, BOSTON: {KETTLE: 9}}
    answer = plan({MUG: 1}, stock, steps=(RULE, *STEPS), ship_to=Place(zip="02116"))
    assert answer.nodes == (RENO,)
