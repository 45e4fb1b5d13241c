"""What a name of a place means when nothing else of the article is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
_LARGE_PROVINCE = 7.5
_PROVINCE_KNOWN = 0.7  # how much better known than a town with as many inhabitants
_BEYOND = 20  # times as many inhabitants as a town that has the name as its own
_LARGEST, _FAMOUS = 500_000, 1.0  # a city that needs no state after its name
_DIVISION = 5.2  # a district of ISO 3166-2: an English county, a French department
_LIKE_A_PROVINCE = 8.3  # a country with the name of another's province: Georgia
_TYPED = (4.0, 3.0)  # what the kind that a word beside the name says adds
_OTHER_NAME = 1.7  # what a place loses that is called so only by a second name
_CURATED = 1.0

Area = tuple[str | None, str | None]  # country, name of the province


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


def area(place: KnownPlace) -> Area:
    """The province that a place is or lies in."""
    if place.kind == "province":
        return (place.country, place.name)
    return (place.country, place.admin1)


def prior(place: KnownPlace, sense: Sense) -> float:
    """How likely the name means this place when nothing else is known."""
    weight = _weight(place, sense)
    if place.kind in sense.typed:
        weight += _TYPED[place.kind != sense.typed[0]]
    if place.key:
        weight += _CURATED
    elif not _called(place, sense.form):
        weight -= _OTHER_NAME
    if place.kind == "province" and not sense.typed:
        weight = _beside_its_city(place, sense, weight)
    return weight


def _weight(place: KnownPlace, sense: Sense) -> float:
    """What speaks for it by its kind and its inhabitants."""
    if place.kind == "province" and place.population:
        known = math.log10(place.population) + _PROVINCE_KNOWN
        return min(_LARGE_PROVINCE, known)
    if place.kind == "district" and place.entry.startswith("iso3166-2:"):
        return _DIVISION
    if place.kind == "country" and _province_elsewhere(place, sense):
        return _LIKE_A_PROVINCE
    if place.kind in _PRIOR:
        return _PRIOR[place.kind]
    famous = place.population >= _LARGEST and _called(place, sense.form)
    return math.log10(place.population + 30) + (_FAMOUS if famous else 0.0)


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
    cities = [math.log10(c.population + 30) for c in city_of(province, sense)]
    return min([weight, *(city - 0.2 for city in cities)])


def city_of(province: KnownPlace, sense: Sense) -> list[KnownPlace]:
    """The large cities in it that have its name."""
    return [
        city
        for city in sense.places
        if city.kind == "city"
        and city.population > 100_000
        and (area(city) == area(province) or sense.form in CITY_FIRST)
        and city.country == province.country
    ]


def worth_asking(sense: Sense) -> list[KnownPlace]:
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
        or place.key is not None
        or place.kind in sense.typed
        or (
            place.country not in countries
            and (_called(place, sense.form) or place.population > _BEYOND * largest)
        )
    ]
