"""Figures: who or what is counted, how many, and what happened to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from curation.extraction.dates import Dates
from curation.extraction.figures import Figures
from curation.extraction.findings import Figure, Finding
from events.bounds import check_bounds

Told = tuple[str | None, str | None, int | None, int | None]


@pytest.fixture(scope="session")
def figures(read: Any) -> Any:
    def found(text: str) -> list[Finding]:
        findings = read(
            text, extractors=[Dates(), Figures()], published=dt.date(2021, 9, 1)
        )
        return [each for each in findings if isinstance(each.fields, Figure)]

    return found


def told(findings: list[Finding]) -> list[Told]:
    return [
        (f.fields.measure, f.fields.group, f.fields.low, f.fields.high)
        for f in findings
        if isinstance(f.fields, Figure)
    ]


SAID = [
    # Who suffers it, in the active, the passive and nouns.
    ("Gunmen killed three villagers.", [("killed", "civilians", 3, 3)]),
    ("More than 20 rebels were killed.", [("killed", "militants", 21, None)]),
    ("The blast caused the deaths of up to 70 people.", [("killed", "all", None, 70)]),
    ("Two soldiers died.", [("killed", "security_forces", 2, 2)]),
    ("Police arrested 12 suspects.", [("arrested", "all", 12, 12)]),
    ("The rebels released 40 prisoners.", [("released", "prisoners", 40, 40)]),
    ("At least 30 people were injured.", [("injured", "all", 30, None)]),
    ("Hundreds of people were evacuated.", [("evacuated", "all", 200, None)]),
    ("Thousands have fled their homes.", [("displaced", "all", 2000, None)]),
    ("Rebels kidnapped five students.", [("abducted", "all", 5, 5)]),
    ("The flood claimed 14 lives.", [("killed", "all", 14, 14)]),
    ("There were 13 deaths.", [("killed", "all", 13, 13)]),
    ("Some 300 workers were laid off.", [("unemployed", "all", None, None)]),
    # Headlines and what is left behind.
    ("12 killed in bombing", [("killed", "all", 12, 12)]),
    (
        "The blast left 12 dead and 30 wounded.",
        [("killed", "all", 12, 12), ("injured", "all", 30, 30)],
    ),
    (
        "One person was killed and three others were wounded.",
        [("killed", "all", 1, 1), ("injured", "all", 3, 3)],
    ),
    ("The death toll rose to 40.", [("killed", "all", 40, 40)]),
    (
        "At least 10 people are believed to have been killed.",
        [("killed", "all", 10, None)],
    ),
    ("Also killed were five villagers.", [("killed", "civilians", 5, 5)]),
    # Side by side, each with its own number.
    (
        "The bomb killed more than 150 Afghans and 13 American soldiers.",
        [("killed", "afghans", 151, None), ("killed", "us_service_members", 13, 13)],
    ),
    (
        "Thousands of policemen and soldiers have become unemployed.",
        [("unemployed", "police_and_soldiers", 2000, None)],
    ),
    (
        "The patrol detained the man along with two other suspects.",
        [("arrested", "all", 2, 2)],
    ),
    # "Both", ranges, and wholes of which some suffer it.
    ("Both men were killed.", [("killed", "all", 2, 2)]),
    ("They were both killed.", [("killed", "all", 2, 2)]),
    ("The troops fired, killing both.", [("killed", "all", 2, 2)]),
    ("The blast killed 20-25 miners.", [("killed", "all", 20, 25)]),
    (
        "Three of the 12 hostages were released.",
        [("released", "prisoners", 3, 3)],
    ),
    (
        "Two of the four people killed were guests.",
        [("killed", "all", 4, 4)],
    ),
    # Done to "them" by the next verb.
    (
        "The troops engaged three rebels and killed them.",
        [("killed", "militants", 3, 3)],
    ),
    (
        "The troops fired on two rebels, resulting in their deaths.",
        [("killed", "militants", 2, 2)],
    ),
    ("Police shot dead two rebels.", [("killed", "militants", 2, 2)]),
    # Things, happenings, lengths of time.
    ("The army destroyed four vehicles.", [("equipment", None, 4, 4)]),
    ("Twin bombs went off in the market.", [("devices", None, 2, 2)]),
    ("There were several explosions.", [("attacks", None, 3, None)]),
    ("They held two rounds of talks.", [("meetings", None, 2, 2)]),
    ("They fought for more than three weeks.", [("duration_weeks", None, 4, None)]),
    ("It ended a nearly 20-year war.", [("duration_years", None, None, 20)]),
    ("It ended a two-decade-long war.", [("duration_years", None, None, None)]),
    # What they lose or leave.
    ("Five miners lost their lives.", [("killed", "all", 5, 5)]),
    ("300 people left their homes.", [("displaced", "all", 300, 300)]),
    ("12 workers lost their jobs.", [("unemployed", "all", 12, 12)]),
    # Verbs joined to a passive: with an object of their own they are active.
    ("Four rebels were surrounded and killed.", [("killed", "militants", 4, 4)]),
    ("Four men escaped and were killed.", [("killed", "all", 4, 4)]),
    (
        "Four rebels were surrounded and killed two soldiers.",
        [("killed", "security_forces", 2, 2)],
    ),
    (
        "Four men came and three women were killed.",
        [("killed", "all", 3, 3)],
    ),
    # One without a number.
    ("A rebel commander was killed.", [("killed", "commanders", 1, 1)]),
    ("The troops killed a civilian.", [("killed", "civilians", 1, 1)]),
    ("They mourned the death of a soldier.", [("killed", "security_forces", 1, 1)]),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_what_is_said_to_have_happened_to_how_many(
    figures: Any, text: str, expected: list[Told]
) -> None:
    assert told(figures(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Four gunmen murdered the mayor.",  # who kills is not counted
        "Four rebels were cornered and killed the guard.",
        "Two men were chased and found that it rained.",
        "No one was killed.",
        "The bomb did not kill five people.",
        "They tried to kill two policemen.",
        "The troops launched an operation to arrest a commander.",
        "Killing one leader does not end a war.",
        "If a soldier is killed, the army will answer.",
        "Maria Ruiz, 38, was shot and died.",
        "The 15-year-old drove home.",
        "The fine was $500 and 12 percent of the price.",
        "He has been in office since 2001 and met 3 times on August 26.",
        "He killed two birds with one stone.",
        "Three years ago the war began.",
        "He was jailed for 5 years.",
        "They held a two-hour meeting and sent a 12-man patrol.",
        "Dozens of people were killed and injured.",
        "The blast killed and injured dozens.",
        "It grew over the last two or three years.",
        "Ana Perez, a teacher, was killed.",
        "Both sides lost the war.",
        "Both soldiers and villagers were killed.",  # how many of them is not said
        "Both killed and wounded were taken away.",
        "Both were released on DVD.",
        "Both airstrikes and shelling went on.",
        "The troops saw three policemen and called them.",
        "The team won 3-2.",
    ],
)
def test_what_is_no_figure(figures: Any, text: str) -> None:
    assert told(figures(text)) == []


def test_a_part_says_what_it_is_part_of(figures: Any) -> None:
    whole, part = figures("The attack killed 170 people, including 13 US troops.")
    assert part.fields.part_of == whole.span.start
    assert (part.fields.measure, part.fields.low) == ("killed", 13)
    whole, part = figures("Four rebels, among them two commanders, were killed.")
    assert part.fields.part_of == whole.span.start
    assert whole.fields.part_of is None


def test_a_part_stays_in_its_clause(figures: Any) -> None:
    text = "Six soldiers died, among them a sergeant, while 60 rebels were killed."
    assert [f.fields.part_of for f in figures(text)] == [None, None]


def test_what_is_not_numbered_is_implicit_and_has_rules_of_its_own(
    figures: Any,
) -> None:
    (found,) = figures("A soldier was wounded.")
    assert found.fields.implicit
    assert found.rule.startswith("figure.implicit-")
    (found,) = figures("One soldier was wounded.")
    assert not found.fields.implicit
    assert not found.rule.startswith("figure.implicit-")


def test_repeats_stand_beside_each_other(figures: Any) -> None:
    found = figures("Five people were killed. Police said five people had been killed.")
    assert told(found) == [("killed", "all", 5, 5)] * 2


def test_about_is_no_bound_where_somebody_speaks_about_it(figures: Any) -> None:
    (found,) = figures("He told us about two explosions.")
    assert found.fields.quantifier == "exact"
    (found,) = figures("There were about twenty explosions.")
    assert found.fields.quantifier == "about"


def test_the_word_that_decides_is_a_cue(figures: Any) -> None:
    (found,) = figures("Three villagers were killed.")
    assert found.role("cue").text == "killed"
    assert found.span.text == "Three villagers"


def test_odd_input_is_read(figures: Any) -> None:
    for text in ("", "😀 12 12 12", "KILLED 4!!!", '"' * 30 + " 5 dead", "1" * 400):
        for found in figures(text):
            fields = found.fields
            assert check_bounds(fields.low, fields.high, fields.quantifier) == []


def test_lower_case_text_is_read(figures: Any) -> None:
    text = "two soldiers were killed and five others wounded in clashes."
    assert [(f.fields.measure, f.fields.low) for f in figures(text)] == [
        ("killed", 2),
        ("injured", 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # Rates are no counts.
        "Five drivers die every day on the roads.",
        "The disease kills 3,000 people a year.",
        # What is agreed for years to come has not lasted them.
        "They signed a new five-year contract.",
        "The 15-year accord expires soon.",
        "A sixth five-year development plan was made.",
        # Animals and works of art are nobody.
        "About 150 leopards were killed.",
        "Two songs were killed by critics.",
        "The bank freed up two managers for the merger.",
        # What an official says happened to another.
        "An official said the minister, held in London, was arrested.",
    ],
)
def test_ordinary_news_counts_nobody(figures: Any, text: str) -> None:
    assert figures(text) == []


def test_a_war_still_lasts_its_years(figures: Any) -> None:
    assert told(figures("The 20-year war ended.")) == [("duration_years", None, 20, 20)]


def test_a_count_is_not_that_of_the_next_number(figures: Any) -> None:
    text = "Another 73 were still missing, more than 9,500 others injured and 74 dead."
    assert ("displaced", "all", 73, 73) not in told(figures(text))
    text = "Another 73 were missing, 30 people injured and some 74,000 displaced."
    assert [each[2] for each in told(figures(text)) if each[0] == "displaced"] != [73]
