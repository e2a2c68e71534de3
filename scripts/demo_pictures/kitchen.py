# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .canvas import ellipse, rect
from .palette import (
    COFFEE,
    CREAM,
    GLASS,
    GOLD,
    GOLD_LIGHT,
    INK,
    MOSS,
    NAVY,
    NAVY_DARK,
    NAVY_LIGHT,
    RUST,
    RUST_DARK,
    SAND,
    SAND_LIGHT,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)


def mug(c):
    c.fill(
        ellipse(366, 280, 72, 76) + ellipse(362, 280, 46, 50),
        NAVY_DARK,
    )
    c.body(
        "M118 160 L366 160 L352 392 Q350 416 320 416 L164 416 Q134 416 132 392 Z", NAVY
    )
    c.fill(ellipse(242, 162, 126, 30), CREAM)
    c.fill(ellipse(242, 168, 108, 20), COFFEE)
    for x, y in (
        (170, 250),
        (214, 320),
        (284, 262),
        (316, 350),
        (176, 370),
        (256, 226),
    ):
        c.fill(ellipse(x, y, 5), CREAM, 0.85)


def press(c):
    c.fill(
        "M330 196 L420 196 L420 380 L330 380 L330 352 L392 352 L392 224 L330 224 Z",
        WOOD,
    )
    c.fill(rect(158, 150, 180, 266, 16), GLASS, 0.8)
    c.fill(
        "M168 258 L328 258 L328 396 Q328 406 318 406 L178 406 Q168 406 168 396 Z",
        COFFEE,
    )
    c.fill(rect(168, 240, 160, 20, 4), STEEL)
    c.stroke("M248 90 L248 244", 9, STEEL_DARK)
    c.fill(ellipse(248, 80, 26, 20), WOOD_DARK)
    c.body(rect(148, 130, 200, 34, 14), STEEL)
    c.fill("M150 144 L112 132 L120 164 L150 164 Z", STEEL)
    c.stroke("M156 200 L340 200", 8, STEEL_DARK)
    c.stroke("M156 384 L340 384", 8, STEEL_DARK)
    c.fill(rect(180, 268, 12, 110, 6), WHITE, 0.35)
    c.fill(rect(148, 402, 200, 20, 8), STEEL_DARK)


def kettle(c):
    c.stroke("M170 190 C160 66 342 66 332 190", 18, WOOD)
    c.fill(
        "M330 320 L420 202 L458 224 L374 384 Z",
        RUST_DARK,
    )
    body = (
        "M140 226 Q250 170 360 226 Q410 330 378 392 Q366 416 330 416 "
        "L170 416 Q134 416 122 392 Q90 330 140 226 Z"
    )
    c.body(body, RUST, 290)
    with c.inside(body):
        c.fill(rect(80, 396, 340, 30), RUST_DARK)
    c.fill("M178 212 Q250 160 322 212 Q250 232 178 212 Z", RUST_DARK)
    c.fill(ellipse(250, 176, 20, 16), INK)
    c.stroke("M138 290 Q126 340 140 376", 12, WHITE, 0.4)


def skillet(c):
    c.stroke("M330 190 L440 80", 38, INK)
    c.fill(ellipse(436, 84, 9), STEEL)
    c.fill(ellipse(216, 300, 164), INK)
    c.fill(ellipse(216, 300, 142), "#434145")
    c.fill(ellipse(216, 306, 130), "#38363A")
    c.fill(
        "M146 286 C140 236 206 216 246 240 C300 244 312 310 272 340 "
        "C250 380 176 372 158 340 C138 328 140 306 146 286 Z",
        WHITE,
    )
    c.fill(ellipse(216, 298, 40), GOLD)
    c.fill(ellipse(204, 286, 12, 9), GOLD_LIGHT)


def pot(c):
    c.stroke("M360 256 L452 256 Q466 256 466 270 L466 282", 16, RUST)
    c.body(rect(106, 210, 264, 206, 26), STEEL, 250)
    c.fill(rect(92, 204, 292, 24, 10), STEEL_DARK)
    c.fill("M104 204 Q238 140 372 204 Z", STEEL_LIGHT)
    c.fill("M238 164 Q310 166 372 204 L238 204 Z", STEEL)
    c.fill(rect(214, 136, 48, 34, 12), RUST)
    for y in (270, 320, 370):
        c.stroke(f"M132 {y} L168 {y}", 6, STEEL_DARK)


def spork(c):
    with c.placed(0, 10, 1):
        c.stroke("M256 250 L256 420", 30, STEEL)
        c.stroke("M262 250 L262 420", 10, STEEL_DARK, 0.5)
        head = (
            "M186 70 L206 70 L206 130 L226 130 L226 70 L246 70 L246 130 "
            "L266 130 L266 70 L286 70 L286 130 L306 130 L306 70 L326 70 "
            "L330 190 C330 236 300 262 256 266 C212 262 182 236 182 190 Z"
        )
        c.body(head, STEEL, 256)
        c.fill(ellipse(256, 196, 48, 44), STEEL_LIGHT)
        c.fill(ellipse(256, 408, 8), CREAM)


def board(c):
    c.fill(rect(216, 54, 80, 130, 34), WOOD_DARK)
    c.fill(ellipse(256, 92, 14), SAND_LIGHT)
    plank = rect(118, 132, 276, 288, 34)
    c.body(plank, WOOD_LIGHT, 300, 0.08)
    with c.inside(plank):
        for x in (174, 230, 338):
            c.stroke(f"M{x} 120 Q{x + 10} 270 {x - 6} 430", 5, WOOD, 0.7)
        c.fill(rect(268, 120, 36, 310), WOOD, 0.55)
    c.fill(ellipse(188, 350, 34), RUST)
    c.fill(ellipse(188, 350, 25), "#E39166")


def carafe(c):
    glass = (
        "M222 70 L290 70 C288 150 292 180 330 236 C372 300 366 416 312 416 "
        "L200 416 C146 416 140 300 182 236 C220 180 224 150 222 70 Z"
    )
    c.fill(glass, GLASS)
    with c.inside(glass):
        c.fill(rect(100, 290, 320, 140), NAVY_LIGHT, 0.5)
        c.fill(ellipse(256, 290, 112, 16), WHITE, 0.5)
        c.fill(rect(300, 60, 120, 380), NAVY, 0.12)
    c.stroke("M190 268 Q158 320 172 376", 12, WHITE, 0.8)
    c.fill(ellipse(256, 70, 36, 10), WHITE, 0.8)
    c.fill(ellipse(256, 58, 27, 27), WOOD_LIGHT)


def bottle(c, color):
    c.stroke("M214 120 Q214 62 256 62 Q298 62 298 120", 14, INK)
    c.body(rect(208, 104, 96, 62, 12), INK)
    c.fill(rect(218, 160, 76, 22), STEEL)
    body = (
        "M218 178 L294 178 Q340 196 340 246 L340 396 Q340 420 314 420 "
        "L198 420 Q172 420 172 396 L172 246 Q172 196 218 178 Z"
    )
    c.body(body, color, 276)
    with c.inside(body):
        c.fill(rect(160, 398, 200, 30), STEEL_DARK)
    c.fill("M214 330 L250 278 L270 304 L282 290 L306 330 Z", CREAM)
    c.fill(rect(190, 236, 12, 140, 6), WHITE, 0.35)


def moss_bottle(c):
    bottle(c, MOSS)


def sand_bottle(c):
    bottle(c, SAND)


def navy_bottle(c):
    bottle(c, NAVY)


DRAWINGS = {
    "mug": mug,
    "press": press,
    "kettle": kettle,
    "skillet": skillet,
    "pot": pot,
    "spork": spork,
    "board": board,
    "carafe": carafe,
    "bottle_moss": moss_bottle,
    "bottle_sand": sand_bottle,
    "bottle_navy": navy_bottle,
}
