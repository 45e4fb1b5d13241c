"""A document while it is being read: its parses and what was found so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from curation.extraction.context import Context
from curation.extraction.documents import Document, Span
from curation.extraction.findings import Finding
from curation.extraction.parsing import Paragraph

F = TypeVar("F")


class Sentence(NamedTuple):
    """One sentence: its paragraph, spaCy's span of it, and its place in the text."""

    paragraph: Paragraph
    tokens: Any  # spacy.tokens.Span
    start: int
    end: int


@dataclass
class Reading:
    """What extractors share. Each sees the findings of those that ran before it.

    `dropped` counts findings that an extractor gave up because their quote is not in
    the text: inventions.
    """

    document: Document
    paragraphs: tuple[Paragraph, ...]
    context: Context
    findings: list[Finding] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)  # by extractor

    def of(self, fields: type[F]) -> Iterator[tuple[Finding, F]]:
        """The findings so far that have fields of this type, with these fields."""
        for finding in self.findings:
            if isinstance(finding.fields, fields):
                yield finding, finding.fields

    def within(self, fields: type[F], span: Span) -> list[tuple[Finding, F]]:
        """Those of them whose own words lie inside `span`."""
        return [each for each in self.of(fields) if span.holds(each[0].span)]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of body, title, headings and captions, in order."""
        found = []
        for paragraph in self.paragraphs:
            for sent in paragraph.doc.sents:
                words = sent.text.strip()
                if not words:
                    continue
                start = paragraph.start + sent.start_char
                start += len(sent.text) - len(sent.text.lstrip())
                found.append(Sentence(paragraph, sent, start, start + len(words)))
        return tuple(found)


class UnavailableError(RuntimeError):
    """What an extractor needs is not there now (a server, a budget); try later."""


class Extractor(Protocol):
    """Finds one kind of thing. Small, with a name and a version; keeps no state.

    The version goes up whenever the same text can give other findings than before.
    """

    name: str
    version: str

    def extract(self, reading: Reading) -> Iterable[Finding]:
        """What it finds in `reading.document`, in any order."""
