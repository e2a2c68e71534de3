# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading what is left to send of an order, and telling what was sent."""

from .base import make

OPEN_LINE = """fragment OpenLine on FulfillmentOrderLineItem {
  id
  remainingQuantity
  lineItem { id }
}"""

SENT_LINE = """fragment SentLine on FulfillmentLineItem {
  quantity
  lineItem { id }
}"""

FULFILMENT_ORDERS = make(
    "OmsFulfilmentOrders",
    """
query OmsFulfilmentOrders($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    fulfillmentOrders(first: $first, after: $after) {
      nodes {
        id
        status
        assignedLocation { name location { id } }
        lineItems(first: 20) {
          nodes { ...OpenLine }
          pageInfo { hasNextPage endCursor }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    OPEN_LINE,
    page_size=10,
)

FULFILMENT_ORDER_LINES = make(
    "OmsFulfilmentOrderLines",
    """
query OmsFulfilmentOrderLines($id: ID!, $first: Int!, $after: String) {
  fulfillmentOrder(id: $id) {
    lineItems(first: $first, after: $after) {
      nodes { ...OpenLine }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    OPEN_LINE,
    page_size=100,
)

FULFILMENTS = make(
    "OmsFulfilments",
    """
query OmsFulfilments($id: ID!) {
  order(id: $id) {
    id
    name
    cancelledAt
    fulfillments(first: 50) {
      id
      status
      trackingInfo(first: 10) { company number }
      fulfillmentLineItems(first: 10) {
        nodes { ...SentLine }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}""",
    SENT_LINE,
)

FULFILMENT_LINES = make(
    "OmsFulfilmentLines",
    """
query OmsFulfilmentLines($id: ID!, $first: Int!, $after: String) {
  fulfillment(id: $id) {
    fulfillmentLineItems(first: $first, after: $after) {
      nodes { ...SentLine }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    SENT_LINE,
    page_size=100,
)

CREATE_FULFILMENT = make(
    "OmsCreateFulfilment",
    """
mutation OmsCreateFulfilment($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id status }
    userErrors { field message }
  }
}""",
)

UPDATE_TRACKING = make(
    "OmsUpdateTracking",
    """
mutation OmsUpdateTracking($id: ID!, $tracking: FulfillmentTrackingInput!) {
  fulfillmentTrackingInfoUpdate(
    fulfillmentId: $id
    notifyCustomer: false
    trackingInfoInput: $tracking
  ) {
    fulfillment { id }
    userErrors { field message }
  }
}""",
)
