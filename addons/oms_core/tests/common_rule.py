# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from .common import OmsCommon


class RuleCommon(OmsCommon):
    """Rules made in one call; other rules of the database are switched off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, queue_job__no_delay=True))
        cls.env["oms.order.rule"].search([]).active = False
        cls.tag = cls.env["crm.tag"].create({"name": "Test VIP"})
        cls.fraud = cls.env.ref("oms_core.hold_type_fraud")
        cls.stopping = cls.env["oms.hold.type"].create(
            {"name": "Test stop", "code": "test_stop", "blocks_allocate": True}
        )

    # === FACTORIES ===

    @classmethod
    def _create_rule(cls, *actions, name="Test Rule", **values):
        """A rule about every order of the test channel; actions are dicts."""
        return cls.env["oms.order.rule"].create(
            {
                "name": name,
                "channel_ids": [Command.set(cls.channel.ids)],
                "action_ids": [Command.create(action) for action in actions],
                **values,
            }
        )

    @classmethod
    def _hold_action(cls, hold_type=None, **values):
        hold_type = hold_type or cls.fraud
        return {"code": "hold", "hold_type_id": hold_type.id, **values}

    @classmethod
    def _tag_action(cls):
        return {"code": "tag", "tag_ids": [Command.set(cls.tag.ids)]}

    @classmethod
    def _create_orders(cls, number, **values):
        return cls.env["sale.order"].create(
            [
                {
                    "partner_id": cls.customer.id,
                    "oms_channel_id": cls.channel.id,
                    "warehouse_id": cls.warehouse.id,
                    "order_line": [
                        Command.create({"product_id": cls.mug.id, "product_uom_qty": 1})
                    ],
                    **values,
                }
                for _number in range(number)
            ]
        )

    # === READING ===

    def _get_rule_events(self, orders):
        return orders.oms_event_ids.filtered(lambda event: event.kind == "rule")
