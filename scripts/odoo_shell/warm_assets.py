# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compiles the bundles of scripts and styles, so that the first page comes at once."""

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
