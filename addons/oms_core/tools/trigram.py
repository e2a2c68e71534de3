# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Indexes that find a text in the middle of another, beside the ones Odoo has.

``index="trigram"`` on a field would take the place of an index that the field has
already, and of the name that Odoo gives to it.
"""

from odoo import models
from odoo.modules.db import FunctionStatus


def trigram_index(expression, unaccented=True):
    """Definition of such an index on an expression over the table's columns.

    Without the extension pg_trgm there is none: the search is slower, not wrong.
    With unaccent, Odoo compares without accents, so the index must do the same.
    """

    def define(registry):
        if not registry.has_trigram:
            return ""
        compared = expression
        if unaccented and registry.has_unaccent == FunctionStatus.INDEXABLE:
            compared = registry.unaccent(expression)
        return f"USING gin (({compared}) gin_trgm_ops)"

    return models.Index(define)
