"""Where a quote stands in a text; pure. Offsets are Unicode code points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

_MOST_PLACES_NAMED = 6


class QuoteError(ValueError):
    """A quote that cannot be placed; the message says what stands where."""


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end] == quote`."""

    start: int
    end: int
    quote: str


def places_of(quote: str, text: str, *, whole_words: bool = False) -> list[int]:
    """Where `quote` begins in `text`, overlapping places included.

    With `whole_words` only where it neither begins nor ends inside a word.
    """
    if not quote:
        return []
    pattern = re.escape(quote)
    if whole_words:
        before = r"(?<!\w)" if quote[0].isalnum() else ""
        after = r"(?!\w)" if quote[-1].isalnum() else ""
        pattern = f"{before}{pattern}{after}"
    return [found.start() for found in re.finditer(f"(?={pattern})", text)]


def passage(
    text: str,
    *,
    quote: str,
    start: int | None = None,
    end: int | None = None,
    whole_words: bool = False,
) -> Passage:
    """The passage that is meant by a quote, by offsets, or by both.

    Offsets win over a search; a start with a quote needs no end. Without offsets the
    quote must stand exactly once. Raises QuoteError.
    """
    if start is not None:
        return _given(text, quote, start, end)
    if not quote.strip():
        raise QuoteError("Type the words, exactly as they stand in the article.")
    for words in _spellings(quote):
        places = places_of(words, text, whole_words=whole_words)
        if len(places) == 1:
            return Passage(places[0], places[0] + len(words), words)
        if places:
            raise QuoteError(_several(words, places, text))
    raise QuoteError(_nowhere(quote, text))


def _given(text: str, quote: str, start: int, end: int | None) -> Passage:
    spellings = _spellings(quote) if quote else []
    if end is None:
        fits = (q for q in spellings if text.startswith(q, start))
        end = start + len(next(fits, quote))
    if not 0 <= start < end <= len(text):
        raise QuoteError(
            f"{start}–{end} is not a passage of this article: it has {len(text)}"
            " characters."
        )
    words = text[start:end]
    if quote and words not in spellings:
        raise QuoteError(f"At {start}–{end} stands “{words}”, not “{quote}”.")
    return Passage(start, end, words)


def _spellings(quote: str) -> list[str]:
    """The quote as typed, with a browser's line ends undone, and trimmed."""
    lines = quote.replace("\r\n", "\n")
    return list(dict.fromkeys([quote, lines, lines.strip()]))


def _several(quote: str, places: list[int], text: str) -> str:
    named = "; ".join(
        f"{at} (…{in_context(text, at, at + len(quote))}…)"
        for at in places[:_MOST_PLACES_NAMED]
    )
    more = len(places) - _MOST_PLACES_NAMED
    rest = f"; and {more} more" if more > 0 else ""
    return (
        f"“{quote}” stands {len(places)} times; type the start of the one that is"
        f" meant: {named}{rest}."
    )


def in_context(text: str, start: int, end: int, *, width: int = 25) -> str:
    """The passage on one line with a few words around it, itself in brackets."""
    before, after = text[max(start - width, 0) : start], text[end : end + width]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())


def _nowhere(quote: str, text: str) -> str:
    nearest = fuzz.partial_ratio_alignment(quote, text, score_cutoff=60)
    message = f"“{quote}” does not stand in the article"
    if nearest is None or nearest.dest_start == nearest.dest_end:
        return f"{message}, nor anything like it."
    words = text[nearest.dest_start : nearest.dest_end]
    return f"{message}. Nearest, at {nearest.dest_start}: “{words}”."
