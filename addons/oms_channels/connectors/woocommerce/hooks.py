# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keeps the shop's webhooks alive: it disables one after a few failures in a row."""

from .client import Client

TOPICS = ("order.created", "order.updated", "order.deleted", "order.restored")


def register(client: Client, url: str, secret: str) -> int:
    """One active webhook for each topic; returns how many were made or mended.

    :param secret: as the channel keeps it; a webhook that is there gets it anew
    """
    rows = [
        row for row in client.list_all("webhooks") if row.get("delivery_url") == url
    ]
    known = {row.get("topic"): row for row in reversed(rows)}
    for topic in TOPICS:
        wanted = {"status": "active", "secret": secret}
        if row := known.get(topic):
            client.put(f"webhooks/{row['id']}", wanted)
        else:
            name = f"OMS: {topic}"
            client.post(
                "webhooks",
                {"name": name, "topic": topic, "delivery_url": url} | wanted,
            )
    return len(TOPICS)


def enable(client: Client, path: str) -> list[str]:
    """Switch on again what the shop has disabled; the topics of it.

    :param path: with which the address of the channel's webhooks ends
    """
    topics = []
    for row in client.list_all("webhooks", status="disabled"):
        if str(row.get("delivery_url")).endswith(path):
            client.put(f"webhooks/{row['id']}", {"status": "active"})
            topics.append(str(row.get("topic")))
    return topics
