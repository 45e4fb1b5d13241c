"""Outlines of countries, and of the provinces and districts of Afghanistan.

Read once from fixtures/outlines; its README says whose they are. Pure: no database.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from events.place_names import lookup_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FILE = Path(__file__).resolve().parent.parent / "fixtures/outlines/outlines.json.gz"

Point = tuple[float, float]  # longitude, latitude: the order of x and y
Ring = tuple[Point, ...]


class Box(NamedTuple):
    """Degrees. East may lie beyond 180, west before -180: there is no jump inside."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Box) -> bool:
        across = self.west <= other.east and other.west <= self.east
        return across and self.south <= other.north and other.south <= self.north

    def moved(self, degrees: float) -> Box:
        return self._replace(west=self.west + degrees, east=self.east + degrees)


@dataclass(frozen=True, slots=True)
class Part:
    """One closed line of an outline, and the box around it."""

    ring: Ring
    box: Box


@dataclass(frozen=True, slots=True)
class Outline:
    """A country, province or district; its largest part first.

    `code` is ISO 3166-1 alpha-3 of a country, ISO 3166-2 of a province, the
    publisher's own of a district; empty where there is none.
    """

    level: str
    code: str
    name: str
    parts: tuple[Part, ...]


def box_of(points: Iterable[Point]) -> Box:
    """The box around points that do not jump at the date line."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


@lru_cache(maxsize=1)
def all_outlines() -> tuple[Outline, ...]:
    stored = json.loads(gzip.decompress(_FILE.read_bytes()))
    return tuple(_outline(shape, stored["grain"]) for shape in stored["shapes"])


def _outline(shape: dict[str, Any], grain: int) -> Outline:
    rings = [_ring(numbers, grain) for numbers in shape["rings"]]
    parts = [Part(ring, box_of(ring)) for ring in rings]
    parts.sort(key=lambda part: abs(area(part.ring)), reverse=True)
    return Outline(shape["level"], shape["code"], shape["name"], tuple(parts))


def _ring(numbers: Sequence[int], grain: int) -> Ring:
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / grain, y / grain))
    return tuple(points)


def area(ring: Sequence[Point]) -> float:
    """In square units of the points; negative where the ring runs clockwise."""
    turned = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * y2 - x2 * y for (x, y), (x2, y2) in turned) / 2


def contains(outline: Outline, point: Point) -> bool:
    """Whether the point lies inside, and not in a hole."""
    x, y = point
    return any(
        sum(crossings(part.ring, (x + turn, y)) for part in outline.parts) % 2
        for turn in (0, 360, -360)
    )


def crossings(ring: Sequence[Point], point: Point) -> int:
    """How often a ray from the point crosses the ring: odd if the point is inside."""
    x, y = point
    return sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Outline]:
    return {each.code: each for each in all_outlines() if each.code}


def outline_of(code: str) -> Outline | None:
    return _by_code().get(code)


@lru_cache(maxsize=1)
def _by_name() -> dict[tuple[str, str], list[Outline]]:
    found: dict[tuple[str, str], list[Outline]] = {}
    for each in all_outlines():
        if each.level != "country":
            found.setdefault((each.level, lookup_form(each.name)), []).append(each)
    return found


def outline_code(
    *, kind: str, country: str, codes: Iterable[str], names: Iterable[str], point: Point
) -> str:
    """The code of a place's packaged outline; empty if there is none.

    A country is known by its alpha-3 code, a province by one of its `codes` (ISO
    3166-2), or else by one of its `names`; a name counts only where the outline holds
    the place's point: two districts may share one.
    """
    if kind == "country":
        return country if outline_of(country) else ""
    if kind not in {"province", "district"}:
        return ""
    for code in codes:
        if outline_of(code):
            return code
    if country not in {"", "AFG"}:
        return ""
    for name in names:
        for each in _by_name().get((kind, lookup_form(name)), []):
            if contains(each, point):
                return each.code
    return ""
