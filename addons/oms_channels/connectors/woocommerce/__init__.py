# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""WooCommerce: orders by webhook and poll; parcels, stock, refunds back, over REST."""
