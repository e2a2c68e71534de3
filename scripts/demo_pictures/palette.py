# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One set of colours, so that forty drawings look like one shop."""

MOSS, MOSS_LIGHT, MOSS_DARK = "#5F7A4F", "#87A275", "#45593A"
SAND, SAND_LIGHT, SAND_DARK = "#D9C2A0", "#ECDFC8", "#B4986F"
NAVY, NAVY_LIGHT, NAVY_DARK = "#2C3E5C", "#4F6894", "#1D2A41"
RUST, RUST_LIGHT, RUST_DARK = "#C8623A", "#E39166", "#964424"
GOLD, GOLD_LIGHT, GOLD_DARK = "#E3AC45", "#F5D58D", "#B98427"
WOOD, WOOD_LIGHT, WOOD_DARK = "#A06F45", "#C99B6D", "#73492A"
STEEL, STEEL_LIGHT, STEEL_DARK = "#A9B4BA", "#D5DDE0", "#76838B"
CREAM, INK, WHITE, BLACK = "#F8F1E4", "#2D2C2E", "#FFFFFF", "#000000"
GLASS, COFFEE, BERRY = "#B9DADF", "#4B3024", "#A63D4A"

# Behind the goods: a tint for each category.
BACKDROP = {
    "camping": "#E4EDDC",
    "kitchen": "#F5EADB",
    "lighting": "#E9E6F1",
    "clothing": "#E2EAF2",
    "bags": "#F2E5DA",
    "home": "#EDEBE0",
    "sets": "#F7E6D3",
    "services": "#F5E3E1",
}
