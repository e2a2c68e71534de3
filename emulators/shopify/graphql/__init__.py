# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Admin GraphQL API: our own SDL of it, and what answers its fields."""
