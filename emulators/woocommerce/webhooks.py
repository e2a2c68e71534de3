# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Deliveries as the platform makes them: late, together, unsorted, never again."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import html
import json
import threading
import time
from collections import deque
from typing import Any

from emulators.base.faults import Faults
from emulators.base.posting import post

from .store import Row, ShopError, Store

FAILURES_UNTIL_DISABLED = 5
# The queue runs every so many seconds: what happened in between is one delivery.
ROUND = 0.15
# Nobody knows the order in which a shop's queue runs; this one is what was seen.
ORDER = ("order.updated", "order.restored", "order.deleted", "order.created")


def public(row: Row) -> Row:
    return {key: value for key, value in row.items() if not key.startswith("_")}


class Webhooks:
    def __init__(self, store: Store, faults: Faults, url: str) -> None:
        self.store, self.faults, self.url = store, faults, url
        self.rows: dict[int, Row] = {}
        self.history: deque[Row] = deque(maxlen=2000)
        self._pending: dict[tuple[str, int], bytes | None] = {}
        self._later: list[tuple[float, Row, str, int, bytes]] = []
        self._busy = threading.Lock()
        self._stop_asked = threading.Event()
        self.published = 0
        store.publish = self.publish
        threading.Thread(target=self._run, name="woo-webhooks", daemon=True).start()

    # === SUBSCRIPTIONS ===
    def create(self, wish: Row, *, ping: bool = True) -> Row:
        now, number = self.store.clock(), self.store.next_id()
        topic = str(wish.get("topic") or "")
        if not wish.get("delivery_url") or "." not in topic:
            raise ShopError(
                "woocommerce_rest_invalid_webhook", "Webhook topic must be valid.", 400
            )
        row = {
            "id": number,
            "name": wish.get("name") or f"Webhook {number}",
            "status": wish.get("status") or "active",
            "topic": topic,
            "resource": topic.partition(".")[0],
            "event": topic.partition(".")[2],
            "hooks": [],
            "delivery_url": wish["delivery_url"],
            **self.store.stamp("created", now),
            **self.store.stamp("modified", now),
            "_secret": str(wish.get("secret") or ""),
            "_failures": 0,
        }
        self.rows[number] = row
        if ping:
            # Not in the caller's time: it may be the one that is called.
            body = f"webhook_id={number}".encode()
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            threading.Thread(
                target=post, args=(row["delivery_url"], body, form), daemon=True
            ).start()
        return row

    def change(self, row: Row, wish: Row) -> Row:
        row |= {
            k: wish[k] for k in ("name", "status", "topic", "delivery_url") if k in wish
        }
        if "secret" in wish:
            row["_secret"] = str(wish["secret"])
        if wish.get("status") == "active":
            row["_failures"] = 0
        return row

    # === EVENTS ===
    def publish(self, event: str, order: Row, before: Row | None) -> None:
        """Remember that something happened; the body is the state at delivery."""
        self.published += 1
        if self.faults.take("disabled_webhook"):
            for row in self.rows.values():
                row["status"] = "disabled"
        stale = None
        if before is not None and self.faults.take("stale_webhook", event):
            stale = _encode(event, copy.deepcopy(before))
        with self._busy:
            self._pending[event, order["id"]] = stale

    def flush(self) -> None:
        """Run the queue now."""
        # What one caller does in one go is in one round.
        with self.store.lock, self._busy:
            pending, self._pending = self._pending, {}
            ready = [row for row in self._later if row[0] <= time.monotonic()]
            self._later = [row for row in self._later if row not in ready]
        events = sorted(pending.items(), key=lambda item: ORDER.index(item[0][0]))
        if self.faults.take("out_of_order"):
            events.reverse()
        for (event, number), stale in events:
            for row in list(self.rows.values()):
                if row["topic"] == event and row["status"] == "active":
                    self._schedule(row, event, number, stale)
        for _due, row, event, number, body in ready:
            self._send(row, event, number, body)

    def _schedule(self, row: Row, event: str, number: int, stale: bytes | None) -> None:
        with self.store.lock:
            body = stale or _encode(
                event, self.store.orders.get(number, {"id": number})
            )
        if self.faults.take("lost_webhook", event):
            self._note(row, event, number, "lost", 0)
            return
        if late := self.faults.take("late_webhook", event):
            with self._busy:
                due = time.monotonic() + late.seconds
                self._later.append((due, row, event, number, body))
            return
        self._send(row, event, number, body)
        if self.faults.take("duplicate_webhook", event):
            self._send(row, event, number, body)

    def _send(self, row: Row, event: str, number: int, body: bytes) -> None:
        secret = html.unescape(row["_secret"]).encode()
        digest = hmac.new(secret, body, hashlib.sha256).digest()
        # The same for all deliveries of a webhook in one second.
        delivery = hashlib.sha256(f"{row['id']}{int(time.time())}".encode()).hexdigest()
        answer = post(
            row["delivery_url"],
            body,
            {
                "Content-Type": "application/json",
                "User-Agent": "WooCommerce/11.0.1 Hookshot (WordPress/7.1)",
                "X-WC-Webhook-Source": f"{self.url}/",
                "X-WC-Webhook-Topic": row["topic"],
                "X-WC-Webhook-Resource": row["resource"],
                "X-WC-Webhook-Event": row["event"],
                "X-WC-Webhook-Signature": base64.b64encode(digest).decode(),
                "X-WC-Webhook-ID": str(row["id"]),
                "X-WC-Webhook-Delivery-ID": delivery[:32],
            },
        )
        accepted = 200 <= answer <= 302
        row["_failures"] = 0 if accepted else row["_failures"] + 1
        if row["_failures"] > FAILURES_UNTIL_DISABLED:
            row["status"] = "disabled"
        self._note(row, event, number, "delivered" if accepted else "failed", answer)

    def _note(
        self, row: Row, event: str, number: int, status: str, answer: int
    ) -> None:
        self.history.append(
            {
                "webhook": row["id"],
                "topic": event,
                "order": number,
                "status": status,
                "answer": answer,
            }
        )

    # === LIFE ===
    def _run(self) -> None:
        while not self._stop_asked.wait(ROUND):
            self.flush()

    def stop(self) -> None:
        self._stop_asked.set()

    def forget(self) -> None:
        with self._busy:
            self._pending.clear()
            self._later.clear()
        self.rows.clear()
        self.history.clear()


def _encode(event: str, order: Row) -> bytes:
    body: Any = {"id": order["id"]} if event == "order.deleted" else public(order)
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
