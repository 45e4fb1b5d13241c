"""Sentences as spans: offsets count code points, quotes stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.sentences import sentences
from sources.structure import mark


def words(text: str, start: int = 0, end: int | None = None) -> list[str]:
    spans = sentences(text, start, len(text) if end is None else end)
    return [text[a:b] for a, b in spans]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert words("Dr. Shahab met Lt. Gen. Ali. He left at 5.30 p.m. on Monday.") == [
        "Dr. Shahab met Lt. Gen. Ali.",
        "He left at 5.30 p.m. on Monday.",
    ]


@pytest.mark.parametrize(
    "first",
    [
        "A blast 😀 in Kabul.",
        "A\u00a0blast\u00a0in Kabul.",
        "Cafe\u0301 e\u0301 e\u0301 in Kabul.",
        "👩‍👩‍👧‍👦 in Kabul.",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 in Kabul.",
    ],
)
def test_offsets_are_code_points(first: str) -> None:
    text = f"Title\n{first} Nobody was hurt. {first}"
    start = text.index(first)
    assert sentences(text, start, len(text))[:2] == [
        (start, start + len(first)),
        (start + len(first) + 1, start + len(first) + 17),
    ]
    assert words(text, start) == [first, "Nobody was hurt.", first]


@pytest.mark.parametrize(
    "quote",
    [
        "“So, this will continue.”",
        "“He called them ‘masters’.”",
        "“He said: ‘Go.’ ”",
        '"Stop."',
        '"Stop. "',
        "(He left.)",
    ],
)
def test_closing_quote_stays_with_its_sentence(quote: str) -> None:
    found = words(f"Nobody came. {quote} Then they left.")
    assert not any(each.startswith(("”", "’", ")", '" ')) for each in found)
    assert found[0] == "Nobody came."
    assert found[-1].endswith("Then they left.")
    assert any(quote in each for each in found)


def test_what_the_library_leaves_at_the_beginning_closes_the_sentence_before() -> None:
    assert words("One came. ) Two left.") == ["One came. )", "Two left."]
    first = (
        'He is in talks with the government "for a peaceful surrender" of Kabul, '
        'calling on the leaders of Afghanistan "to work with us."'
    )
    assert words(f"{first} He went on.") == [first, "He went on."]


def test_straight_quote_that_opens_is_left_with_what_follows() -> None:
    assert words('He left. " Stop," she said.') == ["He left.", '" Stop," she said.']


def test_opening_straight_quote_begins_its_sentence() -> None:
    assert words('He left. "Stop." She came.') == ["He left.", '"Stop."', "She came."]


def test_unclosed_quote_does_not_swallow_the_rest() -> None:
    assert words("It “expected this. Nobody came. It rained.") == [
        "It “expected this.",
        "Nobody came.",
        "It rained.",
    ]


def test_passage_only() -> None:
    text = "One came. Two came. Three came."
    assert words(text, 10, 19) == ["Two came."]


def test_nothing_in_white_space() -> None:
    assert words(" \n\u00a0 ") == []


@given(st.text(alphabet=st.sampled_from('Ab. !?"“”’)(\n\r\u00a0😀e\u0301')))
def test_spans_cover_the_passage(text: str) -> None:
    at = 0
    for start, end in sentences(text, 0, len(text)):
        assert at <= start < end
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


def test_sentences_of_the_seeds(seeds: dict[str, str]) -> None:
    counts = {
        number: sum(
            len(sentences(text, each.start, each.end))
            for each in mark(text)
            if each.kind == "body"
        )
        for number, text in seeds.items()
    }
    assert counts == {"000": 21, "001": 12, "002": 14, "003": 49, "004": 17}
