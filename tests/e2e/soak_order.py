# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one side says of one order, in words that both sides have."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

Units = dict[str, Decimal]


@dataclass
class Order:
    """``lines``: units that are to leave or have left, by the shop's key of the line;
    ``parcels``: units that have left, by tracking number and line.

    Money is what the buyer owes after all refunds, what came in and what went back.
    """

    name: str
    is_cancelled: bool
    total: Decimal
    captured: Decimal
    refunded: Decimal
    lines: Units = field(default_factory=dict)
    parcels: dict[str, Units] = field(default_factory=dict)

    def pack(self, tracking: str, line: str, units: Decimal) -> None:
        """Put units of a line into a parcel."""
        if units:
            parcel = self.parcels.setdefault(tracking, {})
            parcel[line] = parcel.get(line, Decimal(0)) + units


def list_differences(there: Order, here: Order) -> Iterator[str]:
    if there.is_cancelled != here.is_cancelled:
        yield _tell("cancelled", there.is_cancelled, here.is_cancelled)
    for name in ("captured", "refunded"):
        if getattr(there, name) != getattr(here, name):
            yield _tell(name, getattr(there, name), getattr(here, name))
    if there.parcels != here.parcels:
        yield _tell("parcels", _write(there.parcels), _write(here.parcels))
    # What a cancelled order was about is nobody's question any more.
    if there.is_cancelled or here.is_cancelled:
        return
    if there.total != here.total:
        yield _tell("total", there.total, here.total)
    for line, units in there.lines.items():
        if units != here.lines.get(line, Decimal(0)):
            yield _tell(f"line {line}", units, here.lines.get(line))


def _tell(what: str, there: object, here: object) -> str:
    return f"{what}: there {there}, here {here}"


def _write(parcels: dict[str, Units]) -> dict[str, dict[str, str]]:
    return {
        tracking: {line: f"{units:f}" for line, units in sorted(lines.items())}
        for tracking, lines in sorted(parcels.items())
    }
