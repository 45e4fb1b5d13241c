"""The numbered paragraphs that a model reads, and where its quotes stand in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from curation.extraction.documents import Document, Span

_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """Characters `start` to `end` of a document, shown to the model under a number."""

    document: Document
    number: int
    kind: str
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The text with plain quotes and single spaces, and where each letter stood."""
        return _fold(self.document.normal[self.start : self.end])

    def places(self, quote: str) -> list[Span]:
        """Where the quote stands, in order: as it is, or else but for spaces and
        the shape of quotation marks and dashes. Whole words come first.
        """
        quote = quote.strip()
        if not quote:
            return []
        found = list(_occurrences(self.text, quote)) or list(self._near(quote))
        spans = [self.document.span(self.start + a, self.start + b) for a, b in found]
        return sorted(spans, key=lambda span: not whole(span, self.document.text))

    def _near(self, quote: str) -> Iterator[tuple[int, int]]:
        text, offsets = self._folded
        wanted, _ = _fold(Document("", quote, ()).normal)
        for start, end in _occurrences(text, wanted.strip()):
            yield offsets[start], offsets[end - 1] + 1


def whole(span: Span, text: str) -> bool:
    """Whether the span begins and ends at the edge of a word."""
    before = span.start > 0 and text[span.start - 1].isalnum()
    after = span.end < len(text) and text[span.end].isalnum()
    return not (before and text[span.start].isalnum()) and not (
        after and text[span.end - 1].isalnum()
    )


def _fold(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    offsets: list[int] = []
    for at, letter in enumerate(text):
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letter = " "
        letters.append(letter)
        offsets.append(at)
    return "".join(letters), offsets


def _occurrences(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = text.find(wanted, at + len(wanted))


def passages_of(document: Document, *, longest: int) -> list[Passage]:
    """The parts that carry sentences, numbered from 1; none longer than `longest`."""
    pieces = [
        (part.kind, start, end)
        for part in document.parts()
        for start, end in _pieces(document.text, part.start, part.end, longest)
        if document.normal[start:end].strip()
    ]
    return [
        Passage(document, number, kind, start, end)
        for number, (kind, start, end) in enumerate(pieces, start=1)
    ]


def _pieces(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """The characters in pieces: cut behind a sentence, else at a space, else hard."""
    sentences = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    while end - start > longest:
        last = bisect_right(sentences, start + longest) - 1
        cut = sentences[last] if last >= 0 else start
        if cut <= start:
            space = text.rfind(" ", start + 1, start + longest)
            cut = space + 1 if space > start else start + longest
        yield start, cut
        start = cut
    yield start, end


def parts_of(passages: Sequence[Passage], *, longest: int) -> Iterator[list[Passage]]:
    """Neighbouring passages, as many as fit into one request."""
    part: list[Passage] = []
    size = 0
    for passage in passages:
        length = passage.end - passage.start
        if part and size + length > longest:
            yield part
            part, size = [], 0
        part.append(passage)
        size += length
    if part:
        yield part
