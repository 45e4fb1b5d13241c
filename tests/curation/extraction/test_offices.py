"""Offices of persons beside their names."""

from __future__ import annotations

import pytest

from curation.extraction.actors import Actors
from curation.extraction.context import Context, KnownActor, Name
from curation.extraction.findings import ActorMention, Finding, Office
from curation.extraction.offices import Offices
from tests.curation.extraction.conftest import Read

CONTEXT = Context(
    actors=(
        KnownActor("norway", "Norway", "state", "NOR", (Name("Norway", "official"),)),
        KnownActor(
            "rowan-front",
            "Rowan Front",
            "armed_group",
            "NOR",
            (Name("Rowan Front", "official"),),
        ),
        KnownActor(
            "kari-nordmann",
            "Kari Nordmann",
            "person",
            "NOR",
            (Name("Kari Nordmann", "official"),),
        ),
    )
)


def offices(read: Read, text: str) -> list[tuple[str, str, str, str | None]]:
    """Person, relation, title and organisation of each office found."""
    found = read(text, extractors=[Actors(), Offices()], context=CONTEXT)
    names = {
        each.fields.cluster: each.fields.name
        for each in found
        if isinstance(each.fields, ActorMention)
    }
    return [
        (
            names[o.person],
            o.relation,
            o.title,
            None if o.organisation is None else names[o.organisation],
        )
        for each in found
        if isinstance(o := each.fields, Office)
    ]


def rules(found: list[Finding]) -> list[str]:
    return [each.rule for each in found if each.rule.startswith("office.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peter Holmberg, an analyst at the Harbour Policy Institute, disagreed.",
            ("Peter Holmberg", "works_for", "analyst", "Harbour Policy Institute"),
        ),
        (
            "Peter Holmberg, the Rowan Front leader, was killed.",
            ("Peter Holmberg", "leads", "leader", "Rowan Front"),
        ),
        (
            "Peter Holmberg, 54, head of Norway's Fisheries Council, resigned.",
            ("Peter Holmberg", "leads", "head", "Fisheries Council"),
        ),
        (
            "Defence secretary Peter Holmberg resigned.",
            ("Peter Holmberg", "leads", "Defence secretary", None),
        ),
        (
            "Deputy Secretary of State Peter Holmberg resigned.",
            ("Peter Holmberg", "holds_office_in", "Deputy Secretary of State", None),
        ),
        (
            "Norway voted. Former Norwegian President Peter Holmberg lost.",
            ("Peter Holmberg", "leads", "President", "Norway"),
        ),
        (
            "Norway voted. President Kari Nordmann lost.",
            ("Kari Nordmann", "leads", "President", "Norway"),
        ),
        (
            "The Rowan Front's new leader Peter Holmberg was killed.",
            ("Peter Holmberg", "leads", "new leader", "Rowan Front"),
        ),
        (
            "Peter Holmberg is the chairman of the Fisheries Council.",
            ("Peter Holmberg", "leads", "chairman", "Fisheries Council"),
        ),
        (
            "Peter Holmberg, who heads the Rowan Front, was killed.",
            ("Peter Holmberg", "leads", "head", "Rowan Front"),
        ),
    ],
)
def test_office_and_organisation(
    read: Read, text: str, expected: tuple[str, str, str, str | None]
) -> None:
    assert offices(read, text) == [expected]


def test_two_offices_in_one_phrase(read: Read) -> None:
    text = "Peter Holmberg, a co-founder and director of the Fisheries Council, left."
    assert [(relation, of) for _, relation, _, of in offices(read, text)] == [
        ("founded", "Fisheries Council"),
        ("leads", "Fisheries Council"),
    ]


def test_where_an_analyst_comes_from_is_not_who_he_works_for(read: Read) -> None:
    text = "Norway voted. Peter Holmberg, a Norwegian analyst, was surprised."
    assert offices(read, text) == []


def test_title_of_the_next_person_is_not_the_first_ones(read: Read) -> None:
    text = "He met Anna Lindqvist, defence secretary Peter Holmberg and others."
    assert [person for person, *_ in offices(read, text)] == ["Peter Holmberg"]


def test_an_office_is_said_once(read: Read) -> None:
    text = "President Peter Holmberg left. Later President Holmberg came back."
    assert len(offices(read, text)) == 1


def test_spans_say_who_what_and_of_whom(read: Read) -> None:
    text = "Peter Holmberg, the Rowan Front leader, was killed."
    found = read(text, extractors=[Actors(), Offices()], context=CONTEXT)
    office = next(each for each in found if isinstance(each.fields, Office))
    assert office.span.text == "Peter Holmberg, the Rowan Front leader"
    roles = {span.role: span.text for span in office.spans if span.role}
    assert roles == {
        "person": "Peter Holmberg",
        "title": "leader",
        "organisation": "Rowan Front",
    }
    assert rules(found) == ["office.apposition"]


@pytest.mark.parametrize("text", ["", "President", "President ,", "Peter Holmberg,"])
def test_odd_input_does_no_harm(read: Read, text: str) -> None:
    assert offices(read, text) == []


def test_a_film_director_does_not_lead_the_state(read: Read) -> None:
    text = "Norwegian director Kari Nordmann won an award in Norway."
    assert offices(read, text) == []
    text = "Norwegian president Kari Nordmann won an award in Norway."
    assert [each[3] for each in offices(read, text)] == ["Norway"]
