"""The rule and the reason that a place is proposed with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curation.extraction.context import Context
from curation.extraction.findings import Finding, PlaceMention
from curation.extraction.places import Places
from tests.curation.extraction.test_places import Map, town
from tests.curation.extraction.test_places_local import LOCAL

ONLY = town("Alderbury", "USA", "Ohio", 40.1, -82.5, 20_000)


@pytest.fixture
def place(read):
    """The last finding for these words in a text."""

    def find(text: str, words: str, places=(*LOCAL, ONLY)) -> Finding:
        context = Context(gazetteer=Map(places))
        found = read(text, context=context, extractors=[Places()])
        return [
            each
            for each in found
            if isinstance(each.fields, PlaceMention) and each.span.text == words
        ][-1]

    return find


@pytest.mark.parametrize(
    ("text", "words", "rule", "reason"),
    [
        ("He lives in Denver.", "Denver", "large", "the largest town of this name"),
        (
            "He lives in Palmyra.",
            "Palmyra",
            "likeliest",
            "the largest of several of this name",
        ),
        (
            "They live in the city of Alderbury.",
            "Alderbury",
            "typed",
            "“city” says what Alderbury is",
        ),
        (
            "He lives in Palmyra. She lives in Alderbury.",
            "Alderbury",
            "only-one",
            "the only place of this name that is known",
        ),
        (
            "He lives in Texas. He was born in Bonham in 1950.",
            "Bonham",
            "in-context-by-capitals",
            "city of this name; the article speaks of USA",
        ),
        (
            "He drove from Bonham to Sherman.",
            "Sherman",
            "in-context-by-capitals",
            "city of this name; near other places of the article",
        ),
        (
            "He was born in Paris, Texas, in 1950.",
            "Paris",
            "within",
            "“Paris” in Texas",
        ),
        (
            "He was born in Springfeld in Illinois.",
            "Springfeld",
            "alike",
            "spelt much like Springfield",
        ),
        (
            "He fought in the village of Zarbuland.",
            "Zarbuland",
            "unknown-typed",
            "“village” says that it is a place; no list has it",
        ),
        (
            "He lives in Denver. Two men were shot in East Denver on Monday.",
            "Denver",
            "large-in-part",
            "a part of Denver is named",
        ),
        (
            "He lives in Denver. The Denver Gazette reported it.",
            "Denver",
            "large-in-name",
            "something is called after Denver",
        ),
        (
            "They live in Sherman and in Bonham. Shots fell in East Sherman on Monday.",
            "Sherman",
            "in-context-in-part",
            "a part of Sherman is named",
        ),
    ],
)
def test_rule_and_reason(place, text: str, words: str, rule: str, reason: str) -> None:
    found = place(text, words)
    assert (found.rule, found.reason) == (f"place.{rule}", reason)


def test_a_place_of_the_database_is_told_by_its_key(place) -> None:
    fields = place("He lives in Denver.", "Denver").fields
    assert (fields.place, fields.entry) == (None, "denver-Colorado")
    recorded = [
        replace(each, key="denver") if each.entry == "denver-Colorado" else each
        for each in LOCAL
    ]
    fields = place("He lives in Denver.", "Denver", recorded).fields
    assert (fields.place, fields.entry) == ("denver", None)
