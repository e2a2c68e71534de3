# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Editing orders, and closing them."""

from .base import make

EDITABLE_LINES = make(
    "OmsEditableLines",
    """
query OmsEditableLines($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    lineItems(first: $first, after: $after) {
      nodes { id name currentQuantity unfulfilledQuantity }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    page_size=100,
)

BEGIN_EDIT = make(
    "OmsBeginEdit",
    """
mutation OmsBeginEdit($id: ID!) {
  orderEditBegin(id: $id) {
    calculatedOrder {
      id
      lineItems(first: 100) {
        nodes { id }
        pageInfo { hasNextPage endCursor }
      }
    }
    userErrors { field message }
  }
}""",
)

SET_UNITS = make(
    "OmsSetUnits",
    """
mutation OmsSetUnits($id: ID!, $line: ID!, $units: Int!) {
  orderEditSetQuantity(id: $id, lineItemId: $line, quantity: $units, restock: true) {
    calculatedOrder { id }
    userErrors { field message }
  }
}""",
)

COMMIT_EDIT = make(
    "OmsCommitEdit",
    """
mutation OmsCommitEdit($id: ID!, $note: String) {
  orderEditCommit(id: $id, notifyCustomer: false, staffNote: $note) {
    order { id }
    userErrors { field message }
  }
}""",
)

CLOSE = make(
    "OmsClose",
    """
mutation OmsClose($id: ID!) {
  orderClose(input: { id: $id }) {
    order { id }
    userErrors { field message }
  }
}""",
)
