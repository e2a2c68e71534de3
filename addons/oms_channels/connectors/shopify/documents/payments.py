# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading payouts, and taking or letting go what was secured for an order."""

from .base import make

PAYOUTS = make(
    "OmsPayouts",
    """
query OmsPayouts($query: String!, $first: Int!, $after: String) {
  shopifyPaymentsAccount {
    payouts(first: $first, after: $after, query: $query, sortKey: ISSUED_AT) {
      nodes {
        id
        legacyResourceId
        issuedAt
        status
        transactionType
        net { amount currencyCode }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    page_size=50,
)

PAYOUT_LINES = make(
    "OmsPayoutLines",
    """
query OmsPayoutLines($query: String!, $first: Int!, $after: String) {
  shopifyPaymentsAccount {
    balanceTransactions(
      first: $first, after: $after, query: $query, hideTransfers: true
    ) {
      nodes {
        id
        type
        transactionDate
        adjustmentReason
        sourceOrderTransactionId
        amount { amount currencyCode }
        fee { amount }
        net { amount }
        associatedOrder { id name }
        associatedPayout { id }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    page_size=100,
)

TRANSACTIONS = make(
    "OmsTransactions",
    """
query OmsTransactions($id: ID!) {
  order(id: $id) {
    id
    name
    presentmentCurrencyCode
    transactions(first: 100) {
      id
      kind
      status
      parentTransaction { id }
      amountSet { presentmentMoney { amount currencyCode } }
    }
  }
}""",
)

CAPTURE = make(
    "OmsCapture",
    """
mutation OmsCapture($input: OrderCaptureInput!) {
  orderCapture(input: $input) {
    transaction { id status }
    userErrors { field message }
  }
}""",
)

VOID = make(
    "OmsVoid",
    """
mutation OmsVoid($id: ID!) {
  transactionVoid(parentTransactionId: $id) {
    transaction { id status }
    userErrors { field message code }
  }
}""",
)
