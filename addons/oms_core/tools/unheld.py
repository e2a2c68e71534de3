# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Work that a hold must not refuse: what machinery does beside what was asked for.

Merging two moves cancels one of them, shipping writes the freight on the order:
neither is the cancelling or editing that a person holds an order against.
"""

KEY = "oms_unheld"


class _Unheld:
    """Its one instance cannot come in from outside: no protocol carries it."""

    __slots__ = ()


UNHELD = _Unheld()


def unheld(records):
    """These records, so that holds refuse nothing that is done with them."""
    return records.with_context(**{KEY: UNHELD})


def is_unheld(records):
    return records.env.context.get(KEY) is UNHELD
