from __future__ import annotations

import pytest

from sources.quotes import QuoteError, in_context, passage, places_of

TEXT = "The Taliban said. “The  Taliban” won’t; Talibans\nmay. 😀 end"


def test_a_quote_that_stands_once_needs_no_offsets() -> None:
    found = passage(TEXT, quote="won’t")
    assert (found.start, TEXT[found.start : found.end]) == (33, "won’t")


def test_offsets_count_code_points() -> None:
    assert passage(TEXT, quote="end").start == len(TEXT) - 3


def test_a_quote_that_stands_twice_is_refused_with_its_places() -> None:
    with pytest.raises(QuoteError, match=r"stands 3 times.* 4 \(.* 24 \(.* 40 \("):
        passage(TEXT, quote="Taliban")


def test_whole_words_leave_longer_words_out() -> None:
    assert places_of("Taliban", TEXT, whole_words=True) == [4, 24]
    assert places_of("Talibans", TEXT, whole_words=True) == [40]


def test_overlapping_places_are_all_found() -> None:
    assert places_of("aa", "aaa") == [0, 1]


def test_a_start_decides_and_needs_no_end() -> None:
    found = passage(TEXT, quote="Taliban", start=24)
    assert (found.start, found.end) == (24, 31)


def test_offsets_alone_give_the_words() -> None:
    assert passage(TEXT, quote="", start=4, end=11).quote == "Taliban"


def test_offsets_that_contradict_the_words_say_what_stands_there() -> None:
    with pytest.raises(QuoteError, match="At 0–7 stands “The Tal”, not “Taliban”"):
        passage(TEXT, quote="Taliban", start=0, end=7)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 4), (0, 999), (999, None)])
def test_offsets_outside_the_text_are_refused(start: int, end: int | None) -> None:
    with pytest.raises(QuoteError, match="not a passage of this article"):
        passage(TEXT, quote="", start=start, end=end)


def test_a_misquote_names_the_nearest_passage() -> None:
    with pytest.raises(QuoteError, match="Nearest, at .*Taliban said"):
        passage(TEXT, quote="The Taleban said")


def test_a_foreign_quote_says_that_nothing_is_like_it() -> None:
    with pytest.raises(QuoteError, match="nor anything like it"):
        passage(TEXT, quote="zzzzqqqqxxxx")


def test_line_ends_of_a_browser_and_outer_spaces_are_forgiven() -> None:
    assert passage(TEXT, quote="Talibans\r\nmay").quote == "Talibans\nmay"
    assert passage(TEXT, quote=" won’t \n").quote == "won’t"


def test_a_quote_with_a_line_end_keeps_it() -> None:
    assert passage("a\n b\n", quote="a\n").quote == "a\n"


@pytest.mark.parametrize("quote", ["", "  ", "\n"])
def test_no_words_are_no_quote(quote: str) -> None:
    with pytest.raises(QuoteError, match="Type the words"):
        passage(TEXT, quote=quote)


def test_a_passage_in_context_stands_on_one_line() -> None:
    assert in_context(TEXT, 40, 48, width=4) == "’t; [Talibans] may"
