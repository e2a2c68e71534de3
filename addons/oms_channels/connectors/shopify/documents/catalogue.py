# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the shop sells, at which price, and what the app may do there."""

from .base import make

LEVEL = """
fragment Levels on InventoryLevelConnection {
  nodes {
    location { legacyResourceId }
    quantities(names: ["available"]) { name quantity }
  }
  pageInfo { hasNextPage endCursor }
}"""

CATALOGUE = make(
    "OmsCatalogue",
    """
query OmsCatalogue($first: Int!, $after: String) {
  productVariants(first: $first, after: $after, sortKey: ID) {
    nodes {
      id
      legacyResourceId
      displayName
      sku
      barcode
      price
      product { legacyResourceId title hasOnlyDefaultVariant }
      inventoryItem {
        id
        legacyResourceId
        tracked
        inventoryLevels(first: 20) { ...Levels }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}""",
    LEVEL,
    page_size=100,
)

ITEM_LEVELS = make(
    "OmsItemLevels",
    """
query OmsItemLevels($id: ID!, $first: Int!, $after: String) {
  inventoryItem(id: $id) {
    inventoryLevels(first: $first, after: $after) { ...Levels }
  }
}""",
    LEVEL,
    page_size=100,
)

VARIANTS = make(
    "OmsVariants",
    """
query OmsVariants($query: String!, $first: Int!, $after: String) {
  productVariants(first: $first, after: $after, query: $query) {
    nodes { id sku product { id } }
    pageInfo { hasNextPage endCursor }
  }
}""",
    page_size=100,
)

SET_PRICES = make(
    "OmsSetPrices",
    """
mutation OmsSetPrices($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(
    productId: $product, variants: $variants, allowPartialUpdates: true
  ) {
    productVariants { id price }
    userErrors { code field message }
  }
}""",
)

SCOPES = make(
    "OmsScopes",
    "query OmsScopes { currentAppInstallation { accessScopes { handle } } }",
)
