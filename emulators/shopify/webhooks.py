# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Subscriptions, and deliveries that are retried as the platform retries them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
import uuid
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from emulators.base.faults import Faults
from emulators.base.posting import post

from . import API_VERSION
from .model import Record
from .store import Store

# Eight retries within four hours.
RETRY_DELAYS = (10.0, 60.0, 300.0, 900.0, 1800.0, 2700.0, 3600.0, 4500.0)
FAILURES_UNTIL_REMOVAL = 8
_PAIR_WAIT = 0.4
ONE_ID = "00000000-0000-4000-8000-000000000000"


@dataclass(eq=False)
class Subscription(Record):
    KIND = "WebhookSubscription"
    topic: str  # orders/create
    uri: str
    created_at: datetime
    updated_at: datetime
    include_fields: list[str] = field(default_factory=list)
    name: str | None = None
    by_app: bool = False  # declared by the app: the platform never removes it
    failures: int = 0


@dataclass(eq=False)
class Delivery:
    subscription: Subscription
    body: bytes
    headers: dict[str, str]
    due: float
    attempts: int = 0
    repeats: int = 0  # times that it is sent again although it was accepted
    status: str = "waiting"  # waiting | sending | delivered | failed | lost
    answers: list[int] = field(default_factory=list)


class Webhooks:
    def __init__(
        self,
        store: Store,
        faults: Faults,
        secret: str,
        *,
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self.store = store
        self.faults = faults
        self.secret = secret.encode()
        self.retry_delays = tuple(retry_delays)
        self.subscriptions: dict[int, Subscription] = {}
        self.history: deque[Delivery] = deque(maxlen=2000)
        self._waiting: list[Delivery] = []
        self._ready = threading.Condition()
        self._pool = ThreadPoolExecutor(4, "webhook")
        self._stopped = False
        self._held: list[Delivery] = []
        self.published = 0
        store.publish = self.publish
        threading.Thread(target=self._run, name="webhooks", daemon=True).start()

    # === SUBSCRIPTIONS ===
    def subscribe(self, topic: str, uri: str, **values: Any) -> Subscription:
        now = self.store.clock()
        row = Subscription(
            self.store.next_id("WebhookSubscription"), topic, uri, now, now, **values
        )
        self.subscriptions[row.id] = row
        return row

    def give_up(self) -> None:
        """As after too many failures; what the app declares of itself stays."""
        rows = self.subscriptions.items()
        self.subscriptions = {key: row for key, row in rows if row.by_app}

    # === EVENTS ===
    def publish(self, events: list[tuple[str, dict[str, Any]]]) -> None:
        """All that one action caused; the bodies are fixed now, retries repeat them."""
        self.published += 1
        if self.faults.take("disabled_webhook"):
            self.give_up()
        event_id = str(uuid.uuid4())
        moment = self.store.clock().strftime("%Y-%m-%dT%H:%M:%S.000000000Z")
        for topic, body in events:
            for row in list(self.subscriptions.values()):
                if row.topic == topic:
                    self._schedule(self._delivery(row, body, event_id, moment))

    def _delivery(self, row: Subscription, body, event_id, moment) -> Delivery:
        if row.include_fields:
            body = {key: body[key] for key in row.include_fields if key in body}
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        digest = hmac.new(self.secret, raw, hashlib.sha256).digest()
        return Delivery(
            row,
            raw,
            {
                "Content-Type": "application/json",
                "User-Agent": "Shopify-Captain-Hook",
                "X-Shopify-Topic": row.topic,
                "X-Shopify-Hmac-SHA256": base64.b64encode(digest).decode(),
                "X-Shopify-Shop-Domain": self.store.domain,
                "X-Shopify-API-Version": API_VERSION,
                "X-Shopify-Webhook-Id": str(uuid.uuid4()),
                "X-Shopify-Event-Id": event_id,
                "X-Shopify-Triggered-At": moment,
            },
            time.monotonic(),
        )

    def _schedule(self, delivery: Delivery) -> None:
        topic = delivery.subscription.topic
        self.history.append(delivery)
        if self.faults.take("lost_webhook", topic):
            delivery.status = "lost"
            return
        if late := self.faults.take("late_webhook", topic):
            delivery.due += late.seconds
        if self.faults.take("repeated_delivery_id", topic):
            delivery.headers["X-Shopify-Webhook-Id"] = ONE_ID
        if self.faults.take("duplicate_webhook", topic):
            delivery.repeats = 1
        if self.faults.take("stale_retry", topic):
            delivery.repeats = -1
        with self._ready:
            if self.faults.take("out_of_order", topic):
                self._swap(delivery)
            self._waiting.append(delivery)
            self._ready.notify()

    def _swap(self, delivery: Delivery) -> None:
        """The first of a pair waits for the second, but not for ever."""
        if self._held and self._held[0].status == "waiting":
            self._held.pop().due = delivery.due + _PAIR_WAIT / 4
        else:
            delivery.due += _PAIR_WAIT
            self._held = [delivery]

    # === SENDING ===
    def _run(self) -> None:
        while not self._stopped:
            with self._ready:
                now = time.monotonic()
                due = [row for row in self._waiting if row.due <= now]
                self._waiting = [row for row in self._waiting if row.due > now]
                for row in due:
                    row.status = "sending"
                if not due:
                    nearest = min((row.due for row in self._waiting), default=now + 60)
                    self._ready.wait(max(nearest - now, 0.001))
                    continue
            for row in due:
                self._pool.submit(self._send, row)

    def _send(self, delivery: Delivery) -> None:
        if delivery.subscription.id not in self.subscriptions:
            delivery.status = "failed"
            return
        delivery.attempts += 1
        row = delivery.subscription
        answer = post(row.uri, delivery.body, delivery.headers)
        delivery.answers.append(answer)
        accepted = 200 <= answer < 300
        with self.store.lock:
            self._note(row, accepted)
        if accepted and delivery.repeats > 0:
            delivery.repeats -= 1
            self._again(delivery, 0.0)
        elif accepted and delivery.repeats < 0:
            delivery.repeats = 0
            self._again(delivery, self.retry_delays[0] if self.retry_delays else 0.0)
        elif accepted:
            delivery.status = "delivered"
        elif delivery.attempts <= len(self.retry_delays):
            self._again(delivery, self.retry_delays[delivery.attempts - 1])
        else:
            delivery.status = "failed"

    def _note(self, row: Subscription, accepted: bool) -> None:
        row.failures = 0 if accepted else row.failures + 1
        if row.failures > FAILURES_UNTIL_REMOVAL and not row.by_app:
            self.subscriptions.pop(row.id, None)

    def _again(self, delivery: Delivery, delay: float) -> None:
        delivery.due = time.monotonic() + delay
        with self._ready:
            delivery.status = "waiting"
            self._waiting.append(delivery)
            self._ready.notify()

    # === CONTROL ===
    def forget(self) -> None:
        """A new shop: only what the app declares of itself stays subscribed."""
        with self._ready:
            self._waiting.clear()
        self.history.clear()
        self._held.clear()
        self.give_up()

    def flush(self) -> int:
        """Make everything that waits due now; returns how many that are."""
        with self._ready:
            for row in self._waiting:
                row.due = 0.0
            self._ready.notify()
            return len(self._waiting)

    @property
    def idle(self) -> bool:
        return all(row.status not in ("waiting", "sending") for row in self.history)

    def state(self) -> list[dict[str, Any]]:
        return [
            {
                "topic": row.subscription.topic,
                "uri": row.subscription.uri,
                "webhook_id": row.headers["X-Shopify-Webhook-Id"],
                "event_id": row.headers["X-Shopify-Event-Id"],
                "status": row.status,
                "attempts": row.attempts,
                "answers": list(row.answers),
            }
            for row in list(self.history)
        ]

    def stop(self) -> None:
        with self._ready:
            self._stopped = True
            self._ready.notify()
        self._pool.shutdown(wait=False, cancel_futures=True)
