# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsRoutingStep(models.AbstractModel):
    """What a kind of rule does; one abstract model per kind inherits this.

    ``oms.routing.rule.kind = "acme"`` finds ``oms.routing.step.acme``.
    """

    _name = "oms.routing.step"
    _description = "Routing Step"

    def _build(self, rule):
        """The engine's step with the parameters of a rule. Must be overridden.

        :return: an ``engine.steps.Filter`` or ``Sorter``: a frozen dataclass that
            knows nothing of the database
        """
        raise NotImplementedError(self._name)

    def _describe(self, rule):
        """What a rule does, in a sentence for the person who orders them.

        Must be overridden.
        """
        raise NotImplementedError(self._name)
