"""Where and when a new event was, as far as the words that are coded give it."""

from __future__ import annotations

import datetime as dt

import pytest

from curation.admin.desk_forms import FORMS
from curation.finding import find
from events.models import Event, Place
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    FigureFactory,
    GazetteerEntryFactory,
    GazetteerNameFactory,
    PlaceFactory,
)
from tests.factories.sources import TEXT, ArticleFactory

pytestmark = pytest.mark.django_db

QUOTE = "The attack killed 13 people"
NEW = {
    "kind": "occurrence",
    "statement": "An attack.",
    "voice": "narrator",
    "modality": "asserted",
    "polarity": "positive",
    "event": "+",
    "event_name": "Attack",
}


@pytest.fixture
def article():
    return ArticleFactory(text=TEXT)


@pytest.fixture
def kabul():
    entry = GazetteerEntryFactory(
        id="geonames:1138958",
        name="Kabul",
        kind="city",
        latitude=34.53,
        longitude=69.17,
        radius_m=15_000,
    )
    GazetteerNameFactory(entry=entry, folded="kabul")
    return entry


def coded(article, by, quote=QUOTE, **fields):
    start = article.text.index(quote)
    data = NEW | {"start": start, "end": start + len(quote), "quote": quote} | fields
    form = FORMS["claim"](article, data)
    assert form.is_valid(), form.errors
    return form.code(by=by)


def parts():
    return set(Event.objects.get().supports.values_list("part", flat=True))


@pytest.mark.parametrize(
    ("words", "proved"), [("13 people", True), ("Friday", False), ("", False)]
)
def test_a_date_rests_only_on_words_that_give_it(article, curator, words, proved):
    coded(article, curator, event_date="2021-08-26", event_text=words)
    assert Event.objects.get().date_earliest == dt.date(2021, 8, 26)
    assert ("date" in parts()) is proved


@pytest.mark.parametrize(("name", "proved"), [("Attack", True), ("Herat", False)])
def test_a_place_rests_only_on_words_that_name_it(article, curator, name, proved):
    place = PlaceFactory(name=name, status="coded")
    coded(article, curator, event_place=place.slug, event_place_name=name)
    assert Event.objects.get().place == place
    assert ("place" in parts()) is proved


def test_a_place_of_the_gazetteer_is_found_and_taken_over_once(article, curator, kabul):
    (option,) = find("place", "kabu", article=article)
    assert (option.key, option.name) == ("gazetteer:geonames:1138958", "Kabul")
    chosen = {"event_place": option.key, "event_place_name": option.name}
    made = coded(article, curator, **chosen)
    place = Place.objects.get()
    assert place in made
    assert (place.name, place.radius_m, place.status) == ("Kabul", 15_000, "coded")
    assert Event.objects.get().place_precision_id == "place-precision/city"
    coded(article, curator, **chosen)
    assert Place.objects.count() == 1


def test_an_entry_that_is_gone_is_refused_at_its_field(article, kabul):
    start = article.text.index(QUOTE)
    data = NEW | {"start": start, "end": start + len(QUOTE), "quote": QUOTE}
    kabul.delete()
    chosen = {"event_place": "gazetteer:geonames:1138958", "event_place_name": "Kabul"}
    form = FORMS["claim"](article, data | chosen)
    assert not form.is_valid()
    assert "no more" in form.errors["event_place_name"][0]


def test_the_events_of_the_article_are_offered_whatever_they_are_called(article):
    own = EventFactory(title="Suicide attack at the airport", status="coded")
    ClaimFactory(event=own, evidence__article=article, status="coded")
    EventFactory(title="Flood", status="coded")
    other = EventFactory(title="Bombing at a gate", status="coded")
    found = find("event", "bombing gate", article=article)
    assert [(each.key, each.apart) for each in found] == [
        (other.slug, False),
        (own.slug, True),
    ]
    assert [each.apart for each in find("event", "", article=article)] == [False]


def test_claims_that_are_stated_alike_are_told_apart(article):
    event = EventFactory(title="Attack", status="published")
    for status in ("coded", "published"):
        FigureFactory(
            event=event,
            statement="Up to 170 died.",
            low=None,
            high=170,
            quantifier="up_to",
            evidence__article=article,
            status=status,
        )
    hints = {each.hint for each in find("claim", "170", article=article)}
    assert hints == {
        "up to 170, Attack, coded",
        "up to 170, Attack, published: what is added is public at once",
    }
