# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lighting and home."""

from .canvas import ellipse, rect
from .palette import (
    CREAM,
    GLASS,
    GOLD,
    GOLD_DARK,
    GOLD_LIGHT,
    INK,
    MOSS,
    MOSS_DARK,
    MOSS_LIGHT,
    NAVY,
    NAVY_DARK,
    NAVY_LIGHT,
    RUST,
    SAND,
    SAND_DARK,
    SAND_LIGHT,
    STEEL_DARK,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)


def headlamp(c):
    c.fill("M214 300 L20 470 L300 500 L290 330 Z", GOLD_LIGHT, 0.75)
    band = ellipse(270, 220, 176, 128) + ellipse(270, 226, 150, 100)
    c.body(band, NAVY, 300)
    c.stroke("M150 126 Q270 60 392 128", 22, NAVY_LIGHT)
    c.fill(rect(178, 222, 148, 122, 30), INK)
    c.fill(rect(190, 232, 124, 102, 24), RUST)
    c.fill(ellipse(252, 284, 42), CREAM)
    c.fill(ellipse(252, 284, 28), GOLD)
    c.fill(ellipse(244, 276, 10), WHITE)


def lantern(c):
    c.stroke("M176 150 Q176 66 256 66 Q336 66 336 150", 12, STEEL_DARK)
    c.fill(ellipse(256, 260, 150, 150), GOLD_LIGHT, 0.55)
    c.fill("M196 168 L316 168 L334 330 L178 330 Z", CREAM)
    c.fill(ellipse(256, 252, 40, 56), GOLD)
    c.fill(ellipse(256, 262, 20, 34), WHITE)
    c.stroke("M204 168 L190 330", 8, MOSS_DARK)
    c.stroke("M308 168 L322 330", 8, MOSS_DARK)
    c.body(rect(180, 128, 152, 50, 18), MOSS)
    c.body(rect(162, 322, 188, 96, 22), MOSS)
    c.fill(ellipse(256, 370, 18), GOLD)


def table_lamp(c):
    c.fill("M176 244 L66 430 L446 430 L336 244 Z", GOLD_LIGHT, 0.4)
    c.body("M192 92 L320 92 L374 244 L138 244 Z", CREAM, 270, 0.08)
    c.fill("M142 232 L370 232 L374 244 L138 244 Z", SAND)
    stem = (
        "M244 244 L268 244 C268 290 310 300 306 346 C304 378 280 388 276 402 "
        "L236 402 C232 388 208 378 206 346 C202 300 244 290 244 244 Z"
    )
    c.body(stem, WOOD)
    c.body(rect(190, 398, 132, 28, 12), WOOD_DARK)


def candle(c):
    c.fill("M256 92 C284 130 286 152 256 168 C226 152 228 130 256 92 Z", GOLD)
    c.fill("M256 126 C268 144 268 156 256 164 C244 156 244 144 256 126 Z", CREAM)
    c.stroke("M256 158 L256 196", 6, INK)
    c.fill(rect(152, 176, 208, 244, 26), GLASS, 0.75)
    c.body(rect(166, 200, 180, 206, 18), SAND_LIGHT, 290, 0.08)
    c.fill(rect(176, 262, 160, 96, 8), RUST)
    c.fill("M256 276 L280 312 L266 312 L284 338 L228 338 L246 312 L232 312 Z", CREAM)
    c.fill(rect(164, 190, 14, 210, 7), WHITE, 0.7)


def blanket(c):
    c.body(rect(86, 310, 340, 96, 34), NAVY, 300)
    c.body(rect(94, 226, 324, 96, 34), NAVY, 300)
    c.body(rect(104, 148, 304, 90, 34), NAVY, 300)
    for x, color in ((190, CREAM), (222, RUST), (246, GOLD)):
        c.fill(rect(x, 148, 16, 258), color)
    for y in (232, 316):
        c.stroke(f"M104 {y} L408 {y}", 5, NAVY_DARK)
    for x in range(104, 420, 22):
        c.stroke(f"M{x} 404 L{x} 424", 5, CREAM)


def cushion(c):
    pillow = (
        "M92 110 Q256 146 420 110 Q388 262 420 414 Q256 380 92 414 Q124 262 92 110 Z"
    )
    c.body(pillow, GOLD, 300, 0.09)
    with c.inside(pillow):
        for x in (146, 200, 256, 312, 366):
            c.stroke(f"M{x} 80 Q{x + (256 - x) / 6} 262 {x} 440", 7, CREAM, 0.8)
    c.stroke(pillow, 6, GOLD_DARK)


def planter(c):
    for leaf in (
        "M256 272 C246 190 250 120 270 70 C300 140 290 210 264 272 Z",
        "M250 272 C190 236 160 180 152 118 C214 140 250 200 260 272 Z",
        "M260 272 C290 210 330 168 384 150 C374 214 326 252 268 276 Z",
    ):
        c.fill(leaf, MOSS)
    c.fill("M250 272 C160 262 116 232 96 196 C166 196 226 224 262 270 Z", MOSS_LIGHT)
    c.fill("M262 272 C330 252 380 250 420 262 C372 296 306 300 258 280 Z", MOSS_LIGHT)
    c.body(
        "M146 270 L366 270 L344 396 Q340 418 316 418 L196 418 Q172 418 168 396 Z", SAND
    )
    c.body(rect(132, 250, 248, 44, 14), SAND_DARK)
    c.fill("M158 330 L356 330 L352 352 L162 352 Z", NAVY_LIGHT)


def clock(c):
    c.body(ellipse(256, 256, 176), WOOD_LIGHT, 256, 0.1)
    c.fill(ellipse(256, 256, 146), CREAM)
    for x, y in ((256, 132), (256, 380), (132, 256), (380, 256)):
        c.fill(ellipse(x, y, 10), NAVY)
    for x, y in ((318, 149), (363, 194), (363, 318), (318, 363)):
        c.fill(ellipse(x, y, 5), STEEL_DARK)
        c.fill(ellipse(512 - x, y, 5), STEEL_DARK)
    c.stroke("M256 256 L196 206", 14, NAVY_DARK)
    c.stroke("M256 256 L336 180", 9, NAVY_DARK)
    c.stroke("M256 270 L256 350", 4, RUST)
    c.fill(ellipse(256, 256, 14), RUST)


LIGHTING = {
    "headlamp": headlamp,
    "lantern": lantern,
    "table_lamp": table_lamp,
    "candle": candle,
}
HOME = {
    "blanket": blanket,
    "cushion": cushion,
    "planter": planter,
    "clock": clock,
}
