"""Ordinary spelling for texts in one case."""

from __future__ import annotations

import pytest

from curation.extraction.casing import one_case, recased
from curation.extraction.parsing import common_words

WORDS = frozenset(
    {"the", "mayor", "of", "was", "kill", "in", "police", "say", "man", "policeman"}
)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("the mayor of the town was killed by gunmen in the north", True),
        ("THE MAYOR OF THE TOWN WAS KILLED BY GUNMEN IN THE NORTH", True),
        ("The mayor of Springfield was killed by gunmen in May 2011.", False),
        ("too short to say", False),
        ("", False),
        ("12.5.2024 – 13.5.2024; 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13", False),
    ],
)
def test_one_case(text: str, answer: bool) -> None:
    assert one_case(text) is answer


def test_names_and_sentences_get_capitals() -> None:
    text = "the mayor of quibdo was killed in colombia. the policemen say (eln)."
    assert recased(text, WORDS) == (
        "The mayor of Quibdo was killed in Colombia. The policemen say (ELN)."
    )


def test_a_word_between_two_names_is_part_of_the_name() -> None:
    words = WORDS | {"charles"}
    assert "Xavier Charles Quiroz" in recased("the man xavier charles quiroz", words)


def test_capitals_come_down_first() -> None:
    assert recased("POLICE OF QUIBDO", WORDS) == "Police of Quibdo"


@pytest.mark.parametrize("text", ["", "ﬁ İ ß", "İstanbul", "💥 ok\n\n\tok", "'-'-'"])
def test_the_length_never_changes(text: str) -> None:
    assert len(recased(text, WORDS)) == len(text)


def test_the_model_brings_its_words() -> None:
    words = common_words()
    assert {"mayor", "kill", "the"} <= words
    assert "quibdo" not in words
