"""Where: a point with a radius is an area, and the question is an area too."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    Value,
)

from publishing.api.filters.base import Filter, RefusedError
from publishing.models import Area

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publishing.api.filters.conditions import Conditions

HALF_ROUND_KM = 20_038  # farther is nothing on earth
KM_PER_DEGREE = 111.195


class Circle(NamedTuple):
    latitude: float
    longitude: float
    km: float


class NearFilter(Filter):
    """Goes with `within_km`, which reads nothing by itself."""

    schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^[^,]+,[^,]+$"}

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


def _may_lie_within(circle: Circle, document: str) -> Q:
    """The distance to the point less its radius is no more than that of the circle."""
    apart = Func(
        Value(circle.latitude, FloatField()),
        Value(circle.longitude, FloatField()),
        F("latitude"),
        F("longitude"),
        function="publishing_distance_km",
        output_field=FloatField(),
    )
    areas = Area.objects.filter(_boxes_meet(circle), document_id=OuterRef(document))
    return Q(
        Exists(
            areas.annotate(
                gap=ExpressionWrapper(
                    apart - F("radius_m") / 1000.0, output_field=FloatField()
                )
            ).filter(gap__lte=circle.km)
        )
    )


def _boxes_meet(circle: Circle) -> Q:
    """The boxes around both overlap, also across the meridian of 180°."""
    high = circle.km / KM_PER_DEGREE
    top = abs(circle.latitude) + high
    wide = 180.0 if top >= 89 else min(180.0, high / math.cos(math.radians(top)))
    south, north = circle.latitude - high, circle.latitude + high
    meets = Q()
    for turn in (0, 360, -360):
        west, east = circle.longitude - wide + turn, circle.longitude + wide + turn
        meets |= Q(_box_meets(west, south, east, north))
    return meets


def _box_meets(west: float, south: float, east: float, north: float) -> Func:
    degrees = [Value(degree, FloatField()) for degree in (west, south, east, north)]
    return Func(
        _box(F("west"), F("south"), F("east"), F("north")),
        _box(*degrees),
        template="(%(expressions)s)",
        arg_joiner=" && ",
        output_field=BooleanField(),
    )


def _box(west: Any, south: Any, east: Any, north: Any) -> Func:
    return Func(
        Func(west, south, function="point"),
        Func(east, north, function="point"),
        function="box",
    )
