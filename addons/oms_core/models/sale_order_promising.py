# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC

from odoo import fields, models
from odoo.tools import format_date, format_datetime

from ..engine.promise import Sale, find_promise_of_places

# With the day of the week: people plan by it.
DAY_FORMAT = "EEE d MMM y"


class SaleOrder(models.Model):
    """How a promise is found, frozen and told: decided first, written then."""

    _inherit = "sale.order"

    # === BUSINESS ===

    def _oms_promise(self):
        """Freeze what the buyers are promised; who has a promise keeps it.

        Called for a whole batch at its confirmation, when the places are chosen.
        """
        orders = self.filtered(lambda order: not order.oms_ship_by)
        orders._set_oms_promises(orders._find_oms_promises())

    def _oms_promise_anew(self, reason, ship_by=None, deliver_by=None):
        """Promise other dates and say why; open transfers follow.

        :param str reason: for the history, and for who talks to the buyer
        :param datetime ship_by: the date that a person promises; with
            ``deliver_by``. Without them the dates are found as of now.
        """
        orders = self.filtered(lambda order: order.state == "sale")
        if ship_by:
            orders._write_oms_promises(
                dict.fromkeys(orders, (ship_by, deliver_by, False))
            )
            orders._record_oms_promises({}, reason)
        else:
            found = orders._find_oms_promises(fields.Datetime.now())
            orders._set_oms_promises(found, reason)
        orders._push_oms_promises()
        orders._oms_on_promise_changed(reason)

    def _set_oms_promises(self, promises, reason=None):
        self._write_oms_promises(
            {
                order: (
                    promise.ship_by.replace(tzinfo=None, microsecond=0),
                    promise.deliver_by,
                    not promise.is_possible,
                )
                for order, promise in promises.items()
            }
        )
        self.browse().union(*promises)._record_oms_promises(promises, reason)

    def _push_oms_promises(self):
        """Let the deadlines of open transfers to the buyer follow."""
        moves = self.order_line.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.location_dest_usage == "customer"
            )
        )
        by_date = moves.grouped(lambda move: move.sale_line_id.order_id.oms_ship_by)
        for ship_by, same in by_date.items():
            same.date_deadline = ship_by

    # === HOOKS ===

    def _oms_on_promise_changed(self, reason):
        """These orders were promised other dates; extend to tell the buyer."""

    # === READING ===

    def _find_oms_promises(self, placed_at=None):
        """What can be promised to these orders; nothing is written.

        :param datetime placed_at: count from here, not from when each was ordered
        :return: {order: :class:`Promise`}, of those with goods that can be sent
        """
        goods = {
            order: order.order_line.filtered(lambda line: line._is_oms_goods())
            for order in self
        }
        moments = {
            order: placed_at or order.date_order
            for order, lines in goods.items()
            if lines and order.warehouse_id
        }
        if not moments:
            return {}
        since = min(moments.values())
        nodes = {order: order._get_oms_shipping_nodes() for order in moments}
        places = self.warehouse_id.union(*nodes.values())._get_oms_places(since)
        carriers = self.carrier_id._get_oms_carriers(since)
        found = {
            order: find_promise_of_places(
                [places[node.id] for node in nodes[order]],
                carriers[order.carrier_id.id],
                Sale(
                    placed_at=moment.replace(tzinfo=UTC),
                    lead_days=int(max(goods[order].mapped("customer_lead"))),
                    requested=order._get_oms_requested_day(places),
                ),
            )
            for order, moment in moments.items()
        }
        return {order: promise for order, promise in found.items() if promise}

    def _get_oms_shipping_nodes(self):
        """The places that ship a part of this order."""
        shared = {
            warehouse_id
            for line in self.order_line
            for warehouse_id, _quantity in line.oms_sourcing or ()
        }
        return self.warehouse_id.browse(shared) or self.warehouse_id

    def _get_oms_requested_day(self, places):
        """The day that the customer asked for, on the calendar of the place."""
        if not self.commitment_date:
            return None
        return places[self.warehouse_id.id].get_day(
            self.commitment_date.replace(tzinfo=UTC)
        )

    # === HISTORY ===

    def _record_oms_promises(self, promises, reason=None):
        known = {}
        self.env["oms.event"]._record(
            [
                {
                    "order": order,
                    "kind": "promise",
                    "sentence": order._get_oms_promise_sentence(
                        promises.get(order), reason, known
                    ),
                    "data": order._get_oms_promise_data(promises.get(order)),
                }
                for order in self
            ]
        )

    def _get_oms_promise_sentence(self, promise, reason, known):
        """What the history says; ``known`` remembers dates that were put in words."""
        key = (self.oms_ship_by, self.oms_deliver_by, self.warehouse_id.oms_tz)
        if key not in known:
            known[key] = {
                "ship_by": format_datetime(
                    self.env, key[0], tz=key[2], dt_format=f"{DAY_FORMAT} HH:mm"
                ),
                "deliver_by": format_date(self.env, key[1], date_format=DAY_FORMAT),
                "zone": key[2] or "UTC",
            }
        words = known[key] | {"place": self.warehouse_id.name, "reason": reason}
        if promise and not promise.is_possible:
            words["asked"] = format_date(
                self.env, self.commitment_date, date_format=DAY_FORMAT
            )
            return self.env._(
                "%(asked)s was asked for and cannot be kept: leaves %(place)s by "
                "%(ship_by)s (%(zone)s) at the earliest, arrives by %(deliver_by)s.",
                **words,
            )
        if reason:
            return self.env._(
                "Promised anew: leaves by %(ship_by)s (%(zone)s), arrives by "
                "%(deliver_by)s. Reason: %(reason)s",
                **words,
            )
        return self.env._(
            "Promised: leaves %(place)s by %(ship_by)s (%(zone)s), arrives by "
            "%(deliver_by)s.",
            **words,
        )

    def _get_oms_promise_data(self, promise):
        """How the promise was found, for who asks later."""
        data = {
            "ship_by": fields.Datetime.to_string(self.oms_ship_by),
            "deliver_by": fields.Date.to_string(self.oms_deliver_by),
            "place": self.warehouse_id.code,
            "carrier": self.carrier_id.name or "",
        }
        if promise:
            data |= {
                "work_begins": promise.start.isoformat(timespec="seconds"),
                "ready": promise.ready.isoformat(timespec="seconds"),
                "deliver_from": promise.deliver_from.isoformat(),
                "asked_for_is_kept": promise.is_asked,
                "asked_for_is_possible": promise.is_possible,
            }
        return data
