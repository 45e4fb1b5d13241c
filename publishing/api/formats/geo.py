"""Events and places as GeoJSON (RFC 7946).

What is known as a point is a Point; what is only known as an area (a country, a
province, a district …) is a Polygon around it, so that no map shows a pin where
nothing is known to have been. An object without coordinates has a null geometry.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from publishing.api.formats.streams import bodies, gathered
from publishing.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publishing.api.selection import Selection

MEDIA_TYPE = "application/geo+json"
KINDS = frozenset({Kind.EVENT, Kind.PLACE})
# Wider than a large city, a place says where something was only as an area.
AREA_FROM_M = 25_000

_EARTH_M = 6_371_008.8  # mean radius, IUGG
_CORNERS = 48

Ring = list[list[float]]


def feature(kind: Kind, body: str) -> dict[str, Any]:
    """One document as a Feature: the document itself is its properties."""
    document = orjson.loads(body)
    place = document if kind == Kind.PLACE else document.get("place")
    return {
        "type": "Feature",
        "id": document.get("id"),
        "geometry": geometry(place),
        "properties": document,
    }


def collection(selection: Selection) -> Iterator[bytes]:
    """Every document asked for, as one FeatureCollection."""
    features = (
        orjson.dumps(feature(selection.kind, body)) for body in bodies(selection)
    )
    first = next(features, None)
    yield b'{"type":"FeatureCollection","features":['
    if first is not None:
        yield from gathered(chain([first], (b"," + other for other in features)))
    yield b"]}"


def geometry(place: dict[str, Any] | None) -> dict[str, Any] | None:
    """The Point, or the circle that holds all of an area; None without coordinates."""
    if not place or place.get("latitude") is None or place.get("longitude") is None:
        return None
    latitude, longitude = place["latitude"], place["longitude"]
    radius = place.get("radius_m") or 0
    degrees = math.degrees(radius / _EARTH_M)
    if radius < AREA_FROM_M or abs(latitude) + degrees >= 90:
        return {"type": "Point", "coordinates": [longitude, latitude]}
    rings = _cut(_circle(latitude, longitude, radius / _EARTH_M))
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def _circle(latitude: float, longitude: float, angle: float) -> Ring:
    """Corners at that angle from the point, anticlockwise and closed.

    Longitudes run on beyond 180 where the circle crosses the antimeridian.
    """
    lat = math.radians(latitude)
    corners: Ring = []
    for i in range(_CORNERS):
        turn = -2 * math.pi * i / _CORNERS
        north = math.sin(lat) * math.cos(angle)
        there = math.asin(north + math.cos(lat) * math.sin(angle) * math.cos(turn))
        east = math.atan2(
            math.sin(turn) * math.sin(angle) * math.cos(lat),
            math.cos(angle) - math.sin(lat) * math.sin(there),
        )
        corners.append(
            [round(longitude + math.degrees(east), 5), round(math.degrees(there), 5)]
        )
    return [*corners, corners[0]]


def _cut(ring: Ring) -> list[Ring]:
    """The ring, in two where it crosses the antimeridian (RFC 7946, 3.1.9)."""
    for edge in (180.0, -180.0):
        if any((x - edge) * edge > 0 for x, _ in ring):
            within = _clipped(ring, edge, keep=-1)
            beyond = _clipped(ring, edge, keep=1)
            shift = -2 * edge
            return [within, [[round(x + shift, 5), y] for x, y in beyond]]
    return [ring]


def _clipped(ring: Ring, edge: float, *, keep: int) -> Ring:
    """The part of the ring on one side of a meridian: towards 0 (-1) or beyond (1)."""

    def inside(x: float) -> bool:
        return (x - edge) * edge * keep >= 0

    kept: Ring = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if inside(x1):
            kept.append([x1, y1])
        if inside(x1) != inside(x2):
            kept.append([edge, round(y1 + (y2 - y1) * (edge - x1) / (x2 - x1), 5)])
    return [*kept, kept[0]]
