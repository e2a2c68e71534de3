# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether it is one message that fails, or the shop that cannot be reached.

A message has a number of attempts; an outage has none. While it lasts nothing is
counted against a message, and the shop is asked again at intervals that grow with its
length, so that the first answer finds everything still waiting, in order.
"""

from collections.abc import Collection

from .errors import ChannelError, Misconfigured, Retry, Unfinished

SHORTEST = 10.0
LONGEST = 300.0


def find_cause(errors: Collection[ChannelError | None]) -> ChannelError | None:
    """The error that keeps the shop from taking anything, if there is one.

    One that takes a single message can be reached, and so can one that refuses it.

    >>> find_cause([Retry("no answer"), None])
    >>> find_cause([Retry("no answer"), Retry("no answer")]).message
    'no answer'
    """
    causes = [error for error in errors if is_outage(error)]
    return causes[0] if causes and len(causes) == len(errors) else None


def is_outage(error: ChannelError | None) -> bool:
    if isinstance(error, Unfinished):
        return False
    return isinstance(error, Retry | Misconfigured)


def next_try(lasted: float, asked: float = 0.0) -> float:
    """Seconds until the shop is asked again, after an outage of so many.

    >>> [next_try(lasted) for lasted in (0, 40, 3600)]
    [10.0, 20.0, 300.0]
    >>> next_try(0, asked=60.0)
    60.0
    """
    return max(min(max(lasted / 2, SHORTEST), LONGEST), asked)
