# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.catalogue import ShopSettings, join_settings, read_settings
from ..engine.errors import Rejected


class OmsConnector(models.AbstractModel):
    """What a platform can do; one abstract model per platform inherits this.

    ``oms.channel.platform = "acme"`` finds ``oms.connector.acme``. Each method gets
    the channel. Every error is one of ``engine/errors.py``; whoever calls a
    connector answers those and nothing else.
    """

    _name = "oms.connector"
    _description = "Channel Connector"

    # Whether the platform has the orders itself, so that they can differ from ours.
    _keeps_orders = True
    # Whether a parcel's number may be told when the parcel has been told already.
    _takes_tracking = False

    def _map_order(self, channel, payload):
        """Turn one raw order into a ``ChannelOrder``. Must be overridden.

        :param payload: parsed JSON (dict)
        :raise Rejected: names the field and the value that are wrong
        """
        raise NotImplementedError(self._name)

    def _get_order_key(self, channel, payload):
        """(external id, version) of a raw order, without mapping it.

        Must be overridden. Called when the payload is stored, so that the same
        version is stored once.

        :raise Rejected: if the payload has no id
        """
        raise NotImplementedError(self._name)

    def _refresh_orders(self, channel, payloads):
        """Raw orders as they are now, before they are mapped. Can be overridden.

        For a platform whose webhooks say less than its API: called by the job, which
        may take its time, and for a whole batch.

        :return: list as long as the other; a ChannelError where there is none
        """
        return payloads

    def _is_ping(self, channel, headers, body):
        """Whether a delivery only asks if anybody is there. Can be overridden.

        It is answered and nothing else, and needs no signature.
        """
        return False

    def _verify_webhook(self, channel, headers, body):
        """Whether a delivery really comes from the platform.

        Can be overridden; a platform without webhooks refuses all.

        :param headers: mapping, case-insensitive
        :param bytes body: as received
        :return: bool, found in constant time
        """
        return False

    def _read_webhook(self, channel, headers, payload):
        """The raw orders that a verified delivery carries; [] if it is of another kind.

        Can be overridden. A signal that only names orders is answered by fetching
        them in ``_fetch_orders``, not here: the request must be quick.
        """
        return []

    def _read_privacy_request(self, channel, headers, payload):
        """What a verified delivery asks about a buyer's data. Can be overridden.

        :return: a ``PrivacyRequest``, or None if the delivery is of another kind
        """
        return

    def _fetch_orders(self, channel, since, cursor=None):
        """One page of raw orders changed since a moment. Can be overridden.

        :return: (list of payloads, next cursor or None)
        """
        return [], None

    def _read_clock(self, channel):
        """What time it is in the shop. Can be overridden.

        The shop dates its changes by its own clock; so is the window dated in which
        they are asked for.

        :return: UTC, without zone; None if the shop does not tell
        """
        return

    def _push_shipments(self, channel, shipments):
        """Tell the platform what has left. Can be overridden.

        Doing it twice must have the effect of once (read back, or idempotency key).

        :param shipments: list of ``Shipment``
        :return: {shipment key: error or None}
        """
        return {}

    def _push_tracking(self, channel, changes):
        """Tell the numbers of parcels that the platform knows. Can be overridden.

        With ``_takes_tracking``; doing it twice must have the effect of once.

        :param changes: list of ``engine.tracking.TrackingChange``
        :return: {key: error or None}
        """
        return {}

    def _push_stock(self, channel, levels):
        """Tell the platform what may be sold. Can be overridden.

        :param levels: list of ``StockLevel``
        :return: {sku: error or None}
        """
        return {}

    def _fetch_catalogue(self, channel, cursor=None):
        """One page of what the shop sells. Can be overridden.

        :return: (list of ``CatalogueItem``, next cursor or None)
        """
        return [], None

    def _fetch_locations(self, channel):
        """Where the shop keeps stock. Can be overridden.

        :return: {external id: name}; empty if it knows one stock only
        """
        return {}

    def _fetch_settings(self, channel, orders):
        """What of the shop has to be matched with something here.

        Can be overridden, by a platform that lists its taxes, payments and shipping
        methods; others show them in their orders.

        :param orders: list of ``ChannelOrder``, a sample of the newest
        :return: ``ShopSettings``
        """
        places = ShopSettings(locations=tuple(self._fetch_locations(channel).items()))
        return join_settings(places, read_settings(orders))

    def _push_prices(self, channel, prices):
        """Tell the platform what things cost. Can be overridden.

        :param prices: list of ``Price``
        :return: {sku: error or None}
        """
        return {}

    def _push_cancellations(self, channel, cancellations):
        """Cancel orders there. Can be overridden.

        :param cancellations: list of ``Cancellation``
        :return: {key: error or None}
        """
        return {}

    def _get_cancel_reason(self, channel, word):
        """Code of the ``oms.cancel.reason`` that the platform's word stands for.

        Can be overridden; a platform without words of its own uses our codes.
        """
        return word

    def _push_refunds(self, channel, refunds):
        """Give money back there; twice must have the effect of once.

        Can be overridden.

        :param refunds: list of ``Refund``
        :return: {key: error or None}
        """
        return {}

    def _push_edits(self, channel, edits):
        """Change the units of orders there; twice must have the effect of once.

        Can be overridden where a platform lets orders be edited.

        :param edits: list of ``OrderEdit``
        :return: {key: error or None}
        """
        return self._refuse_each(
            edits,
            self.env._(
                "This platform lets no program edit orders: change it there by hand, "
                "then skip this message."
            ),
        )

    def _push_closes(self, channel, closings):
        """Tell that nothing is left to do with orders. Can be overridden.

        :param closings: list of ``Closing``
        :return: {key: error or None}
        """
        return {}

    def _push_captures(self, channel, captures):
        """Take what was secured; twice must have the effect of once.

        Can be overridden where a platform takes money on demand.

        :param captures: list of ``Capture``
        :return: {key: error or None}
        """
        return self._refuse_each(
            captures,
            self.env._("This platform takes no money on demand: take it there."),
        )

    def _push_voids(self, channel, voids):
        """Let go what was secured; twice must have the effect of once.

        Can be overridden, as above.

        :param voids: list of ``Capture``
        :return: {key: error or None}
        """
        return self._refuse_each(
            voids, self.env._("This platform lets no money go on demand: do it there.")
        )

    def _refuse_each(self, wishes, sentence):
        return {wish.key: Rejected(sentence, acts="clerk") for wish in wishes}

    def _fetch_settlements(self, channel, since):
        """Payouts since a moment. Can be overridden by a platform that pays out.

        :return: (the gateway that paid, in the platform's words; list of
            ``engine.settlements.Settlement``)
        """
        return "", []

    def _register_webhooks(self, channel):
        """Have the platform send its webhooks here. Can be overridden.

        :return: how many there are now
        """
        return 0

    def _mend_webhooks(self, channel):
        """Make active again what the platform has given up. Can be overridden.

        :return: list of topics that were not active
        """
        return []

    def _test(self, channel):
        """Try the connection; return one sentence. Raise a ChannelError if it fails."""
        return self.env._("This channel needs no connection.")
