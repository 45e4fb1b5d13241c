"""What the rules of this package hand to each other, in tokens of one paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from curation.extraction.parsing import Paragraph

# What a content neither begins nor ends with.
_EDGE = frozenset([",", ";", ":", ".", "-", "–", "—", "--", ")", "(", "]", "["]) | {
    " ",
    "\n",
}
MARKS = frozenset({'"', "''", "``"})


class Range(NamedTuple):
    """Tokens of a paragraph from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1

    def holds(self, other: Range) -> bool:
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Range) -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(slots=True)
class Attribution:
    """That somebody says something, before it is known who that is.

    `content` is never empty; its first range is the main one. `source` are the words
    for the speaker, `verb` the token whose subject they are. `rule` and `reason` are
    the finding's. `home` is the paragraph of source and verb where it is another one.
    """

    paragraph: Paragraph
    cue: Range | None
    content: list[Range]
    rule: str
    reason: str
    modality: str = "asserted"
    source: Range | None = None
    verb: Token | None = None
    direct: bool = False
    inferred: bool = False
    negated: bool = False
    home: Paragraph | None = None


@dataclass(slots=True)
class Page:
    """A paragraph with its quotes: what every rule looks at.

    `quoted[i]` is the number of the quote that token i stands in, -1 for none.
    """

    paragraph: Paragraph
    quotes: list[Range]
    quoted: list[int]
    unclosed: bool = False

    @property
    def doc(self) -> Doc:
        return self.paragraph.doc


def trimmed(page: Page, first: int, last: int) -> Range | None:
    """The range without punctuation at its ends, quotes kept whole; None if empty."""
    doc, quoted = page.doc, page.quoted
    while first <= last and _loose(doc[first].text, quoted[first]):
        first += 1
    while last >= first and _loose(doc[last].text, quoted[last]):
        last -= 1
    if first > last:
        return None
    # A quote that is cut by the range is taken in whole if most of it is inside.
    if (at := quoted[last]) >= 0 and doc[last].text not in MARKS:
        quote = page.quotes[at]
        if quote.first >= first and quote.last - last <= 2:
            last = quote.last
    return Range(first, last)


def _loose(text: str, quote: int) -> bool:
    return (text in _EDGE and quote < 0) or not text.strip()
