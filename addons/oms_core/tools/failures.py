# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors that configuration and addons of others make."""

import psycopg2

from odoo.exceptions import UserError

# What a condition, a template, a server action or an addon may get wrong. Whatever
# comes of two transactions at once is not among it: that is tried again as a whole.
FAILURES = (
    *(UserError, ValueError, TypeError, AttributeError, LookupError),
    *(ArithmeticError, SyntaxError, NotImplementedError),
    *(psycopg2.DataError, psycopg2.IntegrityError, psycopg2.ProgrammingError),
)
