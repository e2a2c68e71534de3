# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cancelling orders, and giving money back."""

from .base import make

UNDONE = make(
    "OmsUndone",
    """
query OmsUndone($id: ID!) {
  order(id: $id) {
    id
    name
    cancelledAt
    closed
    currencyCode
    presentmentCurrencyCode
    refunds(first: 50) { id note }
    transactions(first: 50) {
      id
      kind
      status
      gateway
      amountSet {
        shopMoney { amount }
        presentmentMoney { amount }
      }
      parentTransaction { id }
    }
  }
}""",
)

REFUNDABLE_LINES = make(
    "OmsRefundableLines",
    """
query OmsRefundableLines($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    lineItems(first: $first, after: $after) {
      nodes { id currentQuantity }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    page_size=100,
)

CANCEL = make(
    "OmsCancel",
    """
mutation OmsCancel(
  $order: ID!, $reason: OrderCancelReason!, $money: Boolean!, $note: String
) {
  orderCancel(
    orderId: $order
    reason: $reason
    restock: true
    refundMethod: { originalPaymentMethodsRefund: $money }
    notifyCustomer: false
    staffNote: $note
  ) {
    job { id done }
    orderCancelUserErrors { code field message }
  }
}""",
)

REFUND = make(
    "OmsRefund",
    """
mutation OmsRefund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id }
    userErrors { field message }
  }
}""",
)
