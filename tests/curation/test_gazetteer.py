"""The gazetteer of the database, as extractors ask for it."""

from __future__ import annotations

import pytest

from curation.gazetteer import DatabaseGazetteer
from events.place_names import lookup_form
from tests.factories.events import (
    GazetteerEntryFactory,
    GazetteerNameFactory,
    PlaceFactory,
    PlaceNameFactory,
)
from tests.factories.sources import term

pytestmark = pytest.mark.django_db

gazetteer = DatabaseGazetteer()


def entry(name, *others, **fields):
    made = GazetteerEntryFactory(name=name, **fields)
    for each in (name, *others):
        GazetteerNameFactory(entry=made, folded=lookup_form(each))
    return made


def test_names_are_found_without_case_accents_and_hyphens():
    entry("Dasht-e Qal‘ah", id="g:1", admin1="Takhār", population=9000)
    [place] = gazetteer.find(["DASHT E QALAH"])["DASHT E QALAH"]
    assert (place.entry, place.name, place.kind) == ("g:1", "Dasht-e Qal‘ah", "city")
    assert (place.country, place.admin1, place.population) == ("AFG", "Takhār", 9000)
    assert (place.latitude, place.longitude, place.radius_m) == (34.5, 69.2, 5000)
    assert place.key is None


def test_every_name_gets_its_own_places_the_largest_first():
    entry("Paris", id="g:tx", population=25_000)
    entry("Paris", id="g:fr", population=2_000_000)
    entry("Lutetia", "Lutèce", id="g:old")
    found = gazetteer.find(["Paris", "Lutece", "Atlantis", ""])
    assert [place.entry for place in found["Paris"]] == ["g:fr", "g:tx"]
    assert [place.entry for place in found["Lutece"]] == ["g:old"]
    assert set(found) == {"Paris", "Lutece"}


def test_one_query_for_all_names(django_assert_num_queries):
    entry("Kabul")
    with django_assert_num_queries(1):
        gazetteer.find([f"Name {n}" for n in range(300)] + ["Kabul"])
    with django_assert_num_queries(0):
        assert gazetteer.find([]) == gazetteer.find(["…"]) == {}
        assert gazetteer.near("Kabul", []) == []


def test_places_that_curators_recorded_come_first_and_have_their_key():
    entry("Kabul", id="g:kabul", population=4_000_000)
    province = PlaceFactory(
        name="Kabul Province", kind=term("place-kind/province"), status="published"
    )
    place = PlaceFactory(
        slug="kabul-city",
        name="Kabul",
        parent=province,
        country=term("country/AFG"),
        latitude=34.5,
        longitude=69.2,
        radius_m=20_000,
        status="published",
    )
    PlaceNameFactory(place=place, name="Cabul-City")
    first, second = gazetteer.find(["Kabul"])["Kabul"]
    assert (first.key, first.kind, first.country) == ("kabul-city", "city", "AFG")
    assert (first.admin1, first.radius_m) == ("Kabul Province", 20_000)
    assert second.entry == "g:kabul"
    assert gazetteer.find(["cabul city"])["cabul city"][0].key == "kabul-city"


@pytest.mark.parametrize("status", ["draft", "rejected"])
def test_places_that_nobody_accepted_are_not_known(status):
    PlaceFactory(name="Nowhere", status=status)
    assert not gazetteer.find(["Nowhere"])


def test_names_spelt_alike_are_found_in_the_countries_asked_for():
    entry("Nangarhār", "Nangrahar", id="g:afg", kind="province")
    entry("Nangarhar", id="g:pak", country="PAK")
    entry("Kandahar", id="g:kandahar")
    near = gazetteer.near("Nangarhaar", ["AFG", "TJK"])
    assert [place.entry for place in near] == ["g:afg"]
    assert not gazetteer.near("Nangarhaar", ["IRN"])
