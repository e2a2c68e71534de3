# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One change that was made to a confirmed order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """``kind`` is what was changed, for programs; ``sentence`` says it to people.

    Kinds are the names of the fields that are followed, ``added``, ``removed`` and
    ``split``.
    """

    kind: str
    sentence: str

    def __str__(self):
        return self.sentence
