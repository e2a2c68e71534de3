# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What becomes of goods that came back, from the grade they were given."""

GRADES: tuple[tuple[str, str], ...] = (
    ("new", "Like new"),
    ("opened", "Opened"),
    ("worn", "Used"),
    ("damaged", "Damaged"),
)

BY_GRADE: dict[str, str] = {
    "new": "restock",
    "opened": "restock",
    "worn": "scrap",
    "damaged": "scrap",
}


def propose(grade: str | None) -> str:
    """The disposition for a grade; goods that nobody graded are like new."""
    return BY_GRADE.get(grade or "new", "scrap")
