# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shop, its locations, and what they have."""

from .base import make

SHOP = make("OmsShop", "query OmsShop { shop { name myshopifyDomain currencyCode } }")


LOCATIONS = make(
    "OmsLocations",
    """
query OmsLocations($first: Int!, $after: String) {
  locations(first: $first, after: $after, sortKey: ID) {
    nodes { id name isActive fulfillsOnlineOrders }
    pageInfo { hasNextPage endCursor }
  }
}""",
    page_size=50,
)

INVENTORY_ITEMS = make(
    "OmsInventoryItems",
    """
query OmsInventoryItems(
  $query: String!, $location: ID!, $first: Int!, $after: String
) {
  inventoryItems(first: $first, after: $after, query: $query) {
    nodes {
      id
      sku
      inventoryLevel(locationId: $location) { id }
    }
    pageInfo { hasNextPage endCursor }
  }
}""",
    page_size=100,
)

SET_QUANTITIES = make(
    "OmsSetQuantities",
    """
mutation OmsSetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code field message }
  }
}""",
)

ACTIVATE = make(
    "OmsActivate",
    """
mutation OmsActivate($item: ID!, $location: ID!, $key: String!) {
  inventoryActivate(inventoryItemId: $item, locationId: $location)
  @idempotent(key: $key) {
    inventoryLevel { id }
    userErrors { field message }
  }
}""",
)
