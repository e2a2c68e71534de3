# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KINDS = [
    ("capture", "Captured"),
    ("version", "Changed in the shop"),
    ("payment", "Payment"),
    ("hold", "Held"),
    ("release", "Released"),
    ("rule", "Rule applied"),
    ("route", "Routed"),
    ("promise", "Promised"),
    ("reserve", "Reserved"),
    ("pick", "Picked"),
    ("pack", "Packed"),
    ("label", "Label printed"),
    ("ship", "Shipped"),
    ("tracking", "Tracking"),
    ("delivery", "Delivered"),
    ("invoice", "Invoiced"),
    ("refund", "Refunded"),
    ("return", "Return"),
    ("mail", "Mail"),
    ("edit", "Edited"),
    ("cancel", "Cancelled"),
    ("push", "Told to the shop"),
    ("note", "Note"),
]


class OmsEvent(models.Model):
    """One happening in the life of an order. Appended, never changed.

    The database itself refuses UPDATE and DELETE (see :meth:`init`); only
    retention, and the removal of a whole order, may delete.
    """

    _name = "oms.event"
    _description = "Order Event"
    _order = "date desc, id desc"
    _rec_name = "sentence"
    _log_access = False

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True)
    channel_id = fields.Many2one("oms.channel", index="btree_not_null")
    kind = fields.Selection(KINDS, required=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", default=lambda self: self.env.uid)
    actor = fields.Char(help="The program or rule that acted, if it was not a person.")
    sentence = fields.Char(required=True)
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    data = fields.Json()
    buyer_visible = fields.Boolean()

    # Answers "the newest happenings", the feed of the control tower.
    _date_idx = models.Index("(date DESC)")

    def init(self):
        """Let the database refuse what would falsify the history."""
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION oms_event_is_append_only()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE'
                       AND current_setting('oms.retention', true) = 'on' THEN
                        RETURN OLD;
                    END IF;
                    RAISE check_violation USING MESSAGE =
                        'oms_event is append-only: ' || TG_OP || ' refused';
                END $$;
                DROP TRIGGER IF EXISTS oms_event_append_only ON oms_event;
                CREATE TRIGGER oms_event_append_only
                    BEFORE UPDATE OR DELETE ON oms_event
                    FOR EACH ROW EXECUTE FUNCTION oms_event_is_append_only();
                DROP TRIGGER IF EXISTS oms_event_not_emptied ON oms_event;
                CREATE TRIGGER oms_event_not_emptied
                    BEFORE TRUNCATE ON oms_event
                    FOR EACH STATEMENT EXECUTE FUNCTION oms_event_is_append_only();
                """
            )
        )

    # === CRUD ===

    # There is nothing that super could do: the history is never written.
    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("The history of an order is appended, never changed.")
        )

    # === BUSINESS ===

    @api.model
    def _record(self, values_list):
        """Append events in one go.

        :param list values_list: dicts with at least ``order`` (sale.order record),
            ``kind`` and ``sentence``; optionally ``actor``, ``document`` (a record),
            ``data`` (JSON), ``buyer_visible``, ``date``
        """
        if not values_list:
            return self.browse()
        self.env["oms.control.tower"]._notify_changed()
        # Every role may cause an event, none may write the history by hand.
        return self.sudo().create(  # see above
            [self._prepare_event_values(**values) for values in values_list]
        )

    def _prepare_event_values(self, order, kind, sentence, document=None, **extra):
        values = {
            "order_id": order.id,
            "company_id": order.company_id.id,
            "channel_id": order.oms_channel_id.id,
            "kind": kind,
            "sentence": sentence,
            "user_id": self.env.uid,
        }
        if document:
            values |= {"res_model": document._name, "res_id": document.id}
        return values | extra

    @api.model
    def _allow_removal(self):
        """Open the append-only table for deletion until the transaction ends.

        For retention, and for orders that are deleted whole.
        """
        self.env.cr.execute(SQL("SELECT set_config('oms.retention', 'on', true)"))
