# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Flat drawing with filled paths, written as PNG or SVG.

Coordinates are those of a 512 × 512 picture, y downwards. A path is the absolute
subset of SVG's: M, L, Q, C, Z. Overlapping subpaths cut holes (even-odd).
"""

import itertools
import re
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageColor, ImageDraw

SIZE = 512
_OVERSAMPLING = 3
_CURVE_STEPS = 20
_KAPPA = 0.5523  # control points at this share of the radius make a Bézier circle
_NUMBERS_OF = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


def ellipse(cx, cy, rx, ry=None):
    ry = rx if ry is None else ry
    kx, ky = rx * _KAPPA, ry * _KAPPA
    return (
        f"M{cx - rx} {cy} C{cx - rx} {cy - ky} {cx - kx} {cy - ry} {cx} {cy - ry} "
        f"C{cx + kx} {cy - ry} {cx + rx} {cy - ky} {cx + rx} {cy} "
        f"C{cx + rx} {cy + ky} {cx + kx} {cy + ry} {cx} {cy + ry} "
        f"C{cx - kx} {cy + ry} {cx - rx} {cy + ky} {cx - rx} {cy} Z"
    )


def rect(x, y, width, height, r=0):
    x1, y1, k = x + width, y + height, r * (1 - _KAPPA)
    if not r:
        return f"M{x} {y} L{x1} {y} L{x1} {y1} L{x} {y1} Z"
    return (
        f"M{x + r} {y} L{x1 - r} {y} C{x1 - k} {y} {x1} {y + k} {x1} {y + r} "
        f"L{x1} {y1 - r} C{x1} {y1 - k} {x1 - k} {y1} {x1 - r} {y1} "
        f"L{x + r} {y1} C{x + k} {y1} {x} {y1 - k} {x} {y1 - r} "
        f"L{x} {y + r} C{x} {y + k} {x + k} {y} {x + r} {y} Z"
    )


def _between(points, t):
    """The point of a Bézier curve at `t`, by de Casteljau's construction."""
    while len(points) > 1:
        points = [
            (ax + (bx - ax) * t, ay + (by - ay) * t)
            for (ax, ay), (bx, by) in itertools.pairwise(points)
        ]
    return points[0]


def flatten(path):
    """Return the subpaths of `path`, each a list of points."""
    subpaths = []
    for command, text in re.findall(r"([MLQCZ])([^MLQCZ]*)", path):
        numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", text)]
        step = _NUMBERS_OF[command]
        for start in range(0, len(numbers), step or 1):
            chunk = numbers[start : start + step]
            points = list(zip(chunk[::2], chunk[1::2], strict=True))
            if command == "M":
                subpaths.append(points)
            elif command == "L":
                subpaths[-1] += points
            else:
                curve = [subpaths[-1][-1], *points]
                subpaths[-1] += [
                    _between(curve, i / _CURVE_STEPS)
                    for i in range(1, _CURVE_STEPS + 1)
                ]
    return subpaths


class Canvas:
    def __init__(self, background=None):
        pixels = SIZE * _OVERSAMPLING
        self._image = Image.new("RGBA", (pixels, pixels), background or (0, 0, 0, 0))
        self._clip = None
        self._x, self._y, self._scale = 0, 0, 1
        self._svg = []

    @contextmanager
    def placed(self, x, y, scale):
        """Draw what follows smaller or elsewhere."""
        before = self._x, self._y, self._scale
        self._x += x * self._scale
        self._y += y * self._scale
        self._scale *= scale
        yield
        self._x, self._y, self._scale = before

    @contextmanager
    def inside(self, path):
        """Draw what follows only where `path` is."""
        before = self._clip
        mask = self._mask(path)
        self._clip = mask if before is None else ImageChops.multiply(before, mask)
        yield
        self._clip = before

    def fill(self, path, color, opacity=1.0):
        self._paint(self._mask(path), color, opacity)
        self._svg.append(
            f'<path d="{path}" fill="{color}" fill-rule="evenodd"'
            + (f' fill-opacity="{opacity}"' if opacity < 1 else "")
            + "/>"
        )

    def body(self, path, color, shade_from=256, shade=0.13):
        """Fill `path` and darken what lies to the right of `shade_from`."""
        self.fill(path, color)
        with self.inside(path):
            self.fill(rect(shade_from, -200, 1000, 1000), "#000000", shade)

    def stroke(self, path, width, color, opacity=1.0):
        mask = Image.new("L", self._image.size)
        draw = ImageDraw.Draw(mask)
        pixels = width * self._scale * _OVERSAMPLING
        for points in flatten(path):
            dots = [self._pixel(point) for point in points]
            draw.line(dots, 255, round(pixels), joint="curve")
            for x, y in (dots[0], dots[-1]):
                half = pixels / 2
                draw.ellipse((x - half, y - half, x + half, y + half), 255)
        self._paint(mask, color, opacity)
        self._svg.append(
            f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}"'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def png(self, size, colors=None):
        """Return the picture, reduced to `colors` so that the file stays small."""
        image = self._image.resize((size, size), Image.Resampling.LANCZOS)
        if colors:
            return image.convert("RGB").quantize(colors, dither=Image.Dither.NONE)
        return image

    def svg(self):
        shapes = "".join(self._svg)
        box = f"0 0 {SIZE} {SIZE}"
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{shapes}</svg>'

    def _pixel(self, point):
        return (
            (point[0] * self._scale + self._x) * _OVERSAMPLING,
            (point[1] * self._scale + self._y) * _OVERSAMPLING,
        )

    def _mask(self, path):
        mask = Image.new("L", self._image.size)
        for points in flatten(path):
            part = Image.new("L", self._image.size)
            dots = [self._pixel(point) for point in points]
            ImageDraw.Draw(part).polygon(dots, 255)
            mask = ImageChops.difference(mask, part)
        return mask

    def _paint(self, mask, color, opacity):
        if self._clip is not None:
            mask = ImageChops.multiply(mask, self._clip)
        if opacity < 1:
            mask = mask.point(lambda value: round(value * opacity))
        layer = Image.new("RGBA", self._image.size, ImageColor.getrgb(color))
        layer.putalpha(mask)
        self._image.alpha_composite(layer)
