"""Whom a deed is done to, who is charged with it, who claims it: by the sentence."""

from __future__ import annotations

import pytest

from curation.extraction.actors import Actors
from curation.extraction.dates import Dates
from curation.extraction.events import Events
from curation.extraction.findings import Event

Told = set[tuple[str, str]]


@pytest.fixture
def told(read):
    """Roles and words of all parties of the acts of violence in a text."""

    def found(text: str, *, named: bool = False) -> Told:
        extractors = [Actors()] if named else []
        return {
            (party.role, party.words)
            for finding in read(text, extractors=[*extractors, Dates(), Events()])
            if isinstance(finding.fields, Event) and finding.fields.type == "ASSAULT"
            for party in finding.fields.participants
        }

    return found


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        # What is hit where it happened.
        ("A car bomb exploded on Monday in front of a hotel.", "target", "hotel"),
        ("A bomb exploded on Monday in a bank.", "target", "bank"),
        ("The explosion in a bank on Monday was short.", "target", "bank"),
        ("Gunmen took the lives of two guards on Monday.", "victim", "two guards"),
        # Whose deed a noun tells of, and to whom.
        ("The mayor's murder on Monday was cruel.", "victim", "mayor"),
        ("The rebels' attack on Monday on the bank failed.", "perpetrator", "rebels"),
        (
            "The guerrilla attack on the bank on Monday was short.",
            "perpetrator",
            "guerrilla",
        ),
        # Who claims it, is blamed for it, had a part in it.
        (
            "The attack on the bank was claimed by the rebels on Monday.",
            "claimant",
            "rebels",
        ),
        (
            "Police attributed the attack on the bank on Monday to the rebels.",
            "accused",
            "rebels",
        ),
        (
            "The lawyer accused the army and the police of murdering three peasants.",
            "accused",
            "police",
        ),
        (
            "They charged the officers with the murder of two judges in Lima.",
            "accused",
            "officers",
        ),
        (
            "The soldiers' involvement in the murder of two judges was shown.",
            "accused",
            "soldiers",
        ),
        (
            "Police linked two soldiers to the murder of the judge.",
            "accused",
            "two soldiers",
        ),
        (
            "Two soldiers participated in the murder of the judge.",
            "accused",
            "Two soldiers",
        ),
    ],
)
def test_who_has_which_part(told, text: str, role: str, words: str) -> None:
    assert (role, words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in a valley on Monday.",  # a valley is not what is hit
        "The attack on Monday was short.",
    ],
)
def test_place_and_day_are_no_targets(told, text: str) -> None:
    assert told(text) == set()


def test_day_before_a_noun_is_no_doer(told) -> None:
    assert told("The Monday attack on the bank was short.") == {("target", "bank")}


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        # The subject nearest before it.
        (
            "When the judge came on Monday, the mayor ran as he was shot by two men.",
            {"mayor"},
        ),
        # The one that is as many.
        (
            "The pupils ran on Monday, the mayor left, and they were shot by two men.",
            {"pupils"},
        ),
        (
            "The judge and the mayor left on Monday. They were shot by two men.",
            {"judge"},
        ),
        # Of the sentence before; a name without a noun for people too.
        ("Julio Torres left on Monday. He was shot by two men.", {"Julio Torres"}),
        ("The judge left on Monday. They were shot by two men.", set()),
        ("The pupils left on Monday. He was shot by two men.", set()),
    ],
)
def test_whom_a_pronoun_means(told, text: str, victims: set[str]) -> None:
    assert {words for role, words in told(text) if role == "victim"} == victims


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        (
            "A bomb exploded in a bank in Lima. It was planted by the attackers.",
            {"attackers"},
        ),
        ("A bomb exploded in a bank in Lima. The attackers fled.", {"attackers"}),
        # Some attackers: nobody says that they are those of the bomb.
        ("A bomb exploded in a bank in Lima. Attackers fled on foot.", set()),
        ("A bomb exploded in a bank in Lima. A guard saw the attackers.", set()),
        ("A bomb exploded in a bank in Lima. The attackers said no more.", set()),
        # Who suffered it did not do it.
        ("Two terrorists were killed on Monday in a bank.", set()),
        # Its doers are known already.
        ("Rebels killed two judges on Monday. The attackers fled.", {"Rebels"}),
    ],
)
def test_doers_of_another_clause(told, text: str, doers: set[str]) -> None:
    assert {words for role, words in told(text) if role == "perpetrator"} == doers


BOTH = "A bomb exploded in a bank in Lima on 3 May. A mayor was shot in Quito on 4 May."


def test_the_attackers_are_those_of_the_act_told_last(read) -> None:
    found = [
        finding.fields
        for finding in read(f"{BOTH} The attackers fled.", extractors=[Events()])
        if isinstance(finding.fields, Event)
    ]
    doers = [
        {p.words for p in each.participants if p.role == "perpetrator"}
        for each in found
    ]
    assert doers == [set(), {"attackers"}]


def test_it_is_the_act_told_last_that_is_claimed(read) -> None:
    found = [
        finding.fields
        for finding in read(
            f"{BOTH} The rebels claimed responsibility.", extractors=[Events()]
        )
        if isinstance(finding.fields, Event)
    ]
    claimed = [
        {p.words for p in each.participants if p.role == "claimant"} for each in found
    ]
    assert claimed == [set(), {"rebels"}]


def test_what_is_not_claimed(told) -> None:
    text = "Two judges were killed on Monday. The rebels did not claim responsibility."
    assert told(text) == {("victim", "Two judges")}


@pytest.mark.parametrize(
    "before",
    [
        "Guerrillas of the Rowan Union met on Monday.",
        "Rowan Union guerrillas met on Monday.",
        "The guerrillas, the Rowan Union, met on Monday.",
    ],
)
def test_nameless_gunmen_are_of_the_body_that_has_guerrillas(told, before: str) -> None:
    found = told(f"{before} Gunmen killed two judges.", named=True)
    assert ("perpetrator", "Rowan Union") in found


def test_the_body_named_last_before_them(told) -> None:
    found = told(
        "Guerrillas of the Birch Union met. Guerrillas of the Rowan Union fled. "
        "Gunmen killed two judges on Monday. Guerrillas of the Lime Union left.",
        named=True,
    )
    assert {words for role, words in found if role == "perpetrator"} == {
        "Gunmen",
        "Rowan Union",
    }


def test_soldiers_are_of_no_guerrilla_body(told) -> None:
    found = told(
        "Guerrillas of the Birch Union met. Soldiers killed two judges on Monday.",
        named=True,
    )
    assert ("perpetrator", "Birch Union") not in found
