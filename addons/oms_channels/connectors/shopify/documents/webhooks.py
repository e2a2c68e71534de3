# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the shop sends what happens."""

from .base import make

WEBHOOKS = make(
    "OmsWebhooks",
    """
query OmsWebhooks($uri: String!, $first: Int!, $after: String) {
  webhookSubscriptions(first: $first, after: $after, uri: $uri) {
    nodes { id topic }
    pageInfo { hasNextPage endCursor }
  }
}""",
    page_size=50,
)

CREATE_WEBHOOK = make(
    "OmsCreateWebhook",
    """
mutation OmsCreateWebhook($topic: WebhookSubscriptionTopic!, $uri: String!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: {uri: $uri}) {
    webhookSubscription { id }
    userErrors { field message }
  }
}""",
)
