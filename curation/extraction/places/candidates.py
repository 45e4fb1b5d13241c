"""Stretches of capitalised words that may name a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curation.extraction.parsing import Paragraph
from curation.extraction.places.words import (
    FACILITIES,
    JOINTS,
    NEVER,
    PARTS,
    PUBLIC,
    STREETS,
    TYPES,
)
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 6  # tokens of a name
_TITLE_CASE = 0.85  # share of capitalised words above which capitals say nothing
_TOKEN = re.compile(r"(?:\w+\.){1,3}(?=[,\s]|$)|\w+(?:['-]\w+)*|[^\w\s]")
PLACES = frozenset({"GPE", "LOC", "FAC"})
_NO_NAMES = NEVER | PUBLIC | FACILITIES | STREETS | PARTS | TYPES.keys()
_NO_NAMES -= {"canton", "superior"}  # large towns are called so
_PASSED = frozenset({"the", "a", "an"})
_DASHES = frozenset({"-", "'", "'s", "."})


@dataclass(slots=True, eq=False)
class Candidate:
    """Tokens `first` to `last` (excluded) of a paragraph that may name a place.

    `typed` are the place-kinds that words beside it allow, `type_word` that word;
    `inside` are names that follow after commas: "Paris", "Texas". `whole` is the end
    of the type word where that belongs to the name. `how`: ner, capitals, typed.
    """

    paragraph: Paragraph
    first: int
    last: int
    text: str
    how: str
    typed: tuple[str, ...] = ()
    type_word: str = ""
    inside: list[Candidate] = field(default_factory=list)

    @property
    def tokens(self) -> list[Token]:
        return list(self.paragraph.doc[self.first : self.last])

    @property
    def form(self) -> str:
        """What names are compared by: datelines are in capitals."""
        return self.text.casefold()

    @property
    def start(self) -> int:
        return self.paragraph.start + self.paragraph.doc[self.first].idx

    @property
    def end(self) -> int:
        token = self.paragraph.doc[self.last - 1]
        return self.paragraph.start + token.idx + len(token.text)

    @property
    def before(self) -> Token | None:
        """The token before it; articles and “northern” are passed over."""
        doc = self.paragraph.doc
        at = self.first - 1
        while at >= 0 and (doc[at].lower_ in _PASSED or doc[at].text in PARTS):
            at -= 1
        return doc[at] if at >= 0 else None

    @property
    def after(self) -> Token | None:
        doc = self.paragraph.doc
        return doc[self.last] if self.last < len(doc) else None


def capital(token: Token) -> bool:
    """Whether it begins with a capital letter, also after an article: "d'Ivoire"."""
    text = token.text
    return text[:1].isupper() or (text[:2] in {"d'", "l'"} and text[2:3].isupper())


def runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Maximal stretches of capitalised words, with joints inside: (first, last)."""
    at = 0
    while at < len(doc):
        if not capital(doc[at]):
            at += 1
            continue
        last = at + 1
        while last < len(doc):
            if capital(doc[last]) or _joins(doc, last):
                last += 1
            else:
                break
        while not capital(doc[last - 1]):
            last -= 1
        yield at, last
        at = last


def _joins(doc: Doc, at: int) -> bool:
    """Whether this token, in lower case, can stand inside a name."""
    ahead = at + 1
    if doc[at].text in {"'s", "’s"} and ahead < len(doc):
        return doc[ahead].text in {"County", "Island"}
    if doc[at].text in _DASHES and doc[at].text != "'s":
        glued = not doc[at - 1].whitespace_
        return glued and ahead < len(doc) and _word(doc[ahead])
    if doc[at].text in JOINTS and doc[at].text != "and":
        while ahead < len(doc) and (
            doc[ahead].text in JOINTS or doc[ahead].text == "-"
        ):
            ahead += 1
        return ahead < len(doc) and ahead - at <= 2 and capital(doc[ahead])
    return not doc[at - 1].whitespace_ and doc[at - 1].text == "-" and _word(doc[at])


def _word(token: Token) -> bool:
    return token.text[:1].isalpha()


def pieces(paragraph: Paragraph, first: int, last: int) -> Iterator[Candidate]:
    """All stretches of a run that could be one name, the longest first."""
    doc = paragraph.doc
    for length in range(min(_LONGEST, last - first), 0, -1):
        for at in range(first, last - length + 1):
            words = doc[at : at + length]
            if not capital(words[0]) or not _word(words[-1]):
                continue
            if length == 1 and words.text.lower() in _NO_NAMES:
                continue
            yield Candidate(paragraph, at, at + length, words.text, "capitals")


def datelines(reading: Reading) -> Iterator[Paragraph]:
    """The datelines as paragraphs; they are in words, but nobody has parsed them."""
    from spacy.tokens import Doc

    document = reading.document
    if not reading.paragraphs:
        return
    vocab = reading.paragraphs[0].doc.vocab
    for part in document.parts(["dateline"]):
        text = document.normal[part.start : part.end]
        found = list(_TOKEN.finditer(text))
        words = [each[0] for each in found]
        ends = [each.end() for each in found]
        spaces = [end < len(text) and text[end] == " " for end in ends]
        doc = Doc(vocab, words, spaces)
        # Several spaces in a row, or none at the beginning, would move the offsets.
        if doc.text.rstrip() == text.rstrip():
            yield Paragraph(document, "dateline", part.start, doc)


def title_case(paragraph: Paragraph) -> bool:
    """Whether nearly every long word has a capital, so that capitals say nothing."""
    words = [t for t in paragraph.doc if t.is_alpha and len(t.text) > 3]
    return len(words) > 3 and sum(map(capital, words)) > _TITLE_CASE * len(words)
