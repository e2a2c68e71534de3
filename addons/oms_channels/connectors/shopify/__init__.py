# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Shopify: orders by webhook and poll, parcels and stock back, over GraphQL."""
