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
from curation.extraction.places.words import CITY_FIRST
from events.place_names import lookup_form

# Weights of kinds, on the scale of the logarithm of a town's inhabitants (0 to 7.5).
_PRIOR = {
    "country": 9.0,
    "province": 6.5,
    "region": 6.2,
    "sea": 6.0,
    "facility": 5.5,
    "neighbourhood": 5.5,
    "district": 3.8,
}
_WIDE = frozenset({"country", "region", "sea"})  # say nothing about what is near
_LARGE_PROVINCE = 7.5
_PROVINCE_KNOWN = 0.7  # how much better known than a town with as many inhabitants
_BEYOND = 20
_LARGEST, _FAMOUS = 500_000, 1.0  # a city that needs no state after its name
_DIVISION = 5.2  # a district of ISO 3166-2: an English county, a French department
_LIKE_A_PROVINCE = 8.3  # a country with the name of another's province: Georgia
_TYPED = (4.0, 3.0)  # what the kind that a word beside the name says adds
_OTHER_NAME = 1.7  # what a place loses that is called so only by a second name
_CURATED = 1.0
_COUNTRY, _PROVINCE, _NEAR, _SHARED, _AMONG = 2.5, 2.5, 3.0, 2.0, 2.5  # at most
_NEAR_KM = 120.0  # at this distance a neighbour counts a third
_TOGETHER, _CLOSE = 2.5, 2.0
_ROUNDS = 2
_SURE = 1.0  # a lead over the second that needs no other support

Area = tuple[str | None, str | None]  # country, name of the province
Cell = tuple[int, int]  # of a grid of half degrees


@dataclass(slots=True, eq=False)
class Sense:
    """A name in one meaning: how often it stands there, what it may be, what it is.

    `around` is what is named after its comma, where no place of the name lies in that.
    """

    form: str
    places: Sequence[KnownPlace]
    typed: tuple[str, ...] = ()
    qualified: bool = False
    count: int = 1
    chosen: KnownPlace | None = None
    lead: float = 0.0
    support: str = ""
    others: list[KnownPlace] = field(default_factory=list)
    around: KnownPlace | None = None


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


def area(place: KnownPlace) -> Area:
    """The province that a place is or lies in."""
    if place.kind == "province":
        return (place.country, place.name)
    return (place.country, place.admin1)


def prior(place: KnownPlace, sense: Sense) -> float:
    """How likely the name means this place when nothing else is known."""
    weight = _PRIOR.get(place.kind)
    if place.kind == "province" and place.population:
        weight = min(_LARGE_PROVINCE, math.log10(place.population) + _PROVINCE_KNOWN)
    if weight is None:
        weight = math.log10(place.population + 30)
        if place.population >= _LARGEST and _called(place, sense.form):
            weight += _FAMOUS
    elif place.kind == "district" and place.entry.startswith("iso3166-2:"):
        weight = _DIVISION
    elif place.kind == "country" and _province_elsewhere(place, sense):
        weight = _LIKE_A_PROVINCE
    if place.kind in sense.typed:
        weight += _TYPED[place.kind != sense.typed[0]]
    if place.key:
        weight += _CURATED
    elif not _called(place, sense.form):
        weight -= _OTHER_NAME
    if place.kind == "province" and not sense.typed:
        weight = _beside_its_city(place, sense, weight)
    return weight


def _province_elsewhere(country: KnownPlace, sense: Sense) -> bool:
    return any(
        place.kind == "province" and place.country != country.country
        for place in sense.places
    )


def _called(place: KnownPlace, form: str) -> bool:
    """Whether the form is as good as its own name: all that people have listed are."""
    listed = place.kind == "country" or place.entry.startswith("newsdb:")
    return listed or lookup_form(place.name) == form


def _beside_its_city(province: KnownPlace, sense: Sense, weight: float) -> float:
    """A province named after its large city is meant only where a word says so."""
    cities = [math.log10(c.population + 30) for c in _city_of(province, sense)]
    return min([weight, *(city - 0.2 for city in cities)])


def _city_of(province: KnownPlace, sense: Sense) -> list[KnownPlace]:
    """The large cities in it that have its name."""
    return [
        city
        for city in sense.places
        if city.kind == "city"
        and city.population > 100_000
        and (area(city) == area(province) or sense.form in CITY_FIRST)
        and city.country == province.country
    ]


def resolve(senses: Sequence[Sense], hints: Iterable[KnownPlace] = ()) -> None:
    """Choose for each sense; `hints` are places that the outlet is named after."""
    hinted = list(hints)
    for sense in senses:
        if not sense.qualified:
            sense.places = _worth_asking(sense)
        _choose(sense, {place.entry: prior(place, sense) for place in sense.places})
    for _ in range(_ROUNDS):
        evidence = _evidence(senses, hinted)
        for sense in senses:
            if not sense.qualified:
                _weigh(sense, evidence)


def _worth_asking(sense: Sense) -> list[KnownPlace]:
    """Its places without those that hardly anybody calls by this name alone.

    A country's name is not used for the towns and provinces in it that have it too; a
    town's second name is not used where others have it as their own, unless it is
    many times as large.
    """
    countries = {p.country for p in sense.places if p.kind == "country"}
    largest = max(
        (p.population for p in sense.places if _called(p, sense.form)), default=-1
    )
    return [
        place
        for place in sense.places
        if place.kind == "country"
        or place.kind in sense.typed
        or (
            place.country not in countries
            and (_called(place, sense.form) or place.population > _BEYOND * largest)
        )
    ]


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
        if place.kind not in _WIDE | {"province"} and weight >= 0.4 and place.latitude is not None:
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
            "together": _TOGETHER * _saturated(_CLOSE * _together(evidence, place, sense)),
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
    if place.kind != "province" or _city_of(place, sense):
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
    if place.kind == "province" and _city_of(place, sense):
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
