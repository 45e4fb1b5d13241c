from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.highlight import segments


@dataclass(frozen=True)
class Over:
    start: int
    end: int
    name: str = ""


def shape(text: str, spans: list[Over]) -> list[tuple[str, str]]:
    return [(s.text, "".join(o.name for o in s.spans)) for s in segments(text, spans)]


def test_a_text_without_spans_is_one_segment() -> None:
    assert shape("abc", []) == [("abc", "")]


def test_an_empty_text_has_no_segments() -> None:
    assert segments("", []) == []


def test_nested_spans_are_listed_from_the_outside_inwards() -> None:
    assert shape("abcdef", [Over(2, 4, "i"), Over(1, 6, "o")]) == [
        ("a", ""),
        ("b", "o"),
        ("cd", "oi"),
        ("ef", "o"),
    ]


def test_overlapping_spans_are_cut_where_they_cross() -> None:
    assert shape("abcdef", [Over(0, 4, "x"), Over(2, 6, "y")]) == [
        ("ab", "x"),
        ("cd", "xy"),
        ("ef", "y"),
    ]


def test_spans_over_the_same_words_share_a_segment() -> None:
    assert shape("abc", [Over(1, 2, "x"), Over(1, 2, "y")])[1] == ("b", "xy")


def test_offsets_count_code_points_not_bytes_or_utf16_units() -> None:
    assert shape("é😀x", [Over(2, 3, "m")]) == [("é😀", ""), ("x", "m")]


def test_opening_names_the_spans_that_begin_here() -> None:
    first, second, _ = segments("abc", [Over(0, 2, "x"), Over(1, 3, "y")])
    assert [o.name for o in first.opening] == ["x"]
    assert [o.name for o in second.opening] == ["y"]


@pytest.mark.parametrize("span", [Over(1, 1), Over(2, 9), Over(-1, 2), Over(3, 2)])
def test_a_span_that_is_empty_or_outside_is_named(span: Over) -> None:
    with pytest.raises(ValueError, match=f"{span.start}–{span.end}"):
        segments("abc", [span])


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, list[Over]]:
    text = draw(st.text(min_size=1, max_size=30))
    start = st.integers(0, len(text) - 1)
    pairs = draw(st.lists(st.tuples(start, start), max_size=12))
    return text, [Over(min(p), max(p) + 1) for p in pairs]


@given(_texts())
def test_segments_join_to_the_text_and_carry_exactly_the_spans_over_them(
    drawn: tuple[str, list[Over]],
) -> None:
    text, spans = drawn
    cut = segments(text, spans)
    assert "".join(s.text for s in cut) == text
    for segment in cut:
        assert text[segment.start : segment.end] == segment.text
        for offset in range(segment.start, segment.end):
            over = [s for s in spans if s.start <= offset < s.end]
            assert sorted(map(repr, over)) == sorted(map(repr, segment.spans))
