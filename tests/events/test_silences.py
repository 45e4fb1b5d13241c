"""What no article says, as sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from events.silences import Part, Told, silences

DAY = dt.date(2021, 8, 26)
ATTACKER = Part(actor="ISIS-K", role="perpetrator", speaks=True)
VICTIMS = Part(actor="Afghans", role="victim", speaks=True)

# An attack of which everything is told.
FULL = Told(
    type="ASSAULT",
    happened=True,
    claims=9,
    earliest=DAY,
    latest=DAY,
    precision="day",
    place="Kabul",
    place_precision="city",
    parts=[ATTACKER, VICTIMS],
    figures={"killed", "injured"},
    limited={"killed", "injured"},
    outlets=["TRT World", "Dawn"],
    articles=2,
    origins=2,
)


# What is published may be a part of what the articles say.
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"claims": 0}, "No claim about it is published."),
        ({"parts": [VICTIMS]}, "No perpetrator is published."),
        ({"parts": [ATTACKER]}, "Nobody is published to whom it was done."),
        (
            {"parts": [VICTIMS, replace(ATTACKER, role="claimant")]},
            "No perpetrator is published as a fact: ISIS-K claims it.",
        ),
        (
            {"parts": [ATTACKER, replace(VICTIMS, speaks=False)]},
            "Not quoted in what is published: Afghans (victim).",
        ),
        (
            {"parts": [replace(p, speaks=False) for p in (ATTACKER, VICTIMS)]},
            "None of those who took part is quoted in what is published.",
        ),
        ({"place": ""}, "No place is published."),
        (
            {"place": "Takhar", "place_precision": "province"},
            "No place below the province is published: Takhar.",
        ),
        ({"earliest": None, "latest": None}, "No date is published."),
        (
            {"earliest": None, "latest": None, "happened": False},
            "No date is published.",
        ),
        (
            {"precision": "few_days"},
            "No date to the day is published: 26 August 2021.",
        ),
        ({"figures": {"killed"}}, "No number of injured is published."),
        (
            {"limited": {"killed"}},
            "No published claim says how many were injured at most.",
        ),
        ({"outlets": []}, "No outlet is published for what is said."),
        ({"outlets": ["Dawn"]}, "No outlet beside Dawn is published for it."),
        (
            {"origins": 1},
            "All 2 published articles go back to one origin; none confirms it.",
        ),
        (
            {"unnamed": ["sources"]},
            "No speaker is published by name: the words for them are “sources”.",
        ),
    ],
)
def test_what_is_not_published_is_not_called_unsaid(change, sentence) -> None:
    assert silences(replace(FULL, published=True, **change)) == [sentence]


def test_where_everything_is_told_nothing_is_missing() -> None:
    assert silences(FULL) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"parts": [VICTIMS]}, "No perpetrator is named."),
        ({"parts": [ATTACKER]}, "Nobody is named to whom it was done."),
        (
            {"parts": [VICTIMS, replace(ATTACKER, role="accused")]},
            "No perpetrator is named as a fact: ISIS-K is accused of it.",
        ),
        (
            {"parts": [VICTIMS, replace(ATTACKER, role="claimant")]},
            "No perpetrator is named as a fact: ISIS-K claims it.",
        ),
        (
            {"parts": [ATTACKER, replace(VICTIMS, speaks=False)]},
            "Never quoted: Afghans (victim).",
        ),
        (
            {"parts": [replace(p, speaks=False) for p in (ATTACKER, VICTIMS)]},
            "None of those who took part is quoted; others speak about them.",
        ),
        (
            {"parts": [ATTACKER, replace(VICTIMS, rests_on_claims=False)]},
            "No claim is recorded for the part of Afghans.",
        ),
        ({"place": ""}, "No place is given."),
        (
            {"place": "Takhar", "place_precision": "province"},
            "No place below the province is given: Takhar.",
        ),
        ({"earliest": None, "latest": None}, "No date is given."),
        (
            {
                "earliest": dt.date(2021, 8, 1),
                "latest": dt.date(2021, 8, 31),
                "precision": "month",
            },
            "No date to the day is given: August 2021.",
        ),
        ({"figures": {"killed"}}, "No number of injured is given."),
        ({"figures": ()}, "No number of killed or injured is given."),
        ({"limited": {"injured"}}, "No claim says how many were killed at most."),
        (
            {"outlets": ["TRT World"]},
            "No second outlet reports it: everything comes from TRT World.",
        ),
        ({"outlets": []}, "No outlet is known for what is said."),
        (
            {"origins": 1},
            "All 2 articles go back to one origin; none confirms it.",
        ),
        (
            {"unnamed": ["sources", "a media report"]},
            "No source is named: the only speakers are “sources” and “a media report”.",
        ),
    ],
)
def test_each_silence_is_one_sentence(change: dict[str, object], sentence: str) -> None:
    assert silences(replace(FULL, **change)) == [sentence]  # type: ignore[arg-type]


def test_where_nothing_is_told_that_is_all_there_is_to_say() -> None:
    assert silences(replace(FULL, claims=0)) == ["No claim says anything about it yet."]


def test_a_meeting_has_no_perpetrator_to_name() -> None:
    meeting = replace(FULL, type="CONSULT", parts=[], figures=(), limited=())
    assert silences(meeting) == []


def test_somebody_hit_makes_it_something_that_was_done() -> None:
    arrest = replace(FULL, type="", parts=[replace(VICTIMS, role="target")])
    assert silences(arrest) == ["No perpetrator is named."]


def test_what_is_planned_has_no_dead_yet() -> None:
    planned = replace(
        FULL, happened=False, figures=(), earliest=None, latest=None, precision=""
    )
    assert silences(planned) == ["No date is set for it."]


def test_who_speaks_in_one_role_is_not_silent_in_another() -> None:
    twice = [ATTACKER, replace(ATTACKER, role="claimant", speaks=False), VICTIMS]
    assert silences(replace(FULL, parts=twice)) == []


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    many = [Part(actor=f"A{n}", role="victim", speaks=False) for n in range(7)]
    (sentence,) = silences(replace(FULL, parts=[ATTACKER, *many]))
    assert sentence.startswith("Never quoted: A0 (victim), A1 (victim)")
    assert sentence.endswith("A3 (victim) and 3 more.")
