"""Looking places up in the gazetteer, and taking them over."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.models import GazetteerEntry, Place
from events.place_names import lookup_form
from events.placing import plan_takeover, take_over
from tests.factories.events import (
    GazetteerEntryFactory,
    GazetteerNameFactory,
    PlaceFactory,
    PlaceIdentifierFactory,
    PlaceNameFactory,
)
from tests.factories.sources import term

pytestmark = pytest.mark.django_db


def entry(name, *others, **fields):
    row = GazetteerEntryFactory(name=name, **fields)
    for each in (name, *others):
        GazetteerNameFactory(entry=row, folded=lookup_form(each))
    return row


def named(words, **options):
    return [row.name for row in GazetteerEntry.objects.named(words, **options)]


def test_the_exact_name_comes_first_then_the_larger():
    entry("New Kabul", population=9_000_000)
    entry("Kabul", population=1)
    entry("Kabulistan", population=5)
    entry("Kabul", kind="province", population=2)
    assert named("kabul") == ["Kabul", "Kabul", "Kabulistan", "New Kabul"]
    assert GazetteerEntry.objects.named("kabul")[0].kind == "province"


@pytest.mark.parametrize("words", ["Jelālābād", "jelalabad", "Jalal Kut"])
def test_a_place_is_found_under_each_of_its_spellings_once(words):
    entry("Jalalabad", "Jelalabad", "Jalal-Kut", "Jelalabad City")
    assert named(words) == ["Jalalabad"]


def test_one_kind_of_places():
    entry("Takhar", kind="province")
    entry("Takhar", kind="village")
    assert [r.kind for r in GazetteerEntry.objects.named("takhar", kind="village")] == [
        "village"
    ]


@pytest.mark.parametrize("words", ["", " ", "-", "ab"])
def test_words_that_say_nothing_find_nothing(words):
    entry("Abbottabad")
    assert named(words) == []


def test_a_wrong_spelling_finds_what_is_spelt_alike():
    entry("Mazar-i-Sharif")
    entry("Herat")
    assert named("Mazar i Sherif") == []
    [found] = GazetteerEntry.objects.alike("Mazar i Sherif")
    assert found.name == "Mazar-i-Sharif"


KUNDUZ = {
    "id": "geonames:1135690",
    "latitude": 36.729,
    "longitude": 68.857,
    "radius_m": 12_000,
    "admin1_entry": "iso3166-2:AF-KDZ",
}


def test_a_new_place_has_all_that_the_gazetteer_has(curator):
    province = PlaceFactory(name="Kunduz", kind=term("place-kind/province"))
    PlaceIdentifierFactory(
        place=province, scheme=term("external-id-scheme/iso3166-2"), value="AF-KDZ"
    )
    row = take_over(entry=entry("Kunduz", **KUNDUZ), by=curator, why="needed")
    row.refresh_from_db()
    assert (row.name, row.slug, row.kind_id) == (
        "Kunduz",
        "kunduz-city",
        "place-kind/city",
    )
    assert (row.latitude, row.longitude, row.radius_m) == (36.729, 68.857, 12_000)
    assert (row.country_id, row.parent, row.status) == (
        "country/AFG",
        province,
        "draft",
    )
    assert [str(each) for each in row.identifiers.all()] == ["geonames:1135690"]
    last = row.history.order_by("pgh_id").last()
    assert last.pgh_context.metadata["why"] == "needed"


def test_a_place_keeps_its_name_and_gets_the_other_spelling(curator):
    place = PlaceFactory(name="Kondoz", latitude=36, longitude=68, radius_m=90_000)
    found = entry("Kunduz", **KUNDUZ)
    take_over(entry=found, place=place, by=curator, why="exact")
    place.refresh_from_db()
    assert (place.name, place.latitude, place.radius_m) == ("Kondoz", 36.729, 12_000)
    assert [each.name for each in place.names.all()] == ["Kunduz"]
    assert plan_takeover(found, place).changes() == []


def test_the_plan_says_what_would_change_and_writes_nothing():
    place = PlaceFactory(name="Kunduz", latitude=36.729, longitude=68.8, radius_m=900)
    plan = plan_takeover(entry("Kunduz", **KUNDUZ), place)
    lines = {line.what: (line.now, line.then) for line in plan.changes()}
    assert lines == {
        "Point and radius": (
            "36.729° N, 68.800° E, within 900 m",
            "36.729° N, 68.857° E, within 12 km",
        ),
        "Country": ("—", "Afghanistan"),
        "Identifier": ("—", "geonames: 1135690"),
    }
    assert plan.moved_by == "5.1 km"
    place.refresh_from_db()
    assert place.radius_m == 900


def test_an_entry_that_is_a_place_already_is_refused_by_name(curator):
    PlaceIdentifierFactory(place__name="Kondoz", value="1135690")
    with pytest.raises(ValidationError, match="already the place “Kondoz”"):
        take_over(entry=entry("Kunduz", **KUNDUZ), by=curator, why="x")
    assert Place.objects.count() == 1


def test_a_press_of_the_button_again_makes_no_second_place(curator):
    found = entry("Dashti Qala", id="afg-district:57", kind="district")
    take_over(entry=found, by=curator, why="x")
    with pytest.raises(ValidationError, match="already the place “Dashti Qala”"):
        take_over(entry=found, by=curator, why="x")


def test_a_namesake_elsewhere_is_another_place_with_a_key_of_its_own(curator):
    one = entry("Springfield", country="USA", latitude=39.8, longitude=-89.6)
    other = entry("Springfield", country="USA", latitude=42.1, longitude=-72.6)
    made = [take_over(entry=each, by=curator, why="x").slug for each in (one, other)]
    assert made == ["springfield-city", "springfield-city-usa"]


def test_a_place_is_not_put_inside_itself(curator):
    country = PlaceFactory(
        name="Afghanistan",
        kind=term("place-kind/country"),
        country=term("country/AFG"),
    )
    row = take_over(
        entry=entry("Afghanistan", kind="country"), place=country, by=curator, why="x"
    )
    assert row.parent is None


def test_a_published_place_is_moved_only_by_those_who_may_publish(curator, reviewer):
    place = PlaceFactory(status="published")
    found = entry("Kunduz", **KUNDUZ)
    with pytest.raises(PermissionDenied, match="published"):
        take_over(entry=found, place=place, by=curator, why="x")
    take_over(entry=found, place=place, by=reviewer, why="x")
    place.refresh_from_db()
    assert place.radius_m == 12_000


def test_a_known_spelling_is_not_added_again(curator):
    place = PlaceNameFactory(place__name="Kondoz", name="Qunduz").place
    take_over(entry=entry("Qunduz", **KUNDUZ), place=place, by=curator, why="x")
    assert [each.name for each in place.names.all()] == ["Qunduz"]
