# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What became of an order that a channel sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportResult:
    """``outcome``: imported, updated, unchanged or quarantined.

    ``order_id`` is 0 and ``message`` says why if it was quarantined; ``acts``
    names who has to do something about it, as in ``errors.py``.
    """

    external_id: str
    outcome: str
    order_id: int = 0
    message: str = ""
    acts: str = "channel"
