"""Places in local news: towns in names of bodies, streets, states beside towns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curation.extraction.context import Context
from curation.extraction.findings import PlaceMention
from curation.extraction.places import Places
from tests.curation.extraction.test_places import MAP, Map, area, town

LOCAL = [
    *MAP,
    area("New Zealand", "country", "NZL", -41, 174),
    area("Zealand", "province", "DNK", 55.5, 12),
    area("Mexico", "country", "MEX", 23, -102),
    area("Prince George's County", "district", "USA", 38.8, -76.8, 30, "Maryland"),
    area("Dane County", "district", "USA", 43.1, -89.4, 40, "Wisconsin"),
    area("Ohio", "province", "USA", 40.4, -82.9),
    replace(area("Toledo", "province", "BLZ", 16.3, -88.6), population=29_000),
    town("Toledo", "USA", "Ohio", 41.66, -83.56, 280_000),
    town("Mexico", "USA", "Missouri", 39.2, -91.9, 11_000),
    town("California", "USA", "Ohio", 39.1, -84.4, 500),
    town("Palmyra", "USA", "Wisconsin", 42.9, -88.6, 12_000),
    town("Palmyra", "USA", "Missouri", 39.8, -91.5, 4_000),
    town("Center", "USA", "Texas", 31.8, -94.2, 5_200),
    town("Newport", "USA", "Oregon", 44.6, -124, 10_000),
    town("Denver", "USA", "Colorado", 39.7, -105, 715_000),
    town("Denver", "USA", "Illinois", 40.3, -91.1, 1_900),
]


@pytest.fixture
def places(read):
    """The PlaceMention findings of a text, with a map of small towns."""

    def find(text, **options):
        context = Context(gazetteer=Map(LOCAL))
        found = read(text, context=context, extractors=[Places()], **options)
        return [f for f in found if isinstance(f.fields, PlaceMention)]

    return find


@pytest.fixture
def entries(places):
    def find(text):
        return {f.span.text: f.fields.entry for f in places(text)}

    return find


def test_the_police_of_a_small_town_stand_for_the_town(places):
    [found] = places("The Palmyra Police Department said so.")
    assert found.span.text == "Palmyra"
    assert found.rule.endswith("-of-body")


def test_a_school_called_like_a_small_town_far_away_says_nothing(places):
    assert places("He was taught at Newport High School in the capital.") == []


def test_a_town_named_elsewhere_is_found_in_a_firms_name(places):
    text = "He lives in Palmyra, Wisconsin. The Palmyra Gazette reported it."
    assert [f.rule for f in places(text) if f.span.text == "Palmyra"][-1].endswith(
        "-in-name"
    )


def test_a_part_of_a_town_is_in_the_town(places):
    text = "He lives in Denver. Two men were shot in East Denver on Monday."
    found = [f for f in places(text) if f.span.text == "Denver"]
    assert [f.fields.entry for f in found] == ["denver-Colorado"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "It happened on Palmyra Avenue.",
        "The Center for Food Safety said so.",
        "Members of Congress left.",
        "One man was killed.",
    ],
)
def test_streets_and_common_words_are_no_towns(entries, text):
    assert entries(text) == {}


def test_a_day_after_the_name_is_no_part_of_it(entries):
    assert "Springfield" in entries("It was seen in Springfield Friday evening.")


def test_an_apostrophe_stands_inside_the_name_of_a_county(entries):
    found = entries("They live in Prince George's County today.")
    assert list(found) == ["Prince George's County"]


def test_a_country_that_is_an_adjective_too_is_a_country(entries):
    found = entries("Ten people died in New Zealand on Monday.")
    assert found == {"New Zealand": "new zealand-country"}


def test_a_town_in_capitals_in_the_dateline_is_the_same_town(places):
    text = "PALMYRA, Wis. (AP) -- Police came.\n\nThe Palmyra mayor left."
    assert "Palmyra" in {f.span.text for f in places(text)}


def test_a_large_town_is_meant_rather_than_a_small_foreign_province(entries):
    assert entries("He was shot in Toledo on Monday.")["Toledo"] == "toledo-Ohio"


def test_a_countrys_name_is_not_used_for_towns_that_have_it_elsewhere(entries):
    text = "He moved from Texas and Illinois to Mexico in May."
    assert entries(text)["Mexico"] == "mexico-country"


def test_among_states_a_state_is_meant(entries):
    text = "It was sold in Ohio, Texas, Illinois and California."
    assert entries(text)["California"] == "california-province"


def test_a_city_that_everybody_knows_needs_no_state(entries):
    text = "He left Springfield in Illinois. He was seen in Denver on Monday."
    assert entries(text)["Denver"] == "denver-Colorado"


def test_where_somebody_lives_is_a_place_though_somebody_has_the_name(entries):
    text = "They met Ann Newport on Monday. Tom Hill, 25, of Newport, was hurt."
    assert "Newport" in entries(text)


def test_a_county_tells_which_town_is_meant(entries):
    text = "The sheriff of Dane County came to Palmyra on Monday."
    assert entries(text)["Palmyra"] == "palmyra-Wisconsin"
