# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clothing and bags."""

from .canvas import ellipse, rect
from .palette import (
    BERRY,
    BLACK,
    CREAM,
    GOLD,
    GOLD_DARK,
    INK,
    MOSS,
    MOSS_DARK,
    NAVY,
    NAVY_DARK,
    NAVY_LIGHT,
    RUST,
    RUST_DARK,
    SAND,
    SAND_DARK,
    SAND_LIGHT,
    STEEL,
    STEEL_LIGHT,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)


def tee(c, color, print_color):
    shirt = (
        "M190 92 Q256 140 322 92 L372 108 Q404 122 418 152 L458 246 L390 276 L366 232 "
        "L366 404 Q366 420 350 420 L162 420 Q146 420 146 404 L146 232 L122 276 L54 246 "
        "L94 152 Q108 122 140 108 Z"
    )
    c.body(shirt, color, 300, 0.1)
    with c.inside(shirt):
        c.stroke("M186 88 Q256 140 326 88", 24, BLACK, 0.18)
    c.stroke("M146 232 L150 190", 5, BLACK, 0.2)
    c.stroke("M366 232 L362 190", 5, BLACK, 0.2)
    c.fill("M196 318 L240 244 L266 284 L282 260 L316 318 Z", print_color)
    c.fill(ellipse(300, 228, 15), print_color)


def jacket(c):
    coat = (
        "M186 128 L326 128 L382 156 Q402 168 410 194 L448 366 L396 382 L366 262 "
        "L366 404 Q366 420 350 420 L162 420 Q146 420 146 404 L146 262 L116 382 L64 366 "
        "L102 194 Q110 168 130 156 Z"
    )
    c.body(coat, GOLD, 256, 0.1)
    c.fill("M178 138 Q178 58 256 58 Q334 58 334 138 Q256 176 178 138 Z", GOLD_DARK)
    c.fill("M204 132 Q204 84 256 84 Q308 84 308 132 Q256 158 204 132 Z", NAVY_DARK)
    c.stroke("M256 152 L256 418", 8, NAVY)
    for x in (176, 286):
        c.stroke(f"M{x} 322 L{x + 50} 322", 8, NAVY)
    c.fill("M66 356 L114 372 L116 382 L64 366 Z", NAVY)
    c.fill("M446 356 L398 372 L396 382 L448 366 Z", NAVY)
    c.fill(rect(286, 208, 54, 12, 6), NAVY)


def boots(c):
    upper = (
        "M140 92 L276 92 L280 244 Q300 282 372 296 Q424 308 428 372 L140 372 "
        "Q128 240 140 92 Z"
    )
    c.body(upper, WOOD, 300, 0.08)
    c.fill("M134 92 Q208 72 282 92 L284 122 Q208 104 134 122 Z", WOOD_DARK)
    c.fill("M366 296 Q424 308 428 372 L336 372 Q340 320 366 296 Z", WOOD_DARK)
    c.fill("M140 372 Q136 300 136 262 L200 300 L210 372 Z", WOOD_DARK)
    for y in (142, 176, 210, 244):
        c.stroke(f"M222 {y} L278 {y + 12}", 9, RUST)
        c.fill(ellipse(220, y, 8), STEEL_LIGHT)
    c.stroke("M236 276 L296 264", 9, RUST)
    c.fill(
        "M130 368 L434 368 L432 402 Q430 412 420 412 L144 412 Q132 412 130 402 Z", INK
    )
    for x in range(152, 420, 36):
        c.fill(rect(x, 408, 20, 14), INK)


def beanie(c):
    cap = "M116 326 C116 190 170 126 256 126 C342 126 396 190 396 326 Z"
    c.fill(ellipse(256, 112, 46), CREAM)
    c.body(cap, BERRY, 300)
    with c.inside(cap):
        for x in (150, 203, 256, 309, 362):
            bend = 256 + (x - 256) * 0.35
            c.stroke(f"M{bend} 120 Q{x} 190 {x} 330", 6, "#7C2B36", 0.7)
    c.body(rect(98, 306, 316, 92, 26), BERRY, 300)
    for x in range(122, 410, 24):
        c.stroke(f"M{x} 320 L{x} 384", 6, "#7C2B36")
    c.fill(rect(298, 336, 62, 32, 4), SAND_LIGHT)


def socks(c):
    for dx, dy, color, heel in ((84, -18, SAND_DARK, RUST_DARK), (0, 12, SAND, RUST)):
        with c.placed(dx, dy, 1):
            sock = (
                "M148 84 L256 84 L254 262 Q256 292 284 312 L322 342 Q352 370 328 398 "
                "Q310 414 280 402 L176 346 Q142 326 144 286 Z"
            )
            c.fill(sock, color)
            with c.inside(sock):
                c.fill(rect(130, 80, 140, 46), heel)
                c.fill(ellipse(146, 330, 46), heel)
                c.fill(ellipse(336, 388, 50), heel)
                for y in (146, 170):
                    c.fill(rect(130, y, 140, 10), NAVY)
                for x in (170, 196, 222):
                    c.stroke(f"M{x} 88 L{x} 122", 4, SAND_LIGHT, 0.6)


def cap(c):
    with c.placed(-20, 50, 1):
        _cap(c)


def _cap(c):
    crown = "M110 312 C104 190 170 126 262 126 C344 126 382 200 382 312 Z"
    c.body(crown, MOSS, 262, 0.1)
    c.stroke("M262 128 Q248 220 252 312", 5, MOSS_DARK)
    c.stroke("M230 130 Q160 200 168 312", 5, MOSS_DARK)
    c.stroke("M294 132 Q340 210 332 312", 5, MOSS_DARK)
    c.fill(ellipse(262, 124, 16, 10), MOSS_DARK)
    c.fill("M238 300 Q390 280 464 344 Q476 366 446 366 Q340 336 236 336 Z", MOSS_DARK)
    c.fill("M110 300 Q240 284 382 300 L382 318 Q240 302 110 318 Z", MOSS_DARK)
    c.fill(rect(196, 214, 92, 58, 8), SAND_LIGHT)
    c.fill("M212 262 L236 228 L250 246 L258 236 L274 262 Z", RUST)


def daypack(c):
    c.stroke("M218 96 Q218 62 256 62 Q294 62 294 96", 14, NAVY_DARK)
    c.fill(rect(108, 262, 60, 130, 26), NAVY_DARK)
    c.fill(rect(344, 262, 60, 130, 26), NAVY_DARK)
    body = (
        "M144 200 Q144 88 256 88 Q368 88 368 200 L368 386 Q368 420 334 420 "
        "L178 420 Q144 420 144 386 Z"
    )
    c.body(body, NAVY, 300)
    c.stroke("M160 196 Q256 228 352 196", 7, GOLD)
    c.body(rect(172, 274, 168, 124, 24), NAVY_LIGHT, 300)
    c.stroke("M190 306 L322 306", 7, GOLD)
    c.fill(rect(312, 302, 10, 30, 5), GOLD)
    c.fill(rect(230, 130, 52, 34, 6), WOOD_LIGHT)
    for x in (196, 304):
        c.stroke(f"M{x} 214 L{x} 272", 9, NAVY_DARK)


def trekking_pack(c):
    c.fill(rect(150, 372, 212, 58, 29), SAND)
    c.fill(ellipse(166, 401, 20, 29), SAND_DARK)
    c.fill(rect(112, 220, 60, 150, 28), RUST_DARK)
    c.fill(rect(340, 220, 60, 150, 28), RUST_DARK)
    c.body(rect(152, 128, 208, 262, 40), RUST, 296)
    c.body(
        "M146 150 Q146 66 256 66 Q366 66 366 150 L366 176 Q256 206 146 176 Z",
        RUST_DARK,
        296,
    )
    for x in (200, 302):
        c.stroke(f"M{x} 150 L{x} 260", 10, INK)
        c.fill(rect(x - 14, 214, 28, 26, 5), STEEL_LIGHT)
    c.body(rect(184, 262, 144, 106, 20), RUST_DARK, 296)
    c.stroke("M202 290 L310 290", 6, GOLD)
    for x in (196, 316):
        c.stroke(f"M{x} 366 L{x} 428", 9, INK)
    c.fill(rect(226, 106, 60, 22, 6), CREAM)


def duffel(c):
    c.stroke("M176 250 C170 90 342 90 336 250", 18, WOOD_DARK)
    body = (
        "M96 230 Q100 196 136 196 L376 196 Q412 196 416 230 L432 366 "
        "Q436 414 390 414 L122 414 Q76 414 80 366 Z"
    )
    c.body(body, MOSS, 320)
    c.stroke("M122 214 L390 214", 8, GOLD)
    for x in (160, 320):
        c.fill(rect(x, 196, 32, 218), WOOD)
        c.fill(rect(x + 16, 196, 16, 218), WOOD_DARK, 0.6)
    c.stroke("M176 250 C170 116 342 116 336 250", 16, WOOD)
    c.fill(rect(220, 262, 72, 48, 8), WOOD_LIGHT)
    c.fill(ellipse(112, 316, 12), GOLD)
    c.fill(ellipse(400, 316, 12), GOLD)


def dry_bag(c):
    c.fill(rect(170, 96, 172, 36, 12), INK)
    c.fill(rect(160, 122, 192, 30, 10), NAVY)
    c.stroke("M170 114 Q116 100 132 152", 12, INK)
    c.fill(rect(120, 146, 30, 26, 6), STEEL)
    body = (
        "M168 150 L344 150 Q366 250 362 384 Q360 420 326 420 L186 420 "
        "Q152 420 150 384 Q146 250 168 150 Z"
    )
    c.body(body, NAVY_LIGHT, 290)
    with c.inside(body):
        c.fill(rect(140, 386, 240, 40), NAVY_DARK)
        c.fill(rect(140, 196, 240, 14), NAVY, 0.6)
    c.fill(
        "M256 250 C292 294 296 318 288 336 C274 362 238 362 224 336 "
        "C216 318 220 294 256 250 Z",
        CREAM,
    )
    c.stroke("M180 240 Q172 300 174 360", 10, CREAM, 0.4)


def moss_tee(c):
    tee(c, MOSS, CREAM)


def sand_tee(c):
    tee(c, SAND, RUST)


def navy_tee(c):
    tee(c, NAVY, GOLD)


CLOTHING = {
    "tee_moss": moss_tee,
    "tee_sand": sand_tee,
    "tee_navy": navy_tee,
    "jacket": jacket,
    "boots": boots,
    "beanie": beanie,
    "socks": socks,
    "cap": cap,
}
BAGS = {
    "daypack": daypack,
    "trekking_pack": trekking_pack,
    "duffel": duffel,
    "dry_bag": dry_bag,
}
