# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Kits, drawn from their components, and what is not goods."""

from .camping import sleeping_bag, sleeping_pad, tent_2p
from .canvas import ellipse, rect
from .kitchen import kettle, mug, press
from .palette import BERRY, CREAM, GOLD, MOSS, MOSS_DARK, RUST, RUST_DARK, RUST_LIGHT


def kit_coffee(c):
    for x, y, scale, draw in (
        (222, 46, 0.66, press),
        (-20, 90, 0.66, kettle),
        (176, 256, 0.4, mug),
        (316, 256, 0.4, mug),
    ):
        with c.placed(x, y, scale):
            draw(c)


def kit_weekend(c):
    for x, y, scale, draw in (
        (50, -28, 0.92, tent_2p),
        (-48, 152, 0.62, sleeping_bag),
        (68, 152, 0.62, sleeping_bag),
        (236, 206, 0.36, sleeping_pad),
        (276, 252, 0.42, sleeping_pad),
    ):
        with c.placed(x, y, scale):
            draw(c)


def gift_wrap(c):
    c.body(rect(110, 220, 292, 196, 12), MOSS, 300, 0.1)
    c.body(rect(94, 166, 324, 66, 12), MOSS_DARK, 300, 0.1)
    c.fill(rect(228, 166, 56, 250), BERRY)
    for side in (-1, 1):
        bow = (
            f"M256 166 Q{256 + side * 20} 84 {256 + side * 88} 78 "
            f"Q{256 + side * 134} 96 {256 + side * 104} 140 "
            f"Q{256 + side * 70} 166 256 166 Z"
        )
        c.fill(bow, BERRY)
        c.fill(ellipse(256 + side * 74, 120, 24, 16), "#7C2B36")
    c.fill(ellipse(256, 160, 26, 22), "#7C2B36")


def gift_card(c):
    card = rect(60, 136, 392, 250, 28)
    c.fill(card, RUST)
    with c.inside(card):
        c.fill("M40 400 L170 246 L250 330 L306 270 L440 400 Z", RUST_DARK)
        c.fill(ellipse(150, 204, 34), GOLD)
        c.fill(rect(60, 318, 392, 30), CREAM)
    five = "M304 180 L266 180 L262 216 Q306 206 306 240 Q306 272 260 264"
    c.stroke(five, 13, CREAM)
    c.stroke(ellipse(358, 222, 26, 44), 13, CREAM)
    c.stroke(
        "M236 190 Q206 176 204 200 Q206 218 222 222 Q240 228 238 246 Q232 268 204 254",
        9,
        CREAM,
    )
    c.stroke("M221 172 L221 272", 6, CREAM)
    c.fill(rect(84, 362, 90, 10, 5), RUST_LIGHT)


DRAWINGS = {"kit_coffee": kit_coffee, "kit_weekend": kit_weekend}
SERVICES = {"gift_wrap": gift_wrap, "gift_card": gift_card}
