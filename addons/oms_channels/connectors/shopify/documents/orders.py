# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading orders."""

from .base import make
from .parcels import SENT_LINE

_BAG = """fragment Bag on MoneyBag {
  shopMoney { amount currencyCode }
  presentmentMoney { amount currencyCode }
}"""

_TAX = """fragment Tax on TaxLine {
  title
  rate
  ratePercentage
  channelLiable
  priceSet { ...Bag }
}"""

_ALLOCATION = """fragment Allocation on DiscountAllocation {
  allocatedAmountSet { ...Bag }
}"""

_ADDRESS = """fragment Address on MailingAddress {
  name
  firstName
  lastName
  company
  address1
  address2
  city
  zip
  provinceCode
  countryCodeV2
  phone
}"""

_LINE = """fragment Line on LineItem {
  id
  name
  title
  sku
  quantity
  currentQuantity
  unfulfilledQuantity
  isGiftCard
  requiresShipping
  customAttributes { key value }
  lineItemGroup { id title quantity }
  variant { id legacyResourceId barcode }
  originalUnitPriceSet { ...Bag }
  totalDiscountSet { ...Bag }
  taxLines { ...Tax }
  discountAllocations { ...Allocation }
  duties { id price { ...Bag } taxLines { ...Tax } }
}"""

_SHIPPING = """fragment Shipping on ShippingLine {
  id
  title
  code
  deliveryCategory
  isRemoved
  originalPriceSet { ...Bag }
  discountedPriceSet { ...Bag }
  taxLines { ...Tax }
  discountAllocations { ...Allocation }
}"""

_TRANSACTION = """fragment Transaction on OrderTransaction {
  id
  kind
  status
  gateway
  createdAt
  processedAt
  amountSet { ...Bag }
  parentTransaction { id }
}"""

_REFUND = """fragment Returned on Refund {
  id
  createdAt
  processedAt
  note
  refundLineItems(first: 10) {
    nodes { ...RefundedLine }
    pageInfo { hasNextPage endCursor }
  }
  refundShippingLines(first: 3) {
    nodes { ...RefundedShipping }
    pageInfo { hasNextPage endCursor }
  }
  orderAdjustments(first: 3) {
    nodes { ...Adjustment }
    pageInfo { hasNextPage endCursor }
  }
}"""

_REFUNDED_LINE = """fragment RefundedLine on RefundLineItem {
  id
  quantity
  restockType
  lineItem { id }
  subtotalSet { ...Bag }
  totalTaxSet { ...Bag }
}"""

_REFUNDED_SHIPPING = """fragment RefundedShipping on RefundShippingLine {
  id
  subtotalAmountSet { ...Bag }
  taxAmountSet { ...Bag }
}"""

_ADJUSTMENT = """fragment Adjustment on OrderAdjustment {
  id
  amountSet { ...Bag }
  taxAmountSet { ...Bag }
}"""

_PEOPLE = """fragment People on Order {
  email
  phone
  customerLocale
  customer {
    id
    legacyResourceId
    displayName
    firstName
    lastName
    defaultEmailAddress { emailAddress }
    defaultPhoneNumber { phoneNumber }
    defaultAddress { ...Address }
  }
  purchasingEntity { ... on PurchasingCompany { company { id name } } }
  shippingAddress { ...Address }
  billingAddress { ...Address }
}"""

_MONEY = """fragment Amounts on Order {
  currencyCode
  presentmentCurrencyCode
  taxesIncluded
  dutiesIncluded
  displayFinancialStatus
  paymentGatewayNames
  totalPriceSet { ...Bag }
  totalOutstandingSet { ...Bag }
  totalTipReceivedSet { ...Bag }
  totalCashRoundingAdjustment { paymentSet { ...Bag } refundSet { ...Bag } }
  additionalFees { id name price { ...Bag } taxLines { ...Tax } }
  taxLines { ...Tax }
}"""

_ORDER = """fragment WholeOrder on Order {
  id
  legacyResourceId
  name
  createdAt
  processedAt
  updatedAt
  cancelledAt
  cancelReason
  closedAt
  test
  note
  tags
  poNumber
  sourceName
  customAttributes { key value }
  displayFulfillmentStatus
  ...People
  ...Amounts
  lineItems(first: 5) {
    nodes { ...Line }
    pageInfo { hasNextPage endCursor }
  }
  shippingLines(first: 3) {
    nodes { ...Shipping }
    pageInfo { hasNextPage endCursor }
  }
  transactions(first: 50) { ...Transaction }
  refunds(first: 50) { ...Returned }
  fulfillments(first: 50) {
    id
    status
    trackingInfo(first: 1) { company number }
    fulfillmentLineItems(first: 10) {
      nodes { ...SentLine }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""

_ORDER_PARTS = (
    _ORDER,
    _PEOPLE,
    _MONEY,
    _LINE,
    _SHIPPING,
    _TRANSACTION,
    _REFUND,
    _REFUNDED_LINE,
    _REFUNDED_SHIPPING,
    _ADJUSTMENT,
    SENT_LINE,
    _ADDRESS,
    _TAX,
    _ALLOCATION,
    _BAG,
)

# === READ ===

ORDERS = make(
    "OmsOrders",
    """
query OmsOrders($query: String!, $first: Int!, $after: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { ...WholeOrder }
    pageInfo { hasNextPage endCursor }
  }
}""",
    *_ORDER_PARTS,
    page_size=5,
)

ORDER_LINES = make(
    "OmsOrderLines",
    """
query OmsOrderLines($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    lineItems(first: $first, after: $after) {
      nodes { ...Line }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    _LINE,
    _TAX,
    _ALLOCATION,
    _BAG,
    page_size=100,
)

ORDER_SHIPPING = make(
    "OmsOrderShipping",
    """
query OmsOrderShipping($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    shippingLines(first: $first, after: $after) {
      nodes { ...Shipping }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    _SHIPPING,
    _TAX,
    _ALLOCATION,
    _BAG,
    page_size=50,
)

REFUNDED_LINES = make(
    "OmsRefundedLines",
    """
query OmsRefundedLines($id: ID!, $first: Int!, $after: String) {
  refund(id: $id) {
    refundLineItems(first: $first, after: $after) {
      nodes { ...RefundedLine }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    _REFUNDED_LINE,
    _BAG,
    page_size=100,
)

REFUNDED_SHIPPING = make(
    "OmsRefundedShipping",
    """
query OmsRefundedShipping($id: ID!, $first: Int!, $after: String) {
  refund(id: $id) {
    refundShippingLines(first: $first, after: $after) {
      nodes { ...RefundedShipping }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    _REFUNDED_SHIPPING,
    _BAG,
    page_size=50,
)

REFUND_ADJUSTMENTS = make(
    "OmsRefundAdjustments",
    """
query OmsRefundAdjustments($id: ID!, $first: Int!, $after: String) {
  refund(id: $id) {
    orderAdjustments(first: $first, after: $after) {
      nodes { ...Adjustment }
      pageInfo { hasNextPage endCursor }
    }
  }
}""",
    _ADJUSTMENT,
    _BAG,
    page_size=50,
)
