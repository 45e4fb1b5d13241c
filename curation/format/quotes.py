"""The one passage that a quote stands for, or why there is none.

Positions are Unicode code points from 0, as Python counts a str.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from sources.quotes import in_context, places_of

Span = tuple[int, int]

# Likeness (0 to 100) below which a passage is no help to the one who misquoted.
_NEAR = 55
_SHOWN = 6  # places named in a message


class NotFoundError(Exception):
    """A quote that cannot be placed. `suggestion` says what would help."""

    def __init__(self, what: str, suggestion: str) -> None:
        super().__init__(what)
        self.suggestion = suggestion


def locate(text: str, quote: str, occurrence: int | None) -> Span:
    """The one place that is meant. Raises NotFoundError."""
    found = places_of(quote, text)
    if not found:
        raise NotFoundError("does not stand in the article", nearest(text, quote))
    if occurrence is None and len(found) > 1:
        raise NotFoundError(
            f"stands {len(found)} times in the article: {listed(text, quote, found)}",
            f"say which: occurrence: 1 to {len(found)}",
        )
    if (occurrence or 1) > len(found):
        raise NotFoundError(
            f"stands only {len(found)} times: {listed(text, quote, found)}",
            f"there is no occurrence {occurrence}",
        )
    start = found[(occurrence or 1) - 1]
    return start, start + len(quote)


def listed(text: str, quote: str, found: list[int]) -> str:
    """The places, each with the words around it."""
    shown = [
        f"at {start} (…{in_context(text, start, start + len(quote), width=12)}…)"
        for start in found[:_SHOWN]
    ]
    more = [f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    return ", ".join(shown + more)


def nearest(text: str, quote: str) -> str:
    """“at 120 stands “…””: the passage most like the quote."""
    if len(quote) > len(text):
        return "it is longer than the article"
    span = nearest_span(text, quote)
    if span is None:
        return "no passage of the article is like it"
    return f"at {span[0]} stands “{text[slice(*span)]}”"


def nearest_span(text: str, quote: str) -> Span | None:
    """Where the passage most like the quote stands; None where nothing is like it."""
    if len(quote) > len(text):
        return None
    match = fuzz.partial_ratio_alignment(quote, text, score_cutoff=_NEAR)
    if match is None:
        return None
    start, end = _whole_words(text, match.dest_start, match.dest_end)
    return (start, end) if start < end else None


def _whole_words(text: str, start: int, end: int) -> Span:
    """The span, widened to whole words and without white space at its ends."""
    while start > 0 and text[start - 1 : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1 : end + 1].isalnum():
        end += 1
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    return start, start + len(passage.strip())
