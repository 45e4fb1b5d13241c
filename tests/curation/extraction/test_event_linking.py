"""Whether a proposed event is one that is known."""

from __future__ import annotations

import datetime as dt

from curation.extraction.context import Context, KnownEvent, KnownFigure
from curation.extraction.events.linking import linked, same_family
from curation.extraction.findings import DateMention, Event, Participant, PlaceMention

DAY = dt.date(2024, 5, 3)


def known(**changed) -> KnownEvent:
    values = {
        "key": "market-bombing",
        "title": "Bombing of a market",
        "type": "ASSAULT",
        "mode": "explosives",
        "earliest": DAY,
        "latest": DAY,
        "place": "old-town",
        "place_name": "Old Town",
        "latitude": 10.0,
        "longitude": 10.0,
        "actors": frozenset({"rebels"}),
        "figures": (KnownFigure("killed", "all", 5, 5),),
    }
    return KnownEvent(**{**values, **changed})


def date(day: dt.date) -> DateMention:
    return DateMention(day, day, "day", "stated")


def event(**changed) -> Event:
    values = {
        "type": "ASSAULT",
        "mode": "explosives",
        "acled": None,
        "modality": "occurred",
        "title": "Bombing",
        "date": date(DAY),
        "place": PlaceMention("Old Town", kind="city", latitude=10.1, longitude=10.0),
    }
    return Event(**{**values, **changed})


def link(made: Event, *events: KnownEvent, figures=()) -> Event:
    return linked(made, Context(events=events), figures)


def test_same_day_place_and_mode() -> None:
    found = link(event(), known())
    assert found.linked == "market-bombing"
    assert "the dates overlap (2024-05-03)" in found.why
    assert "both at Old Town" in found.why


def test_another_day_is_another_event() -> None:
    made = event(date=date(DAY + dt.timedelta(days=2)))
    assert link(made, known()).linked is None


def test_far_away_is_another_event() -> None:
    place = PlaceMention("New Town", kind="city", latitude=20.0, longitude=10.0)
    assert link(event(place=place), known()).linked is None


def test_near_by_is_near_enough() -> None:
    place = PlaceMention("Suburb", kind="village", latitude=10.2, longitude=10.0)
    found = link(event(place=place), known())
    assert found.linked == "market-bombing"
    assert "22 km from Old Town" in found.why


def test_another_mode_is_another_event() -> None:
    assert link(event(mode="abduct"), known()).linked is None


def test_another_family_is_another_event() -> None:
    assert link(event(type="CONSULT", mode=None), known()).linked is None
    assert same_family("ASSAULT", "COERCE")
    assert not same_family("ASSAULT", None)


def test_the_type_alone_is_not_enough() -> None:
    assert link(event(date=None, place=None), known()).linked is None


def test_shared_actors_count() -> None:
    party = Participant("perpetrator", "the rebels", 0, "rebels")
    made = event(place=None, participants=(party,))
    found = link(made, known())
    assert found.linked == "market-bombing"
    assert "both name rebels" in found.why


def test_a_number_ten_times_as_high_speaks_against_it() -> None:
    assert link(event(), known(), figures=[("killed", 500, None)]).linked is None
    agreed = link(event(), known(), figures=[("killed", 5, 5)])
    assert "the same number killed" in agreed.why


def test_the_better_of_two_is_taken() -> None:
    other = known(key="other", place=None, place_name="", latitude=None)
    assert link(event(), other, known()).linked == "market-bombing"


def test_events_without_a_type_need_a_common_word() -> None:
    made = event(type=None, mode=None, title="News conference", place=None)
    press = known(key="press", type=None, mode=None, title="News conference")
    split = known(key="split", type=None, mode=None, title="Party splits in two")
    assert link(made, split, press).linked == "press"
