"""Who took part where the sentence says it in a roundabout way."""

from __future__ import annotations

import pytest

from curation.extraction.actors import Actors
from curation.extraction.dates import Dates
from curation.extraction.events import Events
from curation.extraction.findings import Event, Finding


@pytest.fixture
def events(read):
    """The event findings of a text."""

    def found(text: str, *, named: bool = False) -> list[Finding]:
        extractors = [Actors()] if named else []
        return [
            finding
            for finding in read(text, extractors=[*extractors, Dates(), Events()])
            if isinstance(finding.fields, Event)
        ]

    return found


def told(findings: list[Finding], *roles: str) -> set[str]:
    """The words of all parties with these roles."""
    return {
        party.words
        for finding in findings
        for party in finding.fields.participants
        if party.role in roles
    }


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        (
            "Guards fled from an attack staged by rebels on the town hall.",
            "target",
            "town hall",
        ),
        ("Two nurses died in the attack on the clinic.", "target", "Two nurses"),
        (
            "Two nurses died as a result of the attack on the clinic.",
            "target",
            "Two nurses",
        ),
        ("The mayor was the target of a bomb attack on Monday.", "target", "mayor"),
        ("The senator escaped an attack on Monday.", "target", "senator"),
        (
            "The murder in Colombia of two judges shocked lawyers.",
            "victim",
            "two judges",
        ),
        (
            "Two judges and a nurse, including Maria Torres, were killed on Monday.",
            "victim",
            "Maria Torres",
        ),
        (
            "A reporter, Maria Torres, was killed on Monday.",
            "victim",
            "Maria Torres",
        ),
        (
            "Maria Torres was the reporter killed on Monday.",
            "victim",
            "Maria Torres",
        ),
        (
            "Police foiled an attempt by rebels to kill two judges.",
            "perpetrator",
            "rebels",
        ),
        ("The killers of the two judges fled.", "victim", "two judges"),
        (
            "The poll showed the participation of rebels in the murder of the judge.",
            "accused",
            "rebels",
        ),
        (
            "The soldiers were guilty of the murder of two judges.",
            "perpetrator",
            "soldiers",
        ),
        (
            "Unions accuse the soldiers of perpetrating the attack on the office.",
            "accused",
            "soldiers",
        ),
    ],
)
def test_who(events, text: str, role: str, words: str) -> None:
    assert words in told(events(text), role)


def test_hour_is_no_target(events) -> None:
    found = events("The attack at 1835 on the old clinic was short.")
    assert told(found, "target") == {"old clinic"}


def test_pronoun_stands_for_the_subject_before_it(events) -> None:
    found = events("The mayor left his house on Monday. He was shot by two men.")
    assert told(found, "victim") == {"mayor"}
    found = events("The police chief spoke to reporters. She said they were attacked.")
    assert "police chief" not in told(found, "victim", "target")


def test_speaker_is_not_meant_by_a_pronoun(events) -> None:
    found = events("The minister said on Monday that he was shot by two men.")
    assert "minister" not in told(found, "victim")


def test_who_claimed_it_in_a_later_sentence(events) -> None:
    (found,) = events(
        "A bomb wrecked a bank and killed a guard on Monday. "
        "Police searched the area. The rebels claimed responsibility."
    )
    assert "rebels" in told([found], "claimant")


def test_nobody_claimed_it(events) -> None:
    found = events(
        "A bomb wrecked a bank and killed a guard on Monday. "
        "No group claimed responsibility."
    )
    assert not told(found, "claimant")


def test_members_of_a_union_do_not_make_it_the_body_of_the_gunmen(events) -> None:
    found = events(
        "Members of the Workers Union met on Monday. Gunmen killed two judges.",
        named=True,
    )
    assert told(found, "perpetrator") == {"Gunmen"}


@pytest.mark.parametrize(
    "text",
    [
        "The mayor was killed on charges of fraud on Monday.",
        "Gunmen killed the mayor in the country club on Monday.",
    ],
)
def test_charge_and_club_are_no_weapons(events, text: str) -> None:
    (found,) = events(text)
    assert not [span for span in found.spans if span.role == "weapon"]
    assert found.fields.mode is None


def test_dynamite_charge_is_a_weapon(events) -> None:
    (found,) = events("Two guards were killed by a dynamite charge on Monday.")
    assert found.fields.mode == "explosives"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Gunmen riddled the judge with bullets on Monday.", "firearms"),
        ("The bomb placed in the bank by rebels hurt two guards.", "explosives"),
        ("Rebels planted explosives in the bank on Monday.", "explosives"),
        ("Rebels held two nurses captive on Monday.", "abduct"),
    ],
)
def test_more_ways_to_tell_a_deed(events, text: str, mode: str) -> None:
    assert mode in {finding.fields.mode for finding in events(text)}


def test_sabotage_and_terrorist_acts_are_attacks(events) -> None:
    for text in (
        "Rebels sabotaged a power line on Monday.",
        "A terrorist act was carried out on Monday against the embassy.",
    ):
        (found,) = events(text)
        assert found.fields.type == "ASSAULT"


def test_another_attack_is_another_event(events) -> None:
    first = "Rebels attacked the garrison on 3 May 2024, killing a nurse. "
    assert len(events(first + "The attack killed two teachers.")) == 1
    assert len(events(first + "Another attack killed two teachers.")) == 2
    assert len(events(first + "In another incident, rebels killed two nurses.")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The admiral harshly attacked the president on Monday.",
        "Police destroyed the cocaine on Monday in the north.",
        "Protesters burned flags on Monday.",
        "The town was destroyed by an earthquake on Monday, killing 200 people.",
        "There are no foreigners being held hostage by the rebels.",
    ],
)
def test_words_gestures_and_quakes_are_no_assault(events, text: str) -> None:
    assert "ASSAULT" not in {finding.fields.type for finding in events(text)}


def test_denied_reports_of_an_act(events) -> None:
    found = events("The general denied reports that the army bombed two villages.")
    assert not {"occurred", "ongoing"} & {
        finding.fields.modality for finding in found if finding.fields.type == "ASSAULT"
    }


def test_attack_on_nobody_needs_a_day_and_a_place(events) -> None:
    assert not events("The officials spoke on Monday about the attack.")


def test_named_victim_of_an_assassination_is_enough(events) -> None:
    (found,) = events(
        "Talks went on. Prices rose. Shops were shut. Nothing was signed. "
        "We remember the assassination of Herbert Torres."
    )
    assert told([found], "victim") == {"Herbert Torres"}


def test_rule_is_the_deed_and_where_it_stands(events) -> None:
    (found,) = events("Gunmen killed two farmers on 3 May 2024.")
    assert found.rule == "event.killing.lead"
    (found,) = events("A bomb destroyed the hotel on 3 May 2024.")
    assert found.rule == "event.bombing.lead"
