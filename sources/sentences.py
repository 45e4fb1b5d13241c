"""Sentences of a passage, as spans of the whole text. Pure."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

from sources.paragraphs import Passage, trimmed

# What closes a quotation or a bracket belongs to the sentence before it …
_CLOSING = re.compile(r"[”’»)\]]+")
# … a straight quote only where one is still open.
_STRAIGHT = re.compile(r'"+(?=\s|$|[,.;:!?)])')


def sentences(text: str, start: int, end: int) -> list[Passage]:
    """Spans of the sentences of `text[start:end]`, in code points of `text`.

    In order, without white space at their ends; together they cover every other
    character. A closing quote stays with its sentence. English.
    """
    spans: list[Passage] = []
    for boundary in get_sentence_boundaries("en", text[start:end]):
        span = trimmed(
            text, start + boundary["start_index"], start + boundary["end_index"]
        )
        if spans and (closed := _closing_end(text, spans[-1], span)):
            spans[-1] = (spans[-1][0], closed)
            span = trimmed(text, closed, span[1])
        if span[0] < span[1]:
            spans.append(span)
    return spans


def _closing_end(text: str, before: Passage, span: Passage) -> int | None:
    """Where what closes the sentence `before` ends, when `span` begins with that."""
    if found := _CLOSING.match(text, *span):
        return found.end()
    if text.count('"', *before) % 2 and (found := _STRAIGHT.match(text, *span)):
        return found.end()
    return None
