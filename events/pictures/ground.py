"""The ground under a map: land, borders, their names, a scale bar. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

from events.outlines import Outline, Part, all_outlines, area, crossings
from events.pictures.labels import Area
from events.pictures.projection import cut, path, round_length, thinned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString

    from events.outlines import Point
    from events.pictures.labels import Label, Sheet
    from events.pictures.projection import Projection

_MARGIN = 40  # picture units of land around the picture, for those who move it
# Borders are drawn where the picture is so many degrees high, or fewer.
_SHOWN = {"country": 360.0, "province": 9.0, "district": 1.6}
_NAMED = {"country": 60.0, "province": 7.0, "district": 0.9}
_TURNS = (0, 360, -360)
_LEFT, _BOTTOM = 14, 14  # of the scale bar, from the picture's edges
_LONGEST = 0.28  # of the scale bar, as part of the width


def land(view: Projection) -> SafeString:
    """Countries, and from near their provinces and districts; only what is in view."""
    return format_html_join(
        "",
        '<path class="map-{}" d="{}"/>',
        (
            (level, " ".join(path(ring) for ring in rings))
            for level in _near(view, _SHOWN)
            for _, rings in _in_view(view, level)
        ),
    )


@lru_cache(maxsize=len(_SHOWN))  # one drawing asks for each level three times
def _in_view(view: Projection, level: str) -> list[tuple[Outline, list[list[Point]]]]:
    box = view.box(_MARGIN)
    beside = [(turn, box.moved(-turn)) for turn in _TURNS]
    found = []
    for outline in all_outlines():
        if outline.level != level:
            continue
        rings = [
            ring
            for part in outline.parts
            for turn, there in beside
            if part.box.meets(there) and (ring := _seen(part, turn, view))
        ]
        if rings:
            found.append((outline, rings))
    return found


def _near(view: Projection, borders: dict[str, float]) -> Iterator[str]:
    """The levels whose borders, or names, have room in the picture."""
    height = view.height / view.scale
    return (level for level, degrees in borders.items() if height <= degrees)


def _seen(part: Part, turn: int, view: Projection) -> list[Point]:
    points = thinned([view.at((x + turn, y)) for x, y in part.ring])
    kept = cut(points, width=view.width, height=view.height, margin=_MARGIN)
    # An island that is smaller than a point of the picture is left out.
    return kept if len(kept) > 2 and abs(area(kept)) >= 1 else []


def names(
    view: Projection, sheet: Sheet, *, apart_from: Sequence[Sequence[Point]]
) -> Iterator[Label]:
    """The names of what lies around, the largest first, where there is room.

    None stands in one of the rings `apart_from`.
    """
    for level in _near(view, _NAMED):
        wide = [
            (abs(area(inside)), inside, outline.name)
            for outline, rings in _in_view(view, level)
            if (inside := _within(rings, view))
        ]
        wide.sort(key=lambda each: each[0], reverse=True)
        for size, ring, name in wide:
            at = _centroid(ring)
            if size < len(name) * sheet.font**2 or not crossings(ring, at) % 2:
                continue  # too small for its name, or so bent that it stands outside
            if any(crossings(other, at) % 2 for other in apart_from):
                continue
            if label := sheet.upon(name, *at):
                yield label


def _within(rings: list[list[Point]], view: Projection) -> list[Point]:
    """The largest ring of a shape, as much of it as the picture shows."""
    largest = max(rings, key=lambda ring: abs(area(ring)))
    kept = cut(largest, width=view.width, height=view.height, margin=0)
    return kept if len(kept) > 2 else []


def _centroid(ring: list[Point]) -> Point:
    size = area(ring)
    turned = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    x = sum((x + x2) * (x * y2 - x2 * y) for (x, y), (x2, y2) in turned)
    y = sum((y + y2) * (x * y2 - x2 * y) for (x, y), (x2, y2) in turned)
    return (x / 6 / size, y / 6 / size) if size else ring[0]


def scale_bar(view: Projection) -> SafeString:
    """A length on the ground, true at the latitude of the picture's middle."""
    metre = view.units(1)
    metres = round_length(view.width * _LONGEST / metre)
    length = round(metres * metre, 1)
    told = f"{metres // 1000:,} km" if metres >= 1000 else f"{metres} m"
    y = view.height - _BOTTOM
    return format_html(
        '<g class="map-scale" aria-hidden="true"><rect x="{}" y="{}" width="{}"'
        ' height="26" rx="3"/><path d="M{} {}v6h{}v-6"/>'
        '<text x="{}" y="{}">{}</text></g>',
        *(_LEFT - 6, y - 20, length + 12),
        *(_LEFT, y - 6, length),
        *(_LEFT + 4, y - 6, told),
    )


def scale_area() -> Area:
    """What the scale bar takes of a picture of the map's size, at most."""
    return Area(0, 380, 0.32 * 640, 420)
