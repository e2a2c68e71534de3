# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Has the shop send its webhooks here, each topic once."""

from .client import Client
from .documents import CREATE_WEBHOOK, WEBHOOKS

TOPICS = ("ORDERS_CREATE", "ORDERS_UPDATED", "ORDERS_CANCELLED", "ORDERS_PAID")


def register(client: Client, url: str) -> list[str]:
    """:return: the topics that did not come to this address, and do now"""
    rows = client.list_all(WEBHOOKS, "webhookSubscriptions", uri=url)
    known = {row["topic"] for row in rows}
    missing = [topic for topic in TOPICS if topic not in known]
    for topic in missing:
        client.change(CREATE_WEBHOOK, topic=topic, uri=url)
    return missing
