# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one of our methods tells another through the context, and nobody else can.

A context comes with every call from outside; a plain ``True`` in it would let any
program skip what the mark skips. A mark is an object of this process: no protocol
carries it.
"""


class Mark:
    """One thing to tell; its identity is what counts, see :data:`FROM_CHANNEL`."""

    __slots__ = ("key",)

    def __init__(self, key):
        self.key = key

    def put(self, records):
        """These records, for calls that shall know."""
        return records.with_context(**{self.key: self})

    def is_on(self, records):
        return records.env.context.get(self.key) is self


# The channel has changed the order itself: it need not be told, and what its change
# may do has been decided already.
FROM_CHANNEL = Mark("oms_from_channel")
# The rows of stock are written by whoever calls, once for the batch.
STOCK_IS_KNOWN = Mark("oms_stock_is_known")
