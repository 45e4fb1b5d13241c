"""Which places of an article a mention's quote stands for."""

from __future__ import annotations

from typing import Any

from curation.format.quotes import NotFoundError, Span, listed, nearest
from sources.quotes import places_of

ALL = "all"


def fixed_spans(text: str, quote: str, occurrences: Any) -> list[Span]:
    """The spans of a mention that lists its occurrences, or stands once.

    Occurrences count the whole-word places, also those inside longer mentions.
    Raises NotFoundError.
    """
    found = _whole(text, quote)
    if occurrences is None:
        if len(found) > 1:
            raise NotFoundError(
                f"stands {len(found)} times: {listed(text, quote, found)}",
                "say which: occurrences: all, or a list of numbers from 1",
            )
        occurrences = [1]
    if beyond := [number for number in occurrences if number > len(found)]:
        raise NotFoundError(
            f"stands only {len(found)} times: {listed(text, quote, found)}",
            f"there is no occurrence {beyond[0]}",
        )
    starts = [found[number - 1] for number in occurrences]
    return [(start, start + len(quote)) for start in starts]


def free_spans(text: str, quote: str, taken: list[Span]) -> list[Span]:
    """The whole-word places outside every longer one of `taken` (occurrences: all).

    Raises NotFoundError, also when no place is left.
    """
    spans = [(start, start + len(quote)) for start in _whole(text, quote)]
    longer = [span for span in taken if span[1] - span[0] > len(quote)]
    free = [
        (start, end)
        for start, end in spans
        if not any(left <= start and end <= right for left, right in longer)
    ]
    if not free:
        raise NotFoundError(
            "stands only inside longer mentions", "leave it out, or list occurrences"
        )
    return free


def _whole(text: str, quote: str) -> list[int]:
    if found := places_of(quote, text, whole_words=True):
        return found
    if cut := places_of(quote, text):
        raise NotFoundError(
            "begins or ends inside a word", f"it stands {listed(text, quote, cut)}"
        )
    raise NotFoundError("does not stand in the article", nearest(text, quote))
