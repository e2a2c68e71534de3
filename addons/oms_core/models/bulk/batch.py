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
        "known",
        "new_references",
        "numbers",
        "orderpoint_products",
        "pickings_of_reference",
        "placed_moves",
        "product_ids",
        "reserved_moves",
        "same_company",
        "searched_products",
        "waiting",
        "wanted_numbers",
    )

    def __init__(self):
        self.boms = {}
        # Pickings to confirm when all lines are through; None: confirm at once.
        self.deferred_pickings = None
        # Answers that stay the same for the call.
        self.known = {}
        # References made in this call: no picking can be older than they are.
        self.new_references = set()
        # Numbers drawn from sequences and not used yet.
        self.numbers = {}
        # Products with an orderpoint, among those searched.
        self.orderpoint_products = set()
        self.searched_products = set()
        self.pickings_of_reference = defaultdict(set)
        # Moves that were given a picking in this call.
        self.placed_moves = set()
        # Products that will be asked about.
        self.product_ids = set()
        # Moves whose goods have been distributed already.
        self.reserved_moves = set()
        # Links found to be within one company.
        self.same_company = set()
        # For each confirmation under way: the moves that wait for their picking.
        self.waiting = []
        # How many numbers of a sequence will surely be asked for.
        self.wanted_numbers = {}

    def remember(self, key, find):
        """The answer to ``find()``, asked once in this call."""
        if key not in self.known:
            self.known[key] = find()
        return self.known[key]


def get_scope(env):
    """On whom an answer depends: two users may see different records."""
    return env.su, env.uid, tuple(env.companies.ids)


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
