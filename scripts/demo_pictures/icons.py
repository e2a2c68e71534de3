# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Icons of the addons and of the kinds of channel.

The addons share one parcel; what happens to it tells them apart. Colours are those
of the neighbouring applications, so that ours do not look like strangers.
"""

from .canvas import ellipse, rect

TEAL, TEAL_DARK = "#1AD3BB", "#1A6F66"
PURPLE, PURPLE_DARK = "#985184", "#6C2B5D"
YELLOW, ORANGE, CORAL = "#FBB945", "#F86126", "#FC868B"
BLUE, BLUE_DARK, WHITE = "#2EBCFA", "#144496", "#FFFFFF"


def parcel(c, x, y, side):
    """A box with its tape, `side` wide, top left corner at `x`, `y`."""
    c.fill(rect(x, y, side, side, side * 0.14), PURPLE)
    c.fill(rect(x + side * 0.39, y, side * 0.22, side * 0.42), YELLOW)


def oms_core(c):
    """Orders of many places run into one parcel."""
    c.fill("M40 76 Q40 40 76 40 L212 40 L212 212 L40 212 Z", TEAL)
    c.fill("M300 40 L436 40 Q472 40 472 76 L472 212 L300 212 Z", YELLOW)
    c.fill("M40 300 L212 300 L212 472 L76 472 Q40 472 40 436 Z", CORAL)
    c.fill(rect(126, 126, 346, 346, 46), PURPLE)
    c.fill("M126 172 Q126 126 172 126 L212 126 L212 212 L126 212 Z", TEAL_DARK)
    c.fill("M300 126 L426 126 Q472 126 472 172 L472 212 L300 212 Z", ORANGE)
    c.fill("M126 300 L212 300 L212 472 L172 472 Q126 472 126 426 Z", PURPLE_DARK)
    c.stroke("M228 306 L286 362 L392 252", 42, WHITE)


def oms_channels(c):
    """Three places of sale, one parcel."""
    for y, color in ((96, TEAL), (256, YELLOW), (416, CORAL)):
        c.stroke(f"M96 {y} C230 {y} 220 256 360 256", 40, color)
        c.fill(ellipse(96, y, 62), color)
    parcel(c, 262, 146, 220)


def oms_routing(c):
    """A parcel, a road, a place."""
    c.stroke("M148 404 L300 404 C430 404 430 300 330 300 L300 300", 40, TEAL)
    pin = (
        "M340 296 C290 232 238 190 238 132 C238 74 284 30 340 30 "
        "C396 30 442 74 442 132 C442 190 390 232 340 296 Z"
    )
    c.fill(pin, ORANGE)
    c.fill("M340 30 C396 30 442 74 442 132 C442 190 390 232 340 296 Z", YELLOW)
    c.fill(ellipse(340, 132, 44), WHITE)
    parcel(c, 30, 262, 210)


def oms_returns(c):
    """A parcel that comes back."""
    c.stroke("M396 456 C520 330 450 130 270 130 L190 130", 62, TEAL)
    c.fill(
        "M210 16 L210 244 Q210 262 194 250 L62 146 Q48 130 62 114 "
        "L194 10 Q210 -2 210 16 Z",
        TEAL,
    )
    c.fill("M210 99 L270 99 L270 161 L210 161 Z", TEAL_DARK)
    parcel(c, 120, 232, 240)


def channel_webshop(c):
    c.fill(rect(40, 84, 432, 344, 46), BLUE)
    c.fill("M40 130 Q40 84 86 84 L426 84 Q472 84 472 130 L472 176 L40 176 Z", BLUE_DARK)
    for x in (96, 152, 208):
        c.fill(ellipse(x, 130, 17), WHITE)
    c.stroke("M136 226 L176 226 L212 330 L352 330 L384 250 L190 250", 26, WHITE)
    c.fill(ellipse(232, 384, 24), WHITE)
    c.fill(ellipse(334, 384, 24), WHITE)


def channel_marketplace(c):
    for x, y, color in (
        (52, 52, TEAL),
        (276, 52, YELLOW),
        (52, 276, CORAL),
        (276, 276, PURPLE),
    ):
        c.fill(rect(x, y, 184, 184, 40), color)
        c.stroke(
            f"M{x + 58} {y + 66} Q{x + 92} {y + 136} {x + 126} {y + 66}", 24, WHITE
        )


def channel_store(c):
    c.fill(rect(76, 210, 360, 254, 20), PURPLE)
    c.fill(rect(118, 290, 110, 174, 10), WHITE)
    c.fill(rect(274, 290, 120, 100, 10), WHITE)
    for number, x in enumerate(range(36, 476, 110)):
        color = YELLOW if number % 2 == 0 else ORANGE
        c.fill(
            f"M{x} 60 L{x + 110} 60 L{x + 110} 200 C{x + 110} 276 {x} 276 {x} 200 Z",
            color,
        )


def channel_wholesale(c):
    c.fill(rect(48, 272, 196, 170, 22), ORANGE)
    c.fill(rect(268, 272, 196, 170, 22), PURPLE)
    c.fill(rect(158, 76, 196, 176, 22), YELLOW)
    c.fill(rect(228, 76, 56, 74), WHITE)
    c.fill(rect(118, 272, 56, 70), WHITE)
    c.fill(rect(338, 272, 56, 70), WHITE)
    c.fill(rect(28, 456, 456, 34, 12), PURPLE_DARK)


def channel_phone(c):
    handset = (
        "M140 56 Q166 40 184 66 L228 136 Q240 160 220 178 L186 208 Q226 290 304 330 "
        "L336 294 Q354 274 378 288 L446 332 Q472 350 456 376 Q420 460 334 460 "
        "C180 440 72 332 52 178 Q54 92 140 56 Z"
    )
    c.fill(handset, TEAL)
    c.stroke("M300 64 Q436 84 448 220", 32, PURPLE)
    c.stroke("M296 146 Q356 158 364 218", 32, CORAL)


ADDONS = {
    "oms_core": oms_core,
    "oms_channels": oms_channels,
    "oms_routing": oms_routing,
    "oms_returns": oms_returns,
}
CHANNELS = {
    "channel_webshop": channel_webshop,
    "channel_marketplace": channel_marketplace,
    "channel_store": channel_store,
    "channel_wholesale": channel_wholesale,
    "channel_phone": channel_phone,
}
