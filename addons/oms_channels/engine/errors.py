# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors by who acts: the machine, the channel, the administrator, a clerk."""

from dataclasses import dataclass

# What a channel sends may be part of a message: not all of it, if it is long.
LONGEST_MESSAGE = 900


@dataclass(eq=False)
class ChannelError(Exception):
    """Something about a message that somebody has to know."""

    message: str
    acts: str = "clerk"

    def __post_init__(self) -> None:
        """No NUL and no half characters: a database takes neither."""
        text = self.message[:LONGEST_MESSAGE].replace("\0", "")
        self.message = text.encode("utf-8", "replace").decode()

    def __str__(self) -> str:
        return self.message


@dataclass(eq=False)
class Retry(ChannelError):
    """It may work later: the machine tries again, after so many seconds."""

    acts: str = "machine"
    after: float = 0.0


@dataclass(eq=False)
class Rejected(ChannelError):
    """The document is wrong, and only the channel can send a better one.

    ``field`` is the path of what is wrong, ``value`` what stands there.
    """

    acts: str = "channel"
    field: str = ""
    value: str = ""


@dataclass(eq=False)
class Misconfigured(ChannelError):
    """A setting on our side is missing or wrong; ``field`` names it."""

    acts: str = "administrator"
    field: str = ""


@dataclass(eq=False)
class Unfinished(Retry):
    """The channel has begun and is not ready yet: it can be reached."""
