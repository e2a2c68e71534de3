# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The key that makes a second delivery a no-op."""

import hashlib
import json
from typing import Any


def digest(payload: Any) -> str:
    """SHA-256 of a JSON value, the same whatever the order of its keys.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    >>> digest({"a": 1}) == digest({"a": 2})
    False
    """
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
