# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sheet of paper that a report is printed on."""

from dataclasses import dataclass

MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper, upright as given; all lengths in millimetres."""

    width: float
    height: float
    margin_top: float = 0.0
    margin_bottom: float = 0.0
    margin_left: float = 0.0
    margin_right: float = 0.0
    scale: float = 1.0

    def print_options(self) -> dict[str, object]:
        """Arguments of the protocol's ``Page.printToPDF``, which counts in inches."""
        return {
            "paperWidth": self.width / MM_PER_INCH,
            "paperHeight": self.height / MM_PER_INCH,
            "marginTop": self.margin_top / MM_PER_INCH,
            "marginBottom": self.margin_bottom / MM_PER_INCH,
            "marginLeft": self.margin_left / MM_PER_INCH,
            "marginRight": self.margin_right / MM_PER_INCH,
            "scale": self.scale,
            "printBackground": True,
            "preferCSSPageSize": False,
            # tags do not survive the merge of body and header
            "generateTaggedPDF": False,
        }
