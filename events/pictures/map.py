"""Places drawn over packaged outlines: what is known of where, and how exactly.

A place that is only known by its country, province, district or region is an area, its
packaged outline or else a circle of its radius, never a pin. A place known to the city
or better is a point with the circle that it lies in. No tiles, nothing from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.outlines import Outline, Point, outline_of
from events.pictures import ground
from events.pictures.labels import Area, Label, Sheet
from events.pictures.projection import (
    Projection,
    beside,
    circle,
    fitted,
    middle_of,
    path,
    thinned,
)
from events.pictures.table import cut, figure, joined, linked, opens, table

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 640, 420
_LEAST = 24_000  # metres from the upper to the lower edge
_FONT, _NARROW_FONT = 13, 24  # the second for phones, where the picture is half as wide
_LONGEST_LABEL = 32
_DOT = 5
_SMALL = 90  # a circle no larger has its name outside
# Precisions, as in the code list place-precision, at which a place has a point.
POINTED = frozenset({"exact", "vicinity", "locality", "city"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place: degrees and metres, None where unknown.

    `precision` is a code of place-precision; any that is not in POINTED, and none at
    all, makes an area. `outline` is the code of its packaged outline, if there is one.
    """

    name: str
    lat: float | None
    lon: float | None
    radius_m: int | None
    precision: str
    href: str = ""
    detail: str = ""
    outline: str = ""

    @property
    def is_area(self) -> bool:
        return self.precision not in POINTED

    @property
    def on_map(self) -> bool:
        return None not in (self.lat, self.lon, self.radius_m)

    @property
    def told(self) -> str:
        """How exactly, in words: "known to the city, within 20 km"."""
        known = self.precision.replace("_", " ")
        words = f"known to the {known}" if known else "how exactly is not known"
        if self.precision in {"exact", "vicinity"}:
            words = {"exact": "the very spot", "vicinity": "the vicinity"}[known]
        return f"{words}, within {in_metres(self.radius_m)}" if self.on_map else words


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A spot with its border in degrees, next to the map's middle."""

    spot: Spot
    border: list[list[Point]]
    centre: Point


def draw_map(spots: Sequence[Spot], *, title: str, key: str) -> SafeString:
    """A map of the places with its table; nothing where there are none.

    `key` must be unique on the page: ids are built on it.
    """
    if not spots:
        return SafeString("")
    drawn = _borders([spot for spot in spots if spot.on_map])
    if not drawn:
        note = format_html('<p class="map-note">{}</p>', _missing(spots))
        return joined([note, _table(spots, title)])
    points = [point for each in drawn for ring in each.border for point in ring]
    view = fitted(points, size=(WIDTH, HEIGHT), least=_LEAST)
    return figure(
        _drawing(drawn, view, key),
        joined([_caption(spots, drawn), _table(spots, title)]),
        key=key,
        title=title,
        kind="map",
        size=format_html('viewBox="0 0 {} {}"', WIDTH, HEIGHT),
        zoom=True,
    )


def in_metres(metres: int | None) -> str:
    """A length in words: "400 m", "2.5 km", "790 km"; empty where unknown."""
    if metres is None:
        return ""
    if metres < 1000:
        return f"{metres} m"
    kilometres = metres / 1000
    return f"{kilometres:,.0f} km" if kilometres >= 10 else f"{kilometres:.2g} km"


def in_degrees(lat: float, lon: float) -> str:
    """A point in words: "34.528° N, 69.172° E"."""
    north, east = ("N" if lat >= 0 else "S"), ("E" if lon >= 0 else "W")
    return f"{abs(lat):.3f}° {north}, {abs(lon):.3f}° {east}"


def _borders(spots: Sequence[Spot]) -> list[_Drawn]:
    """Each spot's outline or circle, all on the same side of the date line."""
    if not spots:
        return []
    middle = middle_of(spot.lon or 0 for spot in spots)
    found = []
    for spot in spots:
        centre = (beside(spot.lon or 0, middle), spot.lat or 0)
        outline = outline_of(spot.outline) if spot.is_area else None
        if outline:
            border = _main_parts(outline, centre[0])
        else:
            border = [circle(centre, spot.radius_m or 0)]
        found.append(_Drawn(spot, border, centre))
    return found


def _main_parts(outline: Outline, near: float) -> list[list[Point]]:
    """The largest part and what lies by it; far islands do not widen the map."""
    first = outline.parts[0].box
    room = max(first.east - first.west, first.north - first.south, 1)
    reach = first._replace(west=first.west - room, east=first.east + room)._replace(
        south=first.south - room, north=first.north + room
    )
    turn = beside((first.west + first.east) / 2, near) - (first.west + first.east) / 2
    return [
        [(x + turn, y) for x, y in part.ring]
        for part in outline.parts
        if part.box.meets(reach)
    ]


def _drawing(drawn: Sequence[_Drawn], view: Projection, key: str) -> SafeString:
    # Areas first: what is known better lies on top.
    ordered = sorted(drawn, key=lambda each: (not each.spot.is_area, -_size(each)))
    return format_html(
        '<defs><pattern id="{0}-hatch" class="map-hatch" width="8" height="8"'
        ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="8" height="8"/><line y2="8"/></pattern></defs>'
        '<rect class="map-sea" width="{1}" height="{2}"/>'
        '<g class="nd-stage">{3}{4}{5}</g>{6}',
        *(key, WIDTH, HEIGHT),
        ground.land(view),
        joined(_spot(each, view, key) for each in ordered),
        joined(
            _labels(ordered, view, font=font, name=name)
            for font, name in ((_FONT, "map-wide"), (_NARROW_FONT, "map-slim"))
        ),
        ground.scale_bar(view),
    )


def _size(each: _Drawn) -> int:
    return each.spot.radius_m or 0


def _spot(each: _Drawn, view: Projection, key: str) -> SafeString:
    spot = each.spot
    border = " ".join(path(_placed(ring, view)) for ring in each.border)
    told = f"{spot.name}: {spot.told}"
    shape = format_html(
        '<g class="map-spot"><title>{}</title><path class="{}" d="{}"{}/>{}</g>',
        f"{told}. {spot.detail}" if spot.detail else told,
        "map-area" if spot.is_area else "map-reach",
        border,
        format_html(' fill="url(#{}-hatch)"', key) if spot.is_area else "",
        _dot(view.at(each.centre)) if not spot.is_area else "",
    )
    return opens(shape, spot.href)


def _placed(ring: Sequence[Point], view: Projection) -> list[Point]:
    return thinned([view.at(point) for point in ring])


def _dot(at: Point) -> SafeString:
    return format_html(
        '<circle class="map-dot" cx="{}" cy="{}" r="{}"/>',
        *(round(at[0], 1), round(at[1], 1), _DOT),
    )


def _labels(
    drawn: Sequence[_Drawn], view: Projection, *, font: int, name: str
) -> SafeString:
    """The names of the spots, then of the land around where there is room left."""
    sheet = Sheet(WIDTH, HEIGHT, font)
    sheet.keep_free([ground.scale_area()])
    pointed = [view.at(each.centre) for each in drawn if not each.spot.is_area]
    sheet.keep_free(
        Area(x - _DOT - 1, y - _DOT - 1, x + _DOT + 1, y + _DOT + 1) for x, y in pointed
    )
    own = dict.fromkeys(
        label
        for each in reversed(drawn)
        if (label := _own_label(each, view, sheet)) is not None
    )
    areas = [
        _placed(ring, view)
        for each in drawn
        if each.spot.is_area
        for ring in each.border
    ]
    around = list(ground.names(view, sheet, apart_from=areas))
    return format_html(
        '<g class="{}" aria-hidden="true"><g class="map-around">{}</g>'
        '<g class="map-names">{}</g></g>',
        *(name, _words(around), _words(own)),
    )


def _own_label(each: _Drawn, view: Projection, sheet: Sheet) -> Label | None:
    text = cut(each.spot.name, _LONGEST_LABEL)
    x, y = view.at(each.centre)
    if each.spot.is_area:
        return sheet.upon(text, x, y) or sheet.beside(text, x, y, gap=12)
    reach = view.at(max(each.border[0]))[0] - x  # to the east of its circle
    gap = reach if _DOT < reach < _SMALL else _DOT
    return sheet.beside(text, x, y, gap=gap + 4)


def _words(labels: Sequence[Label] | dict[Label, None]) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        ((round(x, 1), round(y, 1), anchor, text) for text, x, y, anchor in labels),
    )


def _missing(spots: Sequence[Spot]) -> str:
    """What the map cannot show, as a sentence; empty if it shows all."""
    names = ", ".join(dict.fromkeys(spot.name for spot in spots if not spot.on_map))
    return f"Not on the map, without coordinates: {names}." if names else ""


def _caption(spots: Sequence[Spot], drawn: Sequence[_Drawn]) -> SafeString:
    """What the signs mean, of those that are used, and whose the outlines are."""
    areas = [each for each in drawn if each.spot.is_area]
    signs = [
        *([("map-sign-area", "only the area is known")] if areas else []),
        *(
            [("map-sign-dot", "a point, and the circle it lies in")]
            * (len(areas) < len(drawn))
        ),
    ]
    legend = format_html_join("", '<li><span class="map-sign {}"></span>{}</li>', signs)
    missing = _missing(spots)
    return format_html(
        '<figcaption class="map-caption"><ul class="map-legend">{}</ul>{}'
        '<p class="map-note">Outlines: Natural Earth, public domain; Afghan provinces'
        ' and districts: <a href="https://www.geoboundaries.org/">geoBoundaries</a>,'
        ' <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>,'
        " simplified.</p></figcaption>",
        legend,
        format_html('<p class="map-note">{}</p>', missing) if missing else "",
    )


def _table(spots: Sequence[Spot], title: str) -> SafeString:
    rows = (
        (
            linked(spot.name, spot.href),
            spot.told,
            in_degrees(spot.lat or 0, spot.lon or 0) if spot.on_map else "unknown",
            spot.detail,
        )
        for spot in spots
    )
    columns = ("Place", "How exactly", "Middle", "What")
    return table(columns, rows, caption=title)
