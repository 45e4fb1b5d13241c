"""Which of the places with one name an article means.

Each place has a weight of its own (countries before provinces before large towns) and
gains by its surroundings: a country or province that the article names, other places
near it, provinces that several of the article's names have in common. A name means the
same wherever it stands in an article, unless a comma says otherwise ("Paris, Texas").
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from curation.extraction.context import KnownPlace
from curation.extraction.places.prior import (
    Area,
    Sense,
    area,
    city_of,
    prior,
    worth_asking,
)

_WIDE = frozenset({"country", "region", "sea"})  # say nothing about what is near
_COUNTRY, _PROVINCE, _NEAR, _SHARED, _AMONG = 2.5, 2.5, 3.0, 2.0, 2.5  # at most
_NEAR_KM = 120.0  # at this distance a neighbour counts a third
_TOGETHER, _CLOSE = 2.5, 2.0  # at most; how soon
_ROUNDS = 2

Cell = tuple[int, int]  # of a grid of half degrees


@dataclass(slots=True)
class _Evidence:
    """What the article tells about where it plays."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    areas: dict[Area, float] = field(default_factory=lambda: defaultdict(float))
    provinces: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    points: list[tuple[float, float, Sense]] = field(default_factory=list)
    cells: dict[Cell, list[tuple[Sense, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    shared: dict[Area, list[tuple[Sense, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def resolve(senses: Sequence[Sense], hints: Iterable[KnownPlace] = ()) -> None:
    """Choose for each sense; `hints` are places that the outlet is named after."""
    hinted = list(hints)
    for sense in senses:
        if not sense.qualified:
            sense.places = worth_asking(sense)
        _choose(sense, {place.entry: prior(place, sense) for place in sense.places})
    for _ in range(_ROUNDS):
        evidence = _evidence(senses, hinted)
        for sense in senses:
            if not sense.qualified:
                _weigh(sense, evidence)


def _choose(sense: Sense, scores: dict[str, float]) -> None:
    ranked = sorted(sense.places, key=lambda each: -scores[each.entry])
    if not ranked:
        return
    sense.chosen, sense.others = ranked[0], ranked[1:]
    second = scores[ranked[1].entry] if len(ranked) > 1 else -math.inf
    sense.lead = scores[ranked[0].entry] - second


def _evidence(senses: Sequence[Sense], hinted: Sequence[KnownPlace]) -> _Evidence:
    found = _Evidence()
    for sense in senses:
        place = sense.chosen
        if place is None:
            continue
        weight = min(1.0, max(0.0, sense.lead) / 2) * (1 + math.log(sense.count))
        if sense.qualified:
            weight = 1.5
        if place.country:
            found.countries[place.country] += weight
        found.provinces[place.country] += place.kind == "province"
        if place.kind != "country" and area(place)[1]:
            found.areas[area(place)] += weight
        if (
            place.kind not in _WIDE | {"province"}
            and weight >= 0.4
            and place.latitude is not None
        ):
            assert place.longitude is not None
            found.points.append((place.latitude, place.longitude, sense))
        _share(found, sense)
    for place in hinted:
        found.countries[place.country or ""] += 1
        found.areas[area(place)] += 1
    return found


def _share(found: _Evidence, sense: Sense) -> None:
    """Provinces that a name could lie in; few possibilities tell more."""
    areas = {area(place) for place in sense.places if place.admin1}
    for each in areas:
        found.shared[each].append((sense, 1 / len(areas)))
    cells = {cell for place in sense.places if (cell := _cell(place))}
    for cell in cells:
        found.cells[cell].append((sense, 1 / len(cells)))


def _cell(place: KnownPlace) -> Cell | None:
    if place.kind in _WIDE | {"province"} or place.latitude is None:
        return None
    assert place.longitude is not None
    return int(place.latitude * 2 // 1), int(place.longitude * 2 // 1)


def _counties(sense: Sense) -> bool:
    return all(place.kind == "district" for place in sense.places)


def _together(evidence: _Evidence, place: KnownPlace, sense: Sense) -> float:
    """How surely a county that the article names, or a town in it, is close by."""
    cell = _cell(place)
    if cell is None:
        return 0.0
    county = _counties(sense)
    best: dict[str, float] = {}
    for row in range(cell[0] - 1, cell[0] + 2):
        for column in range(cell[1] - 1, cell[1] + 2):
            for other, share in evidence.cells.get((row, column), ()):
                if county != _counties(other):
                    best[other.form] = max(share, best.get(other.form, 0.0))
    return sum(best.values())


def _weigh(sense: Sense, evidence: _Evidence) -> None:
    scores: dict[str, float] = {}
    reasons: dict[str, str] = {}
    own = sense.chosen
    for place in sense.places:
        gains = {
            "country": _COUNTRY
            * _saturated(_less(evidence.countries, place, own, sense)),
            "province": _PROVINCE
            * _saturated(_area_weight(evidence, place, own, sense)),
            "near": _NEAR * _nearness(evidence, place, sense),
            "shared": _SHARED * _saturated(_sharing(evidence, place, sense)),
            "together": _TOGETHER
            * _saturated(_CLOSE * _together(evidence, place, sense)),
            "among": _AMONG * _saturated(_others_like(evidence, place, sense)),
        }
        scores[place.entry] = prior(place, sense) + sum(gains.values())
        best = max(gains, key=lambda name: gains[name])
        reasons[place.entry] = best if gains[best] > 0.5 else ""
    _choose(sense, scores)
    if sense.chosen is not None:
        sense.support = reasons[sense.chosen.entry]


def _less(
    countries: dict[str, float], place: KnownPlace, own: KnownPlace | None, sense: Sense
) -> float:
    """The weight of the place's country, without what this name itself gave."""
    if not place.country:
        return 0.0
    weight = countries[place.country]
    if own is not None and own.country == place.country:
        weight -= min(1.0, max(0.0, sense.lead) / 2) * (1 + math.log(sense.count))
    return max(0.0, weight)


def _area_weight(
    evidence: _Evidence, place: KnownPlace, own: KnownPlace | None, sense: Sense
) -> float:
    if place.kind == "country" or not area(place)[1]:
        return 0.0
    weight = evidence.areas[area(place)]
    if own is not None and own.kind != "country" and area(own) == area(place):
        weight -= min(1.0, max(0.0, sense.lead) / 2) * (1 + math.log(sense.count))
    return max(0.0, weight)


def _others_like(evidence: _Evidence, place: KnownPlace, sense: Sense) -> float:
    """Other provinces of its country: who names several means a province by all."""
    if place.kind != "province" or city_of(place, sense):
        return 0.0
    own = sense.chosen
    mine = own is not None and own.kind == "province" and own.country == place.country
    return (evidence.provinces[place.country] - mine) / 2


def _saturated(weight: float) -> float:
    return weight / (weight + 1)


def _nearness(evidence: _Evidence, place: KnownPlace, sense: Sense) -> float:
    """1 beside another place of the article, less with distance; 0 for countries."""
    if place.kind in _WIDE or place.latitude is None:
        return 0.0
    assert place.longitude is not None
    return max(
        (
            math.exp(-kilometres(place.latitude, place.longitude, y, x) / _NEAR_KM)
            for y, x, other in evidence.points
            if other is not sense and other.form != sense.form
        ),
        default=0.0,
    )


def _sharing(evidence: _Evidence, place: KnownPlace, sense: Sense) -> float:
    if not area(place)[1] or place.kind in _WIDE:
        return 0.0
    if place.kind == "province" and city_of(place, sense):
        return 0.0
    others = evidence.shared[area(place)]
    return sum(share for other, share in others if other.form != sense.form)


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """The distance on a sphere, near enough to compare by."""
    x = math.radians((lon2 - lon + 180) % 360 - 180) * math.cos(
        math.radians((lat + lat2) / 2)
    )
    return 6371 * math.hypot(x, math.radians(lat2 - lat))


def contains(outer: KnownPlace, inner: KnownPlace) -> bool:
    """Whether `inner` lies in `outer`: a country, a province or a county."""
    if outer.entry == inner.entry:
        return False
    if outer.kind == "country":
        return outer.country == inner.country and inner.kind != "country"
    if outer.kind == "province":
        return (outer.country, outer.name) == (inner.country, inner.admin1)
    if outer.country != inner.country or None in (outer.latitude, inner.latitude):
        return False
    assert outer.latitude is not None and outer.longitude is not None  # noqa: PT018
    assert inner.latitude is not None and inner.longitude is not None  # noqa: PT018
    far = kilometres(outer.latitude, outer.longitude, inner.latitude, inner.longitude)
    return far * 1000 <= (outer.radius_m or 0)
