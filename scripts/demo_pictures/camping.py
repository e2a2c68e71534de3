# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .canvas import ellipse, rect
from .palette import (
    BERRY,
    CREAM,
    GOLD,
    GOLD_LIGHT,
    INK,
    MOSS,
    MOSS_DARK,
    MOSS_LIGHT,
    NAVY,
    NAVY_DARK,
    NAVY_LIGHT,
    RUST,
    RUST_DARK,
    RUST_LIGHT,
    SAND,
    SAND_DARK,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)


def tent_2p(c):
    c.stroke("M226 128 L70 400", 4, SAND_DARK)
    c.stroke("M392 160 L480 392", 4, SAND_DARK)
    c.fill("M226 118 L394 152 L456 408 L300 408 Z", RUST_DARK)
    c.fill("M394 152 L456 408 L410 408 Z", RUST)
    c.fill("M226 118 L96 408 L300 408 Z", RUST)
    c.fill("M226 200 L166 408 L258 408 Z", NAVY_DARK)
    c.fill("M226 200 L258 408 L300 408 L226 118 Z", RUST_LIGHT)
    c.stroke("M226 100 L226 128", 7, WOOD_DARK)


def tent_4p(c):
    dome = "M60 408 C76 240 160 130 256 130 C352 130 436 240 452 408 Z"
    c.body(dome, MOSS, 300)
    with c.inside(dome):
        c.fill(rect(40, 376, 440, 40), MOSS_DARK)
        c.stroke("M256 130 C186 190 150 290 140 408", 6, MOSS_DARK)
        c.stroke("M256 130 C326 190 362 290 372 408", 6, MOSS_DARK)
    c.fill("M186 408 C190 290 216 222 256 222 C296 222 322 290 326 408 Z", NAVY_DARK)
    c.fill(
        "M256 222 C296 222 322 290 326 408 L286 408 C290 330 280 260 256 222 Z", SAND
    )
    c.fill(
        "M96 330 C106 290 116 268 130 246 L146 262 C134 290 128 310 124 330 Z", CREAM
    )
    c.fill(
        "M416 330 C406 290 396 268 382 246 L366 262 C378 290 384 310 388 330 Z", CREAM
    )
    c.fill("M250 78 L250 132 L258 132 L258 118 L304 98 Z", RUST)


def sleeping_bag(c):
    bag = (
        "M256 66 C330 66 356 120 352 190 C350 270 340 360 316 414 "
        "C300 446 212 446 196 414 C172 360 162 270 160 190 C156 120 182 66 256 66 Z"
    )
    c.body(bag, NAVY_LIGHT, 262)
    with c.inside(bag):
        for y in (226, 276, 326, 376):
            c.stroke(f"M150 {y} Q256 {y + 24} 362 {y}", 5, NAVY)
        c.stroke("M300 200 Q306 330 286 440", 5, GOLD)
    c.fill(ellipse(256, 146, 66, 58), NAVY_DARK)
    c.fill(ellipse(256, 154, 52, 44), GOLD)
    c.fill(ellipse(256, 166, 44, 34), GOLD_LIGHT)


def sleeping_pad(c):
    roll = "M170 214 L400 214 C450 214 450 408 400 408 L170 408 Z"
    c.fill(roll, MOSS)
    with c.inside(roll):
        c.fill(rect(100, 344, 400, 80), MOSS_DARK, 0.7)
    c.fill(ellipse(170, 311, 76, 97), MOSS_LIGHT)
    c.fill(ellipse(170, 311, 62, 80), MOSS)
    c.fill(ellipse(172, 311, 48, 63), MOSS_LIGHT)
    c.fill(ellipse(173, 311, 35, 46), MOSS)
    c.fill(ellipse(174, 311, 22, 29), MOSS_LIGHT)
    c.fill(ellipse(174, 311, 10, 13), MOSS_DARK)
    for x in (272, 366):
        band = f"M{x} 214 C{x + 46} 214 {x + 46} 408 {x} 408"
        c.stroke(band, 15, NAVY)
        c.fill(rect(x + 22, 296, 24, 30, 5), STEEL_LIGHT)


def hammock(c):
    for x in (84, 428):
        c.fill(rect(x - 14, 90, 28, 330, 8), WOOD)
        c.fill(rect(x, 90, 14, 330, 8), WOOD_DARK)
    c.stroke("M84 158 L150 216", 6, SAND_DARK)
    c.stroke("M428 158 L362 216", 6, SAND_DARK)
    c.fill("M138 206 Q256 330 374 206 Q352 388 256 388 Q160 388 138 206 Z", RUST)
    c.fill("M138 206 Q256 330 374 206 Q364 250 352 280 Q256 356 160 280 Z", RUST_LIGHT)
    for x in (196, 226, 256, 286, 316):
        drop = 388 - (x - 256) ** 2 / 260
        c.stroke(f"M{x} {drop - 8} L{x} {drop + 18}", 6, SAND)
    c.fill(rect(74, 146, 20, 24, 4), INK)
    c.fill(rect(418, 146, 20, 24, 4), INK)


def camp_chair(c):
    c.stroke("M150 280 L368 420", 14, STEEL_DARK)
    c.stroke("M362 280 L144 420", 14, STEEL)
    c.stroke("M150 128 L150 300", 14, STEEL_DARK)
    c.stroke("M362 128 L362 300", 14, STEEL_DARK)
    c.body("M146 104 Q256 128 366 104 L358 262 Q256 286 154 262 Z", MOSS)
    c.fill("M140 268 Q256 296 372 268 L386 316 Q256 346 126 316 Z", MOSS_DARK)
    for x in (94, 348):
        c.fill(rect(x, 222, 70, 22, 11), WOOD_LIGHT)
    c.fill(rect(346, 232, 42, 36, 8), NAVY)


def cooler(c):
    c.stroke("M120 200 C96 96 416 96 392 200", 16, STEEL_DARK)
    c.body(rect(88, 206, 336, 206, 22), CREAM, 300, 0.09)
    c.fill(rect(76, 164, 360, 66, 20), RUST)
    c.fill(rect(300, 164, 136, 66, 20), RUST_DARK, 0.5)
    for x in (150, 330):
        c.fill(rect(x, 212, 32, 50, 8), INK)
    c.fill(rect(196, 290, 120, 60, 12), SAND)
    c.fill("M212 340 L240 302 L258 324 L270 308 L300 340 Z", MOSS)
    c.fill(rect(110, 404, 60, 18, 6), STEEL_DARK)
    c.fill(rect(342, 404, 60, 18, 6), STEEL_DARK)


def kayak(c):
    with c.placed(0, 36, 1):
        _kayak(c)


def _kayak(c):
    hull = "M34 286 Q130 240 256 240 Q382 240 478 286 Q430 372 256 372 Q82 372 34 286 Z"
    c.body(hull, GOLD, 300, 0.1)
    with c.inside(hull):
        c.fill("M0 316 Q256 352 512 316 L512 420 L0 420 Z", RUST)
    c.fill(ellipse(256, 272, 78, 24), NAVY_DARK)
    c.fill("M206 274 Q226 204 252 238 L256 284 Z", NAVY_LIGHT)
    c.stroke("M128 268 L172 292", 5, INK)
    c.stroke("M128 292 L172 264", 5, INK)
    c.stroke("M372 268 L340 290", 5, INK)
    c.stroke("M116 396 L396 116", 11, WOOD_LIGHT)
    c.fill("M92 436 Q64 420 80 392 Q104 376 128 382 Q134 412 92 436 Z", NAVY)
    c.fill("M420 76 Q448 92 432 120 Q408 136 384 130 Q378 100 420 76 Z", NAVY)


def stove(c):
    c.fill("M256 84 C296 128 306 154 286 188 L226 188 C206 154 222 138 256 84 Z", GOLD)
    c.fill(
        "M256 130 C276 156 276 172 266 188 L246 188 C236 172 240 154 256 130 Z", CREAM
    )
    for x in (166, 346):
        c.stroke(f"M256 236 L{x} 206 L{x} 176", 12, STEEL_DARK)
    c.fill(rect(206, 186, 100, 24, 10), INK)
    c.fill(rect(236, 206, 40, 66, 6), STEEL)
    c.stroke("M276 246 L344 246", 10, STEEL_DARK)
    c.fill(rect(338, 232, 34, 28, 8), RUST)
    tank = (
        "M186 300 Q186 270 226 270 L286 270 Q326 270 326 300 L326 412 "
        "Q256 430 186 412 Z"
    )
    c.body(tank, MOSS)
    with c.inside(tank):
        c.fill(rect(180, 326, 160, 52), CREAM)
    c.fill("M222 366 L250 336 L264 352 L274 342 L294 366 Z", MOSS_DARK)


def hatchet(c):
    c.stroke("M150 416 Q214 330 308 160", 30, WOOD)
    c.stroke("M160 418 Q224 332 318 162", 12, WOOD_DARK, 0.5)
    c.stroke("M150 416 L176 380", 34, RUST)
    c.fill("M264 92 L352 140 L330 184 L242 140 Z", STEEL_DARK)
    c.fill("M352 140 L392 140 Q446 196 420 262 L330 200 L330 184 Z", STEEL)
    c.fill("M392 140 Q446 196 420 262 L402 250 Q420 196 378 140 Z", STEEL_LIGHT)
    c.fill("M242 140 L214 118 L236 76 L264 92 Z", STEEL)


def compass(c):
    c.fill(rect(236, 62, 40, 46, 12), GOLD)
    c.body(ellipse(256, 262, 166), GOLD, 256, 0.1)
    c.fill(ellipse(256, 262, 138), NAVY_DARK)
    c.fill(ellipse(256, 262, 126), CREAM)
    for x, y in ((256, 152), (256, 372), (146, 262), (366, 262)):
        c.fill(ellipse(x, y, 9), NAVY)
    for x, y in ((178, 184), (334, 184), (178, 340), (334, 340)):
        c.fill(ellipse(x, y, 5), STEEL_DARK)
    c.fill("M318 172 L280 280 L236 246 Z", BERRY)
    c.fill("M194 352 L280 280 L236 246 Z", NAVY_LIGHT)
    c.fill(ellipse(257, 262, 15), INK)


def first_aid(c):
    c.stroke("M204 158 Q204 112 256 112 Q308 112 308 158", 16, NAVY_DARK)
    c.body(rect(92, 152, 328, 250, 34), BERRY, 330)
    c.stroke("M94 226 Q256 252 418 226", 6, "#7C2B36")
    c.fill(rect(186, 218, 140, 140, 70), CREAM)
    c.fill(rect(240, 238, 32, 100, 6), BERRY)
    c.fill(rect(206, 272, 100, 32, 6), BERRY)
    c.fill(rect(380, 218, 14, 42, 7), GOLD)


def binoculars(c):
    for x, shade in ((104, MOSS), (288, MOSS_DARK)):
        c.fill(rect(x + 30, 96, 60, 60, 12), INK)
        c.fill(
            f"M{x + 22} 146 L{x + 98} 146 L{x + 120} 330 L{x} 330 Z",
            shade,
        )
        c.fill(rect(x - 8, 318, 136, 84, 18), INK)
        c.fill(ellipse(x + 60, 402, 58, 22), NAVY_LIGHT)
        c.fill(ellipse(x + 46, 398, 20, 8), WHITE, 0.6)
    c.fill(rect(206, 190, 100, 84, 14), NAVY_DARK)
    c.fill(rect(236, 160, 40, 60, 12), GOLD)
    c.fill(rect(236, 176, 40, 8), "#B98427")
    c.fill(rect(236, 196, 40, 8), "#B98427")


DRAWINGS = {
    "tent_2p": tent_2p,
    "tent_4p": tent_4p,
    "sleeping_bag": sleeping_bag,
    "sleeping_pad": sleeping_pad,
    "hammock": hammock,
    "camp_chair": camp_chair,
    "cooler": cooler,
    "kayak": kayak,
    "stove": stove,
    "hatchet": hatchet,
    "compass": compass,
    "first_aid": first_aid,
    "binoculars": binoculars,
}
