"""The page of a place in the admin, and the gazetteer beside it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from events.models import GazetteerEntry, Place
from events.place_names import lookup_form
from tests.admin_forms import said
from tests.factories.events import (
    EventFactory,
    GazetteerEntryFactory,
    GazetteerNameFactory,
    PlaceFactory,
)
from tests.factories.sources import term

pytestmark = pytest.mark.django_db

LOOKUP = "admin:events_place_lookup"


def page_of(client, place):
    page = client.get(reverse("admin:events_place_change", args=[place.pk]))
    assert page.status_code == 200
    return page.content.decode()


def known(name="Kunduz", **fields):
    row = GazetteerEntryFactory(name=name, **fields)
    GazetteerNameFactory(entry=row, folded=lookup_form(name))
    return row


def look_up(client, words, **query):
    page = client.get(reverse(LOOKUP), {"q": words} | query)
    assert page.status_code == 200
    return page


def test_a_place_is_drawn_with_its_radius(admin_client):
    place = PlaceFactory(name="Kabul", latitude=34.5, longitude=69.2, radius_m=20_000)
    told = page_of(admin_client, place)
    assert "known to the city, within 20 km" in told
    assert "map-reach" in told


def test_a_province_is_drawn_as_an_area(admin_client):
    place = PlaceFactory(
        name="Takhar",
        kind=term("place-kind/province"),
        country=term("country/AFG"),
        latitude=36.7,
        longitude=69.8,
        radius_m=105_000,
    )
    told = page_of(admin_client, place)
    assert "map-area" in told
    assert "map-dot" not in told


def test_a_place_without_coordinates_says_what_that_means(admin_client):
    told = page_of(admin_client, PlaceFactory())
    assert "No coordinates yet" in told
    assert "Look up in the gazetteer" in told


def test_a_place_says_what_it_lies_in_and_what_happened_there(admin_client):
    country = PlaceFactory(name="Afghanistan")
    province = PlaceFactory(name="Kunduz province", parent=country)
    place = PlaceFactory(name="Kunduz", parent=province)
    EventFactory(
        title="An attack", place=place, place_precision=term("place-precision/city")
    )
    page = admin_client.get(reverse("admin:events_place_change", args=[place.pk]))
    assert page.context["above"] == [province, country]
    assert "An attack" in page.content.decode()
    assert "Kunduz" in page_of(admin_client, province)


def test_an_entry_is_found_and_checked_on_the_map(admin_client):
    known()
    told = look_up(admin_client, "kunduz").content.decode()
    assert "Kunduz: check it on the map" in told
    assert "34.500° N, 69.200° E" in told
    assert "Take over as a new place" in told


def test_another_of_those_found_can_be_chosen(admin_client):
    known(population=9)
    other = known(kind="village")
    page = look_up(admin_client, "Kunduz", entry=other.pk)
    assert page.context["chosen"] == other
    assert [row.chosen for row in page.context["found"]] == [False, True]


def test_a_kind_is_asked_for(admin_client):
    known(kind="province")
    known(kind="village")
    page = look_up(admin_client, "Kunduz", kind="village")
    assert [row.entry.kind for row in page.context["found"]] == ["village"]


def test_a_name_that_nothing_has_says_what_to_try(admin_client):
    known()
    told = look_up(admin_client, "Atlantis").content.decode()
    assert "No place is called “Atlantis”" in told
    assert "enter the place by hand" in told


def test_an_empty_gazetteer_says_how_to_load_it(admin_client):
    told = look_up(admin_client, "Kabul").content.decode()
    assert "./manage.py load_gazetteer" in told


def test_a_name_spelt_nearly_so_is_told_as_that(admin_client):
    known("Mazar-i-Sharif")
    page = look_up(admin_client, "Mazar i Sherif")
    assert page.context["nearly"]
    assert "spelt nearly so" in page.content.decode()


def test_taking_over_makes_a_place_and_leads_to_it(admin_client):
    entry = known(id="geonames:1135690")
    url = f"{reverse(LOOKUP)}?q=kunduz"
    page = admin_client.post(url, {"entry": entry.pk, "why": "needed"}, follow=True)
    place = Place.objects.get()
    assert said(page) == ["“Kunduz” is added as a draft."]
    assert page.redirect_chain[-1][0] == reverse(
        "admin:events_place_change", args=[place.pk]
    )


def test_taking_over_fills_the_place_that_was_looked_up(admin_client):
    place, entry = PlaceFactory(name="Kondoz"), known()
    asked = look_up(admin_client, "Kunduz", place=place.pk)
    assert "What would change" in asked.content.decode()
    url = f"{reverse(LOOKUP)}?q=kunduz&place={place.pk}"
    page = admin_client.post(url, {"entry": entry.pk, "why": "x"}, follow=True)
    assert said(page) == ["“Kondoz” now has the gazetteer's point."]
    place.refresh_from_db()
    assert place.radius_m == entry.radius_m


def test_where_the_place_was_come_from_is_kept(admin_client):
    place, entry = PlaceFactory(name="Kondoz"), known()
    page = reverse("admin:events_place_change", args=[place.pk])
    kept = '<input type="hidden" name="from" value="a&amp;b">'
    assert kept in admin_client.get(page, {"from": "a&b"}).content.decode()
    asked = look_up(admin_client, "Kunduz", place=place.pk, **{"from": "a&b"})
    assert kept in asked.content.decode()
    assert f'href="{page}?from=a%26b"' in asked.content.decode()
    (found,) = asked.context["found"]
    done = admin_client.post(found.href, {"entry": entry.pk, "why": "x"})
    assert done.url == f"{page}?from=a%26b"


def test_what_is_a_place_already_is_said_before_and_after(admin_client):
    entry = known(id="geonames:1135690")
    url = f"{reverse(LOOKUP)}?q=kunduz"
    admin_client.post(url, {"entry": entry.pk})
    assert "already the place" in look_up(admin_client, "Kunduz").content.decode()
    page = admin_client.post(url, {"entry": entry.pk})
    assert "is already the place “Kunduz”" in page.content.decode()
    assert Place.objects.count() == 1


def test_who_may_only_look_cannot_take_over(client):
    from django.contrib.auth.models import Permission, User

    user = User.objects.create_user("guest", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_place"))
    client.force_login(user)
    assert client.get(reverse(LOOKUP)).status_code == 403
    assert client.post(reverse(LOOKUP), {"entry": known().pk}).status_code == 403
    assert not Place.objects.exists()


@pytest.mark.parametrize(
    "query", ["place=x", f"place={'9' * 40}", "q=%00&entry=%00", "kind=x", "entry=x"]
)
def test_an_address_that_makes_no_sense_is_no_failure(admin_client, query):
    page = admin_client.get(f"{reverse(LOOKUP)}?{query}")
    assert page.status_code in {200, 404}


@pytest.mark.parametrize("place", [None, "yes"])
def test_a_search_asks_as_often_for_twenty_as_for_two(
    admin_client, django_assert_max_num_queries, place
):
    query = {"q": "Kunduz"} | ({"place": PlaceFactory().pk} if place else {})
    for _ in range(2):
        known()
    admin_client.get(reverse(LOOKUP), query)
    with django_assert_max_num_queries(40) as few:
        admin_client.get(reverse(LOOKUP), query)
    for _ in range(25):
        known()
    with django_assert_max_num_queries(len(few)):
        admin_client.get(reverse(LOOKUP), query)
    assert GazetteerEntry.objects.count() == 27


def test_what_a_place_is_known_to_be_comes_first(admin_client):
    """A region is not filled from a larger town of its name in another country."""
    town = known(name="Khorasan", kind="city", country="TUR", population=50_000)
    region = PlaceFactory(name="Khorasan", kind_id="place-kind/region", country=None)

    def page():
        query = {"q": "Khorasan", "place": region.pk}
        return admin_client.get(reverse(LOOKUP), query)

    assert page().context["chosen"] is None
    assert "None of these is a region" in page().content.decode()
    own = known(name="Khorasan", kind="region", country="", population=0)
    assert page().context["chosen"] == own
    assert [row.entry for row in page().context["found"]] == [own, town]
