# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the shop sends, how it signs, and how it repeats."""

import base64
import hashlib
import hmac

import pytest

from emulators.shopify import DEFAULT_SECRET

SUBSCRIBE = """mutation ($topic: WebhookSubscriptionTopic!, $uri: String!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: {uri: $uri}) {
    webhookSubscription { id topic uri } userErrors { field message } } }"""
COUNT = "{ webhookSubscriptions(first: 10) { nodes { id topic uri } } }"


@pytest.fixture
def subscribe(client, inbox):
    def subscribe(*topics):
        for topic in topics:
            answer = client.ask(SUBSCRIBE, topic=topic, uri=inbox.url)
            assert answer["webhookSubscriptionCreate"]["userErrors"] == []

    return subscribe


def test_order_is_announced_with_the_documented_headers(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    order = client.place_plain()
    (hook,) = inbox.wait(1)
    assert hook.body["id"] == order["id"]
    assert hook.body["admin_graphql_api_id"] == order["gid"]
    assert hook.headers["X-Shopify-Topic"] == "orders/create"
    assert hook.headers["X-Shopify-API-Version"] == "2026-10"
    assert hook.headers["X-Shopify-Shop-Domain"].endswith(".myshopify.com")
    for name in ("Webhook-Id", "Event-Id", "Triggered-At"):
        assert hook.headers[f"X-Shopify-{name}"]


def test_signature_is_over_the_raw_body(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    client.place_plain(note="Ring twice 🏡\nplease")
    (hook,) = inbox.wait(1)
    digest = hmac.new(DEFAULT_SECRET.encode(), hook.raw, hashlib.sha256).digest()
    assert hook.headers["X-Shopify-Hmac-SHA256"] == base64.b64encode(digest).decode()


def test_one_action_has_one_event_id_and_many_webhook_ids(client, inbox, subscribe):
    subscribe("ORDERS_CREATE", "ORDERS_UPDATED", "ORDERS_PAID")
    client.place_plain()
    hooks = inbox.wait(3)
    assert len({hook.headers["X-Shopify-Event-Id"] for hook in hooks}) == 1
    assert len({hook.headers["X-Shopify-Webhook-Id"] for hook in hooks}) == 3


def test_retry_repeats_the_original_body_under_the_same_id(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    inbox.answers.append(500)
    client.place_plain()
    first, second = inbox.wait(2)
    assert second.raw == first.raw
    assert (
        second.headers["X-Shopify-Webhook-Id"] == first.headers["X-Shopify-Webhook-Id"]
    )


def test_subscription_is_deleted_when_a_delivery_and_its_retries_fail(
    client, inbox, subscribe
):
    subscribe("ORDERS_CREATE")
    inbox.answers.extend([500] * 9)
    client.place_plain()
    client.control("webhooks/flush", {})
    assert len(inbox.received) == 9
    assert client.ask(COUNT)["webhookSubscriptions"]["nodes"] == []


def test_subscription_survives_fewer_failures(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    inbox.answers.extend([500] * 8)
    client.place_plain()
    client.control("webhooks/flush", {})
    assert len(client.ask(COUNT)["webhookSubscriptions"]["nodes"]) == 1


def test_same_address_cannot_subscribe_twice(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    answer = client.ask(SUBSCRIBE, topic="ORDERS_CREATE", uri=inbox.url)
    errors = answer["webhookSubscriptionCreate"]["userErrors"]
    assert errors[0]["message"] == "Address for this topic has already been taken"


def test_deleted_subscription_is_silent(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    (row,) = client.ask(COUNT)["webhookSubscriptions"]["nodes"]
    client.ask(
        """mutation ($id: ID!) { webhookSubscriptionDelete(id: $id) {
          deletedWebhookSubscriptionId userErrors { message } } }""",
        id=row["id"],
    )
    client.place_plain()
    assert client.control("webhooks/flush", {})["deliveries"] == []
    assert inbox.received == []


# === FAULTS ===
def test_duplicate_comes_under_the_same_id(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    client.control("faults", {"duplicate_webhook": 1})
    client.place_plain()
    first, second = inbox.wait(2)
    assert (
        first.headers["X-Shopify-Webhook-Id"] == second.headers["X-Shopify-Webhook-Id"]
    )


def test_late_webhook_comes_after_a_newer_one(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    client.control("faults", {"late_webhook": {"times": 1, "seconds": 0.3}})
    placed = [client.place_plain()["id"], client.place_plain()["id"]]
    assert [hook.body["id"] for hook in inbox.wait(2)] == placed[::-1]


def test_webhooks_of_different_orders_have_one_id_on_demand(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    client.control("faults", {"repeated_delivery_id": True})
    client.place(2)
    hooks = inbox.wait(2)
    assert len({hook.headers["X-Shopify-Webhook-Id"] for hook in hooks}) == 1
    assert len({hook.body["id"] for hook in hooks}) == 2


def test_subscriptions_end_on_demand(client, inbox, subscribe):
    subscribe("ORDERS_CREATE", "ORDERS_UPDATED")
    client.control("faults", {"disabled_webhook": 1})
    client.place_plain()
    assert client.ask(COUNT)["webhookSubscriptions"]["nodes"] == []
    assert inbox.received == []


def test_lost_webhook_never_comes(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    client.control("faults", {"lost_webhook": 1})
    client.place_plain()
    second = client.place_plain()
    (hook,) = inbox.wait(1)
    client.control("webhooks/flush", {})
    assert [row.body["id"] for row in inbox.received] == [second["id"]]
    assert hook.body["id"] == second["id"]


def test_stale_retry_tells_the_old_state_after_the_new_one(client, inbox, subscribe):
    subscribe("ORDERS_CREATE", "ORDERS_CANCELLED")
    client.shop.webhooks.retry_delays = (60.0,)
    client.control("faults", {"stale_retry": {"match": "orders/create"}})
    order = client.place_plain()
    inbox.wait(1)
    client.control(f"orders/{order['id']}/cancel", {})
    inbox.wait(2)
    client.control("webhooks/flush", {})
    first, second, third = inbox.wait(3)
    assert second.body["cancelled_at"]
    assert third.raw == first.raw
    assert third.body["cancelled_at"] is None


def test_later_of_a_pair_comes_first(client, inbox, subscribe):
    subscribe("ORDERS_CREATE")
    client.control("faults", {"out_of_order": 2})
    placed = [client.place_plain()["id"], client.place_plain()["id"]]
    assert [hook.body["id"] for hook in inbox.wait(2)] == placed[::-1]
