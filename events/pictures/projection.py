"""The ground of a map: degrees to points of a picture, circles in metres, cutting.

Pure. Degrees are longitude and latitude in this order, WGS 84 taken as a sphere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.outlines import Box, Point, box_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EARTH = 6_371_009  # metres, mean radius
_DEGREE = math.radians(1) * EARTH  # metres of one degree of latitude
_FARTHEST = 19_000_000  # metres; beyond, a circle is the whole world but a spot
_CORNERS = 72  # of the polygon that stands for a circle
_POLE = 90.0


def distance(one: Point, other: Point) -> float:
    """Metres along a great circle."""
    a, b = math.radians(one[1]), math.radians(other[1])
    across = math.radians(other[0] - one[0]) / 2
    part = math.sin((b - a) / 2) ** 2
    part += math.cos(a) * math.cos(b) * math.sin(across) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(part)))


def circle(centre: Point, radius_m: float) -> list[Point]:
    """The points that lie `radius_m` from the centre, closed, without a jump.

    True on the globe: drawn at 60° north it is twice as wide in degrees as high. One
    that holds a pole is closed through it.
    """
    x, y = centre
    turn, lat = min(radius_m, _FARTHEST) / EARTH, math.radians(y)
    points: list[Point] = []
    for corner in range(_CORNERS + 1):
        bearing = 2 * math.pi * corner / _CORNERS
        sine = math.sin(lat) * math.cos(turn)
        sine += math.cos(lat) * math.sin(turn) * math.cos(bearing)
        east = math.atan2(
            math.sin(bearing) * math.sin(turn) * math.cos(lat),
            math.cos(turn) - math.sin(lat) * sine,
        )
        # A few ends of a turn may come out a hair beyond 1.
        north = math.degrees(math.asin(max(-1.0, min(1.0, sine))))
        points.append((x + math.degrees(east), north))
    return _closed(points)


def _closed(points: Sequence[Point]) -> list[Point]:
    found = [points[0]]
    for x, y in points[1:]:
        step = (x - found[-1][0] + 180) % 360 - 180
        found.append((found[-1][0] + step, y))
    if abs(found[-1][0] - found[0][0]) > 180:
        pole = math.copysign(_POLE, found[0][1] + found[len(found) // 2][1])
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return found


def beside(x: float, middle: float) -> float:
    """The longitude `x`, as many whole turns on as bring it next to `middle`."""
    return middle + (x - middle + 180) % 360 - 180


def middle_of(longitudes: Iterable[float]) -> float:
    """The middle of the shortest stretch around the globe that holds them all."""
    xs = sorted({x % 360 for x in longitudes})
    gaps = [(after - x, x) for x, after in zip(xs, [*xs[1:], xs[0] + 360], strict=True)]
    widest, before = max(gaps)
    middle = before + widest + (360 - widest) / 2
    return (middle + 180) % 360 - 180


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular, true to scale at the latitude of its middle."""

    middle: Point
    scale: float  # picture units of one degree of latitude
    width: int
    height: int

    @property
    def narrow(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians(self.middle[1]))

    def at(self, point: Point) -> Point:
        x, y = point
        return (
            self.width / 2 + (x - self.middle[0]) * self.scale * self.narrow,
            self.height / 2 - (y - self.middle[1]) * self.scale,
        )

    def units(self, metres: float) -> float:
        return metres / _DEGREE * self.scale

    def box(self, margin: float = 0) -> Box:
        """The degrees that the picture shows, and `margin` units around it."""
        across = (self.width / 2 + margin) / self.scale / self.narrow
        up = (self.height / 2 + margin) / self.scale
        x, y = self.middle
        return Box(x - across, y - up, x + across, y + up)


def fitted(
    points: Sequence[Point], *, size: tuple[int, int], least: float
) -> Projection:
    """A map of that size with all points on it, room around them, `least` metres high.

    The points do not jump at the date line.
    """
    width, height = size
    box = box_of(points)
    south, north = max(box.south, -_POLE), min(box.north, _POLE)
    middle = ((box.west + box.east) / 2, (south + north) / 2)
    # Beyond 75° a degree of longitude is so short that the map would be all width.
    middle = (middle[0], max(-75.0, min(75.0, middle[1])))
    narrow = math.cos(math.radians(middle[1]))
    up = max((north - south) * 1.35, least / _DEGREE)
    across = min((box.east - box.west) * 1.35, 360) * narrow
    scale = min(height / up, width / max(across, 1e-9))
    return Projection(middle, scale, width, height)


def cut(
    ring: Sequence[Point], *, width: float, height: float, margin: float
) -> list[Point]:
    """What of a ring of picture points lies in the picture or `margin` around it."""
    points = list(ring)
    for axis, bound, sign in (
        (0, -margin, 1),
        (0, width + margin, -1),
        (1, -margin, 1),
        (1, height + margin, -1),
    ):
        points = _cut_at(points, axis=axis, bound=bound, sign=sign)
    return points


def _cut_at(points: list[Point], *, axis: int, bound: float, sign: int) -> list[Point]:
    """Sutherland and Hodgman: one side of the window after the other."""
    kept: list[Point] = []
    for index, here in enumerate(points):
        before = points[index - 1]
        inside, was = (sign * (p[axis] - bound) >= 0 for p in (here, before))
        if inside != was:
            share = (bound - before[axis]) / (here[axis] - before[axis])
            kept.append(
                (
                    before[0] + share * (here[0] - before[0]),
                    before[1] + share * (here[1] - before[1]),
                )
            )
        if inside:
            kept.append(here)
    return kept


def thinned(points: Sequence[Point], *, least: float = 1.1) -> list[Point]:
    """Without the points that nobody would see: nearer than `least` to the last."""
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(point, kept[-1]) >= least:
            kept.append(point)
    return kept


def path(points: Sequence[Point]) -> str:
    """A closed path of SVG, in steps of tenths: short, and no error adds up."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [
        f"{(x2 - x) / 10:g} {(y2 - y) / 10:g}"
        for (x, y), (x2, y2) in zip(tenths, tenths[1:], strict=False)
        if (x, y) != (x2, y2)
    ]
    (x, y), *_ = tenths
    return f"M{x / 10:g} {y / 10:g}l{' '.join(steps)}z".replace(" -", "-")


def round_length(most: float) -> int:
    """The longest of 1, 2, 5, 10, 20 … that is not above `most` (at least 1)."""
    power = 10 ** math.floor(math.log10(max(most, 1)))
    return next(int(n * power) for n in (5, 2, 1) if n * power <= max(most, 1))
