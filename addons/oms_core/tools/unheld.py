# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Work that a hold must not refuse: what machinery does beside what was asked for.

Merging two moves cancels one of them, shipping writes the freight on the order:
neither is the cancelling or editing that a person holds an order against.
"""

from .mark import Mark

_UNHELD = Mark("oms_unheld")


def unheld(records):
    """These records, so that holds refuse nothing that is done with them."""
    return _UNHELD.put(records)


def is_unheld(records):
    return _UNHELD.is_on(records)
