"""What extractors read: one article, its parts, its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sources.dates import Basis, Precision
from sources.structure import Mark, mark, published_date

# One character for one character, so that offsets hold in both texts.
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
    }
)
READ = ("body", "title", "heading", "caption")  # the parts that carry sentences


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a document: `document.text[start:end] == text`. Made by Document.span.

    `role` says what the words are to their finding: "" the finding itself, otherwise
    "cue", "speaker", "content", "trigger", "date" …
    """

    start: int
    end: int
    text: str
    role: str = ""

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether they share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Interval:
    """A date as newsdb keeps dates: first and last possible day, both included."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    basis: Basis
    note: str = ""


@dataclass(frozen=True)
class Document:
    """One article as extractors see it. Offsets count code points of `text`.

    `marks` are the parts of the text (title, dateline, body, caption, noise …) and do
    not overlap. `published` is None when nobody knows the day.
    """

    id: str
    text: str
    marks: tuple[Mark, ...]
    published: Interval | None = None
    title: str = ""
    outlet: str = ""
    language: str = "en"

    @classmethod
    def of_text(
        cls,
        id: str,  # noqa: A002  # what it is called everywhere
        text: str,
        *,
        published: Interval | None = None,
        title: str = "",
        outlet: str = "",
    ) -> Document:
        """A document from loose text: parts and day are read off the text itself."""
        marks = mark(text)
        if published is None and (found := published_date(text, marks)):
            published = Interval(
                found.day, found.day, Precision.DAY, found.basis, found.note
            )
        if not title:
            title = next(
                (text[m.start : m.end] for m in marks if m.kind == "title"), ""
            )
        return cls(id, text, tuple(marks), published, title, outlet)

    @cached_property
    def normal(self) -> str:
        """The text with plain quotes and spaces, noise blanked, at the same length."""
        letters = list(self.text.translate(_SAME_LENGTH))
        for each in self.marks:
            if each.kind == "noise":
                letters[each.start : each.end] = " " * (each.end - each.start)
        return "".join(letters)

    def span(self, start: int, end: int, role: str = "") -> Span:
        """The words from `start` to `end`. Raises ValueError outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(
                f"span {start}–{end} is not inside the {len(self.text)} characters "
                f"of document {self.id}"
            )
        return Span(start, end, self.text[start:end], role)

    def parts(self, kinds: Iterable[str] = READ) -> list[Mark]:
        """The marked parts of these kinds, in the order of the text."""
        wanted = set(kinds)
        return [each for each in self.marks if each.kind in wanted]

    def kind_at(self, offset: int) -> str:
        """What kind of part the character at `offset` belongs to; "" for none."""
        return next((m.kind for m in self.marks if m.start <= offset < m.end), "")
