"""Where: a point with a radius is an area, and the question is an area too."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from publishing.api.filters.base import Filter, RefusedError
from publishing.api.filters.postings import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publishing.api.filters.conditions import Conditions

HALF_ROUND_KM = 20_038  # farther is nothing on earth
_DEGREES = r" *[-+]?\d{1,3}(\.\d+)? *"
KM_PER_DEGREE = 111.195


class Circle(NamedTuple):
    latitude: float
    longitude: float
    km: float


class NearFilter(Filter):
    """Goes with `within_km`, which reads nothing by itself."""

    schema: ClassVar[dict[str, Any]] = {
        "type": "string",
        "pattern": f"^{_DEGREES},{_DEGREES}$",
    }

    def read(self, text: str, given: Mapping[str, str]) -> Circle:
        parts = text.split(",")
        if len(parts) != 2:
            raise RefusedError(f"“{text}” is no point; write latitude,longitude.")
        latitude, longitude = (number(part) for part in parts)
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise RefusedError("Latitude is -90 to 90, longitude -180 to 180.")
        if "within_km" not in given:
            raise RefusedError("Say how near: add within_km.")
        try:
            km = distance(given["within_km"])
        except RefusedError:  # which is said of within_km itself
            km = 0.0
        return Circle(latitude, longitude, km)

    def narrow(self, conditions: Conditions, value: Circle) -> None:
        conditions.beside(lambda document: _may_lie_within(value, document))


class WithinKmFilter(Filter):
    schema: ClassVar[dict[str, Any]] = {
        "type": "number",
        "minimum": 0,
        "maximum": HALF_ROUND_KM,
    }

    def read(self, text: str, given: Mapping[str, str]) -> float:
        if "near" not in given:
            raise RefusedError("Say near what: add near=latitude,longitude.")
        return distance(text)

    def narrow(self, conditions: Conditions, value: float) -> None:
        """`near` has asked for it."""


def number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise RefusedError(f"“{text}” is no number.")
    return found


def distance(text: str) -> float:
    km = number(text)
    if not 0 <= km <= HALF_ROUND_KM:
        raise RefusedError(f"“{text}” is not from 0 to {HALF_ROUND_KM} km.")
    return km


def _may_lie_within(circle: Circle, document: str) -> Said:
    """The distance to the point less its radius is no more than that of the circle."""
    boxes = Said.any_of(_boxes_meet(circle))
    return Said(
        f"EXISTS (SELECT 1 FROM publishing_area a WHERE a.document_id = {document}"
        f" AND {boxes.sql} AND publishing_distance_km(%s::float8, %s::float8,"
        " a.latitude, a.longitude) - a.radius_m / 1000.0 <= %s::float8)",
        [*boxes.values, circle.latitude, circle.longitude, circle.km],
    )


def _boxes_meet(circle: Circle) -> Iterator[Said]:
    """The boxes around both overlap, also across the meridian of 180°."""
    high = circle.km / KM_PER_DEGREE
    top = abs(circle.latitude) + high
    wide = 180.0 if top >= 89 else min(180.0, high / math.cos(math.radians(top)))
    south, north = circle.latitude - high, circle.latitude + high
    for turn in (0, 360, -360):
        west, east = circle.longitude - wide + turn, circle.longitude + wide + turn
        yield Said(
            # As the index has it.
            "box(point(a.west, a.south), point(a.east, a.north)) && box("
            "point(%s::float8, %s::float8), point(%s::float8, %s::float8))",
            [west, south, east, north],
        )
