# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one bulk call remembers while it runs."""

from collections import defaultdict

KEY = "oms_bulk"


class Batch:
    """Travels in the context in place of the plain ``True``; dies with the call.

    Identity is its equality: two calls never share what they remember.
    """

    __slots__ = (
        "boms",
        "deferred_pickings",
        "has_distributions",
        "new_references",
        "orderpoint_products",
        "pickings_of_reference",
        "placed_moves",
        "reserved_moves",
        "rules",
        "searched_products",
        "waiting",
    )

    def __init__(self):
        self.boms = {}
        self.has_distributions = {}
        # Pickings to confirm when all lines are through; None: confirm at once.
        self.deferred_pickings = None
        # References made in this call: no picking can be older than they are.
        self.new_references = set()
        # Products with an orderpoint, among those searched.
        self.orderpoint_products = set()
        self.searched_products = set()
        self.pickings_of_reference = defaultdict(set)
        # Moves that were given a picking in this call.
        self.placed_moves = set()
        # Moves whose goods have been distributed already.
        self.reserved_moves = set()
        self.rules = {}
        # For each confirmation under way: the moves that wait for their picking.
        self.waiting = []


def get_batch(records):
    """The batch that these records are handled in, or None in plain Odoo."""
    batch = records.env.context.get(KEY)
    return batch if isinstance(batch, Batch) else None


def with_batch(records):
    """These records under a batch, if the key asks for one, and that batch.

    A batch that is there already is used on.
    """
    value = records.env.context.get(KEY)
    if not value:
        return records, None
    if isinstance(value, Batch):
        return records, value
    batch = Batch()
    return records.with_context(**{KEY: batch}), batch
