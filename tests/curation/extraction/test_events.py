"""What happened, read off made-up sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from curation.extraction.context import Context, KnownActor, Name
from curation.extraction.dates import Dates
from curation.extraction.events import Events
from curation.extraction.findings import Event, Finding
from curation.extraction.registry import rules

DAY = dt.date(2024, 5, 14)


@pytest.fixture
def events(read):
    """The event findings of a text, found by events alone or with dates."""

    def found(text: str, *, dated: bool = False, **options) -> list[Finding]:
        extractors = [Dates(), Events()] if dated else [Events()]
        return [
            finding
            for finding in read(text, extractors=extractors, **options)
            if isinstance(finding.fields, Event)
        ]

    return found


def parties(finding: Finding) -> set[tuple[str, str]]:
    return {(party.role, party.words) for party in finding.fields.participants}


def words(finding: Finding, role: str) -> list[str]:
    return [span.text for span in finding.spans if span.role == role]


def test_who_killed_whom(events) -> None:
    (found,) = events("Armed gunmen killed two farmers near the river.")
    assert (found.fields.type, found.fields.modality) == ("ASSAULT", "occurred")
    assert parties(found) == {
        ("perpetrator", "Armed gunmen"),
        ("victim", "two farmers"),
    }
    assert words(found, "trigger") == ["killed"]
    assert found.span.text == "Armed gunmen killed two farmers near the river."


def test_passive_and_active_name_the_same_roles(events) -> None:
    (found,) = events("Two farmers were killed by armed gunmen.")
    assert parties(found) == {
        ("perpetrator", "armed gunmen"),
        ("victim", "Two farmers"),
    }


def test_noun_with_by_and_on(events) -> None:
    (found,) = events("The attack by armed rebels on the power station was short.")
    assert parties(found) == {
        ("perpetrator", "armed rebels"),
        ("target", "power station"),
    }


def test_claimant_is_not_perpetrator(events) -> None:
    (found,) = events("The rebels claimed responsibility for the attack on the bank.")
    assert ("claimant", "rebels") in parties(found)
    assert not any(role == "perpetrator" for role, _ in parties(found))


def test_accused_of_it(events) -> None:
    found, _ = events("The police blamed the rebels for the murder of a judge.")[::-1]
    assert ("accused", "rebels") in parties(found)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("A car bomb killed three soldiers at the gate.", "explosives"),
        ("A suicide bomb killed three soldiers at the gate.", "suicide-attack"),
        ("Three soldiers were killed in an air strike on a camp.", "aerial"),
        ("Three soldiers were killed with machine guns by bandits.", "firearms"),
        ("Gunmen kidnapped three engineers from a mine.", "abduct"),
        ("The police arrested three students in the capital.", "arrest"),
        ("The rebels released three hostages at the border.", "release"),
    ],
)
def test_modes(events, text: str, mode: str) -> None:
    assert mode in {finding.fields.mode for finding in events(text)}


def test_the_weapon_is_quoted(events) -> None:
    (found,) = events("Bandits destroyed a bridge with dynamite.")
    assert words(found, "weapon") == ["dynamite"]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen did not kill the two farmers.",
        "The rebels want to kill two farmers.",
        "The army failed to kill the two rebels.",
        "Did gunmen kill the two farmers?",
        "If gunmen kill a farmer, the market closes.",
        "Gunmen kill farmers every year.",
        "He is known for attacks.",
        "Nobody was killed by the gunmen.",
        "The farmers fear an attack.",
        "There was no attack on the village.",
        "The new law protects farmers from attacks.",
        "He suffered a heart attack in the village.",
    ],
)
def test_what_did_not_happen_is_no_event(events, text: str) -> None:
    assert events(text) == []


def test_one_event_however_often_it_is_told(events) -> None:
    text = (
        "A bomb exploded at a market in the old town on Monday. "
        "The explosion killed two traders. The attack was condemned by nobody."
    )
    (found,) = [f for f in events(text) if f.fields.type == "ASSAULT"]
    assert {"exploded", "explosion", "killed", "attack"} >= set(words(found, "trigger"))
    assert len(words(found, "trigger")) >= 3


def test_two_named_victims_are_two_events(events) -> None:
    text = (
        "Judge Maria Hernandez was murdered by bandits in March. "
        "Bandits murdered Colonel Pedro Quintana in June."
    )
    assert len(events(text)) == 2


def test_date_goes_with_the_event_and_into_the_rule(events) -> None:
    (found,) = events(
        "Gunmen killed two farmers on 3 May 2024.", dated=True, published=DAY
    )
    assert found.fields.date is not None
    assert found.fields.date.earliest == dt.date(2024, 5, 3)
    assert words(found, "date")


def test_without_a_date_the_rule_is_another(events) -> None:
    (found,) = events("Gunmen killed two farmers.", dated=True)
    assert "date" not in found.rule


def test_talks_have_equal_sides(read) -> None:
    actors = tuple(
        KnownActor(key, name, "state", None, (Name(name, "official"),))
        for key, name in (("a", "Ruritania"), ("b", "Freedonia"))
    )
    context = Context(actors=actors)
    found = [
        finding
        for finding in read(
            "Ruritania held talks with Freedonia in March.",
            extractors=rules(),
            context=context,
        )
        if isinstance(finding.fields, Event)
    ]
    (event,) = [f.fields for f in found if f.fields.type == "CONSULT"]
    assert {p.role for p in event.participants} == {"participant"}


def test_title_and_reason_are_words(events) -> None:
    (found,) = events("Armed gunmen killed two farmers near the river.")
    assert found.fields.title == "Killing of two farmers by Armed gunmen"
    assert found.reason.startswith("“killed” tells of a killing")


def test_text_in_small_letters_is_read_as_well(events) -> None:
    text = (
        "unidentified gunmen murdered mayor julio quiroz in san rafael yesterday, "
        "the police of tolima department reported."
    )
    (found,) = events(text)
    assert any("quiroz" in name.lower() for role, name in parties(found))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "“",
        "?!? … 💥💥",
        "attack",
        "ATTACK ATTACK ATTACK " * 30,
        "a" * 5000,
    ],
)
def test_odd_input_does_no_harm(events, text: str) -> None:
    for finding in events(text):
        assert finding.span.text in text


@pytest.mark.parametrize(
    "text",
    [
        # What is published or played is not let go or taken.
        "The agency released figures on Monday.",
        "The release of the new album made the band famous.",
        "The team captured 12 medals.",
        "The painting captured the fears and hopes of an age.",
        "The museum evacuated 30 paintings.",
        # Business and sport.
        "Ford beat forecasts and sales exploded.",
        "The champion beat six rivals.",
        "The goalkeeper attacked the striker's shot in the semifinal.",
        # What nature does is no assault.
        "The earthquake killed 40 people.",
        "Two climbers were killed in an avalanche.",
        # A month is no march.
        "Profits rose in the year that ended on March 20, 2016.",
        "Sales fell in March.",
    ],
)
def test_ordinary_news_is_no_violence(events, text: str) -> None:
    assert events(text, dated=True) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The rebels released two hostages on Monday.", "RETREAT"),
        ("The release of the prisoners began on Monday.", "RETREAT"),
        ("Police seized weapons in the north.", "COERCE"),
        ("Police beat the protesters.", "ASSAULT"),
        ("A bomb killed 40 people at the volleyball tournament.", "ASSAULT"),
        ("Thousands joined the march in Springfield on Monday.", "PROTEST"),
    ],
)
def test_force_is_still_force(events, text: str, kind: str) -> None:
    assert kind in {each.fields.type for each in events(text, dated=True)}


def test_lists_without_end_are_left_alone(events) -> None:
    assert len(events("killed, " * 700)) < 2


def test_the_title_says_with_whom(events) -> None:
    (found,) = events("The company is in talks with China.", dated=True)
    assert found.fields.title == "Talks with China"


def test_the_doers_may_stand_in_the_next_sentence(events) -> None:
    found = events("A bomb exploded in a bank in Lima. The attackers fled on foot.")
    assert any("attackers" in " ".join(words(each, "perpetrator")) for each in found)


def test_whom_somebody_is_accused_of_killing(events) -> None:
    found = events("The lawyer accused the army of murdering three peasants in Lima.")
    killing = next(each for each in found if each.fields.type == "ASSAULT")
    assert ("accused", "army") in {(r, w.split()[-1]) for r, w in parties(killing)}
    assert not words(killing, "perpetrator")


def test_a_title_says_a_place_once(events) -> None:
    found = events("Two guards were killed in an attack on Lima airport in Lima.")
    assert all(each.fields.title.casefold().count("lima") <= 1 for each in found)
