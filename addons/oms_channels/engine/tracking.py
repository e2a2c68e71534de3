# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A tracking number that was written after its parcel was told."""

from dataclasses import dataclass

from .documents import Shipment


@dataclass(frozen=True, slots=True)
class TrackingChange:
    """The parcel with its number of now; ``former`` are those that were told before.

    The channel may know the parcel by any of these, the empty one included.
    """

    key: str
    shipment: Shipment
    former: tuple[str, ...] = ("",)

    @property
    def number(self) -> str:
        return self.shipment.tracking.strip()

    @property
    def known(self) -> frozenset[str]:
        """Every number under which the channel may have the parcel."""
        return frozenset(text.strip() for text in (*self.former, self.number))
