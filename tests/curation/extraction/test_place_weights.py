"""What a name of a place means when nothing else is known: weights, places to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curation.extraction.context import KnownPlace
from curation.extraction.places.prior import Sense, city_of, prior, worth_asking
from tests.curation.extraction.test_places import area, town


def likeliest(form: str, *places: KnownPlace, typed: tuple[str, ...] = ()) -> str:
    """The entry of the place that a name most likely means."""
    sense = Sense(form, places, typed=typed)
    return max(places, key=lambda place: prior(place, sense)).entry


def known(place: KnownPlace, **changes: object) -> KnownPlace:
    return replace(place, **changes)  # type: ignore[arg-type]


STATE = area("Rowan", "province", "USA", 40, -90)
LARGE = town("Rowan", "USA", "Rowan", 40, -90, 900_000)
SMALL = town("Rowan", "USA", "Birch", 45, -80, 9_000)
SHIRE = area("Rowan", "district", "GBR", 52, 0, 30, admin1="England")


def test_a_country_before_a_town() -> None:
    country = area("Rowan", "country", "ROW", 1, 1)
    assert likeliest("rowan", country, LARGE) == country.entry


def test_a_country_that_shares_its_name_with_a_foreign_province() -> None:
    country = area("Rowan", "country", "ROW", 1, 1)
    alone = prior(country, Sense("rowan", [country]))
    beside = prior(country, Sense("rowan", [country, STATE]))
    own = area("Rowan", "province", "ROW", 1, 1)
    assert beside < alone
    assert prior(country, Sense("rowan", [country, own])) == alone


def test_a_city_before_the_province_named_after_it() -> None:
    assert likeliest("rowan", STATE, LARGE) == LARGE.entry
    assert likeliest("rowan", STATE, SMALL) == STATE.entry


def test_a_word_says_that_the_province_is_meant() -> None:
    found = likeliest("rowan", STATE, LARGE, typed=("province",))
    assert found == STATE.entry


def test_the_first_kind_that_a_word_may_mean_counts_most() -> None:
    weights = [
        prior(SHIRE, Sense("rowan", [SHIRE], typed=typed))
        for typed in (("district", "province"), ("province", "district"), ("province",))
    ]
    assert weights == sorted(set(weights), reverse=True)


def test_a_city_elsewhere_with_the_name_leaves_the_province() -> None:
    foreign = known(LARGE, country="CAN", admin1="Rowan")
    assert city_of(STATE, Sense("rowan", [STATE, foreign])) == []
    assert city_of(STATE, Sense("rowan", [STATE, LARGE])) == [LARGE]


def test_the_capital_before_a_state_that_it_does_not_lie_in() -> None:
    city = town("Washington", "USA", "District of Columbia", 38.9, -77, 690_000)
    state = area("Washington", "province", "USA", 47.4, -120.5)
    assert city_of(state, Sense("washington", [state, city])) == [city]
    assert city_of(state, Sense("rowan", [state, city])) == []


def test_a_large_province_weighs_no_more_than_any_province_can() -> None:
    huge = known(STATE, population=200_000_000)
    million = known(STATE, population=10_000_000)
    few = known(STATE, population=30_000)
    weights = [prior(p, Sense("rowan", [p])) for p in (huge, million, few)]
    assert weights[0] == weights[1] > weights[2]


def test_a_county_of_the_standard_before_a_small_district() -> None:
    listed = known(SHIRE, entry="iso3166-2:GB-ROW")
    assert likeliest("rowan", SHIRE, listed) == listed.entry


@pytest.mark.parametrize("name", ["Rowan", "Lime"])
def test_a_city_that_everybody_knows_is_known_by_its_own_name(name: str) -> None:
    city = known(LARGE, name=name)
    small = known(city, population=LARGE.population // 2)
    lead = prior(city, Sense("rowan", [])) - prior(small, Sense("rowan", []))
    assert (lead > 1) is (name == "Rowan")


def test_a_second_name_counts_less_and_a_place_of_the_database_more() -> None:
    sense = Sense("rowan", [])
    assert prior(known(SMALL, name="Lime"), sense) < prior(SMALL, sense)
    assert prior(known(SMALL, key="rowan"), sense) > prior(SMALL, sense)


def asked(*places: KnownPlace, typed: tuple[str, ...] = ()) -> list[str]:
    return [p.entry for p in worth_asking(Sense("rowan", places, typed=typed))]


def test_a_countrys_name_is_not_used_for_its_towns_and_provinces() -> None:
    country = area("Rowan", "country", "USA", 1, 1)
    foreign = known(SMALL, country="CAN", entry="foreign")
    assert asked(country, LARGE, STATE, foreign) == [country.entry, "foreign"]
    assert STATE.entry in asked(country, LARGE, STATE, typed=("province",))
    kept = known(SMALL, key="rowan-town", entry="kept")
    assert asked(country, kept) == [country.entry, "kept"]


def test_a_second_name_is_asked_where_it_is_much_larger() -> None:
    village = known(SMALL, name="Lime", entry="second")
    assert asked(LARGE, village) == [LARGE.entry]
    capital = known(LARGE, name="Lime", entry="second")
    assert asked(SMALL, capital) == [SMALL.entry, "second"]
    assert asked(village) == ["second"]
