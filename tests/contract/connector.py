# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every connector promises, in the database: mixins for Odoo's tests.

``InboxContract`` is for every platform, ``WebhookContract`` for those that send
webhooks, ``ShopContract`` for those with an API that an emulator answers:

    class TestAcmeInbox(InboxContract, ChannelCommon):
        samples = [("first", PAYLOAD)]

        def newer(self, payload): ...
"""

import copy
import json
import logging
import os
import random

from tests.contract.document import get_left
from tests.contract.mutations import NASTY, put, ways
from tests.contract.polling import PollingContract

# Spoiled payloads that go the whole road; the mapping contract tries thousands.
PROBES = int(os.environ.get("OMS_FUZZ_ROAD", "300"))
FIRST_NUMBER = 1_600_000_000


class InboxContract:
    """Give ``samples``, what a newer version of one looks like, and ``numbered`` if
    the member with the number of an order is not ``id``.

    The channel of ``setUpClass`` or ``setUp`` runs on the platform already.
    """

    samples = []

    def get_sample(self):
        """A payload that is imported without a hold of its own."""
        return self.samples[0][1]

    def newer(self, payload):
        """The same order, cancelled later; with all that the platform changes then."""
        raise NotImplementedError

    # === STEPS ===

    def receive(self, *payloads):
        """Store and import; the messages."""
        received = json.loads(json.dumps(payloads, default=str))
        messages = self.channel._receive_orders(received)
        waiting = self.env["oms.channel.message"].union(*messages)
        todo = waiting.filtered(lambda message: message.state == "pending")
        self.channel._process_messages(todo.sorted("id"))
        return waiting

    def list_orders(self):
        return self.env["sale.order"].search([("oms_channel_id", "=", self.channel.id)])

    # === SAMPLES ===

    def test_samples_become_orders_with_their_totals(self):
        for name, payload in self.samples:
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                order = self.receive(payload).order_id
                self.assertEqual(f"{order.amount_total:.2f}", self._get_left(payload))
                savepoint.rollback()

    def _get_left(self, payload):
        connector = self.channel._get_connector()
        return f"{get_left(connector._map_order(self.channel, payload)):.2f}"

    # === ONCE ===

    def test_delivery_that_comes_again_is_the_same_message(self):
        first = self.receive(self.get_sample())
        self.assertEqual(self.receive(self.get_sample()), first)

    def test_delivery_that_comes_again_is_the_same_order(self):
        self.receive(self.get_sample(), self.get_sample())
        self.receive(self.get_sample())
        self.assertEqual(len(self.list_orders()), 1)

    # === ANY ORDER ===

    def test_versions_come_to_the_same_in_whatever_order(self):
        old = self.get_sample()
        new = self.newer(copy.deepcopy(old))
        ends = {
            name: self._get_end(versions)
            for name, versions in {
                "as they happened": (old, new),
                "the newer one first": (new, old),
                "the older one again": (old, new, old),
                "the newer one only": (new,),
            }.items()
        }
        self.assertEqual(len(set(ends.values())), 1, ends)

    def _get_end(self, versions):
        with self.env.cr.savepoint() as savepoint:
            for payload in versions:
                self.receive(payload)
            order = self.list_orders()
            payments = order.oms_payment_ids.sorted("external_id")
            end = (
                len(order),
                order.state,
                order.oms_external_version,
                f"{order.amount_total:.2f}",
                tuple((p.kind, f"{p.amount:.2f}") for p in payments),
            )
            savepoint.rollback()
        self.env.invalidate_all()
        return end

    # === SPOILED ===

    def test_spoiled_payload_is_an_order_or_a_quarantine_with_a_reason(self):
        """Hundreds in one batch, each an order of its own, beside one that is good."""
        good = self.numbered(self.get_sample(), FIRST_NUMBER)
        spoiled = [self.spoil(FIRST_NUMBER + turn) for turn in range(1, PROBES + 1)]
        messages = self.receive(good, *spoiled)
        for message in messages:
            with self.subTest(message.external_id, payload=message.payload[:200]):
                self.assert_order_or_reason(message)
        self.assertEqual(messages[0].state, "done")
        self.assertEqual(messages.order_id, self.list_orders())
        self.assertTrue(messages.filtered(lambda m: m.state == "quarantined"))

    def numbered(self, payload, number):
        """The payload as another order."""
        return payload | {"id": number}

    def spoil(self, number):
        chance = random.Random(number)
        _name, sample = chance.choice(self.samples)
        document = json.loads(
            json.dumps(self.numbered(sample, number), default=str), parse_float=str
        )
        for _turn in range(chance.randint(1, 3)):
            document = put(
                document, chance.choice(ways(document)), chance.choice(NASTY)
            )
        return document

    def assert_order_or_reason(self, message):
        self.assertIn(message.state, ("done", "quarantined", "skipped"))
        if message.state == "skipped":
            # Nobody need look into it: another payload has brought this order since.
            self.assertTrue(message.error)
            self.assertIn("by a later message", message.message_ids[0].body)
            return
        if message.state == "quarantined":
            self.assertTrue(message.error)
            self.assertTrue(message.acts)
            self.assertFalse(message.order_id)
            return
        order = message.order_id
        self.assertTrue(order.order_line)
        # Whole: confirmed or cancelled, and worth what it should be or held.
        self.assertIn(order.state, ("sale", "cancel"))
        if not order.oms_open_hold_ids:
            left = self._get_left(message._get_payload())
            self.assertEqual(f"{order.amount_total:.2f}", left)
        self.assertTrue(all(hold.reason for hold in order.oms_open_hold_ids))


class WebhookContract:
    """Give ``sign(body, secret)``: the headers with which the platform signs."""

    secret = "emulator-secret"
    BODY = b'{"id": 450789469, "note": "\xc3\xa9"}'

    def sign(self, body, secret):
        raise NotImplementedError

    def verify(self, headers, body=BODY):
        connector = self.channel._get_connector()
        return connector._verify_webhook(self.channel, headers, body)

    def test_signed_delivery_is_admitted(self):
        self.assertTrue(self.verify(self.sign(self.BODY, self.secret)))

    def test_header_is_found_in_whatever_case(self):
        signed = self.sign(self.BODY, self.secret)
        for change in (str.lower, str.upper):
            with self.subTest(change):
                headers = {change(name): value for name, value in signed.items()}
                self.assertTrue(self.verify(headers))

    def test_signature_of_another_secret_is_refused(self):
        self.assertFalse(self.verify(self.sign(self.BODY, "guess")))

    def test_signature_of_another_body_is_refused(self):
        signed = self.sign(self.BODY, self.secret)
        for body in (self.BODY + b" ", self.BODY[:-1], b"", b"{}"):
            with self.subTest(body):
                self.assertFalse(self.verify(signed, body))

    def test_delivery_without_a_signature_is_refused(self):
        self.assertFalse(self.verify({}))

    def test_signature_of_any_other_form_is_refused(self):
        for value in ("", "x", "\u20ac\udcff", "=" * 5000):
            with self.subTest(ascii(value[:5])):
                headers = dict.fromkeys(self.sign(self.BODY, self.secret), value)
                self.assertFalse(self.verify(headers))

    def test_former_secret_still_counts(self):
        self.channel.webhook_secret = "new-secret"
        self.assertTrue(self.verify(self.sign(self.BODY, self.secret)))

    def test_channel_without_a_secret_admits_nobody(self):
        self.channel._set_secret("webhook_secret", "")
        self.channel._set_secret("webhook_secret_old", "")
        self.assertFalse(self.verify(self.sign(self.BODY, "")))


class ShopContract(PollingContract):
    """The channel is a shop that an emulator keeps, as ``self.shop``.

    Its faults have the names of this class, or those in ``fault_names``.
    """

    fault_names = {}
    secrets = ()  # what must be seen nowhere
    changes = ()  # what the requests contain that tell of a parcel, in their order
    # Answers that a shop may give instead of what was asked for.
    FAULTS = (
        "throttle",
        "error_5xx_before",
        "error_5xx_after_effect",
        "invalid_key",
        "html_instead_of_json",
        "truncated_body",
    )

    def place(self):
        """A buyer places an order of two mugs; its number."""
        raise NotImplementedError

    def shrink_pages(self):
        """Have the client ask for three rows a page, so that there are several."""
        raise NotImplementedError

    def count_parcels(self, number):
        """How many parcels the shop knows of an order."""
        raise NotImplementedError

    def break_shop(self, name, times=True, match=""):
        wish = times if times is True else {"times": times, "match": match}
        self.shop.faults.set({self.fault_names.get(name, name): wish})

    def mend_shop(self):
        self.shop.faults.set({"clear": True})

    def fetch(self):
        self.channel._fetch()
        while self.channel._process_inbox():
            pass
        return self.list_fetched()

    def list_fetched(self):
        return self.env["sale.order"].search([("oms_channel_id", "=", self.channel.id)])

    # === IN ===

    def test_no_order_is_missed_while_pages_are_read(self):
        self.shrink_pages()
        numbers = {str(self.place()) for _turn in range(11)}
        self.break_shop("page_drift")
        self.assertEqual(set(self.fetch().mapped("oms_external_id")), numbers)

    def test_orders_of_one_moment_are_all_fetched(self):
        now = self.shop.store.clock()
        self.patch(self.shop.store, "clock", lambda: now)
        numbers = {str(self.place()) for _turn in range(4)}
        self.assertEqual(set(self.fetch().mapped("oms_external_id")), numbers)

    def test_second_fetch_changes_nothing(self):
        self.place()
        first = self.fetch()
        before = first.write_date
        self.assertEqual((self.fetch(), first.write_date), (first, before))

    def test_fetch_that_fails_says_why_keeps_its_place_and_loses_nothing(self):
        number = str(self.place())
        for fault in self.FAULTS:
            with self.subTest(fault):
                self.channel.fetched_until = "2026-01-01 00:00:00"
                self.break_shop(fault)
                self.channel._fetch()
                self.assertTrue(self.channel.last_error)
                self.assertEqual(str(self.channel.fetched_until), "2026-01-01 00:00:00")
                self.mend_shop()
        self.assertEqual(self.fetch().oms_external_id, number)
        self.assertFalse(self.channel.last_error)

    # === OUT ===

    def test_parcel_whose_answer_was_lost_is_told_once(self):
        number = self.place()
        order = self.fetch()
        self._ship(order)
        states = []
        for match in self.changes:
            self.break_shop("error_5xx_after_effect", 1, match)
            states.append(self._tell_again())
            self.mend_shop()
        states.append(self._tell_again())
        self.assertEqual((states[0], states[-1]), ("failed", "done"))
        self.assertEqual(self.count_parcels(number), 1)

    def _tell_again(self):
        outbox = self.channel.message_ids.filtered(lambda m: m.direction == "out")
        outbox.write({"next_try": False})
        self.channel.outage_until = False
        self.channel._process_outbox()
        (state,) = set(outbox.mapped("state"))
        return state

    # === SECRETS ===

    def test_secrets_are_in_no_error_and_in_no_log(self):
        self.place()
        seen = []
        with self.assertLogs("odoo.addons.oms_channels", logging.DEBUG) as logs:
            for fault in self.FAULTS:
                self.break_shop(fault)
                self.channel._fetch()
                seen += [
                    self.channel.last_error,
                    self.channel.action_test()["params"]["message"],
                ]
                self.mend_shop()
        text = "\n".join([*filter(None, seen), *logs.output])
        for secret in self.secrets:
            self.assertNotIn(secret, text)
