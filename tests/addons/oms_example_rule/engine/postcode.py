# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import dataclass

from odoo.addons.oms_routing.engine.problem import Node, Order
from odoo.addons.oms_routing.engine.quantities import Quantities
from odoo.addons.oms_routing.engine.sentences import Sentence, sentences
from odoo.addons.oms_routing.engine.steps import Score, Sorter

# An engine has no env: whoever shows a sentence translates it.
# pylint: disable=prefer-env-translation
_ = sentences("oms_example_rule")


@dataclass(frozen=True, slots=True)
class PostcodeRegion(Sorter):
    """One place first for the addresses of a region."""

    node: int
    prefixes: tuple[str, ...]

    def score(self, order: Order, node: Node, stock: Quantities) -> Score:
        if not order.ship_to.zip.startswith(self.prefixes):
            return Score(0, _("no place is set for this region"))
        if node.id == self.node:
            return Score(0, _("the place for this region"))
        return Score(1, _("another place is for this region"))

    @property
    def best(self) -> Sentence:
        return _("first choice")
