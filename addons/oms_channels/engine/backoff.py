# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When to try again."""

GIVE_UP_AFTER = 12
_FIRST = 30.0
_LONGEST = 3600.0


def delay(attempts: int, asked: float = 0.0) -> float:
    """Seconds to wait after so many failed attempts, at least what was ``asked``.

    >>> [delay(n) for n in (1, 2, 3, 20)]
    [30.0, 60.0, 120.0, 3600.0]
    >>> delay(1, asked=90.0)
    90.0
    """
    return max(min(_FIRST * 2.0 ** (min(attempts, 20) - 1), _LONGEST), asked)


def is_given_up(attempts: int) -> bool:
    """Whether a person has to look: after about eight hours of trying."""
    return attempts >= GIVE_UP_AFTER
