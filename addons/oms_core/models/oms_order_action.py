# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class OmsOrderAction(models.AbstractModel):
    """What a rule does to orders: the contract of one kind of action.

    A rule's action holds the code, the abstract model ``oms.order.action.<code>``
    holds the behaviour.
    """

    _name = "oms.order.action"
    _description = "Order Action"

    # === TO OVERRIDE ===

    def _apply(self, action, orders):
        """Do it, to all orders at once. Must be overridden.

        Called in a savepoint, with the rights of the system, once for each order;
        with any number of orders in a number of queries that does not grow with it.

        :param action: one ``oms.order.rule.action``: the parameters
        :param orders: confirmed ``sale.order`` records of one company
        :return: the orders that it changed
        """
        raise NotImplementedError(self._name)

    def _describe(self, action):
        """The action in a few words, as "tag VIP". Must be overridden."""
        raise NotImplementedError(self._name)
