"""Quotes after a colon: "X was clear: “…”", "X: “…”", a paragraph "X continued:"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.claims.asides import FINITE
from curation.extraction.claims.pieces import Attribution, Page, Range
from curation.extraction.claims.quotes import QUOTING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NAME = 8  # tokens of a name that stands alone before a colon


def introduction(page: Page, quote: Range, before: Page | None) -> Attribution | None:
    """Whose the quote is, if a colon announces it; None if none does."""
    if quote.first > 0:
        if page.doc[quote.first - 1].text != ":":
            return None
        start = page.doc[quote.first - 1].sent.start
        return _announced(page, page, page.doc[start : quote.first - 1], quote)
    if before is None or not before.doc.text.rstrip().endswith(":"):
        return None
    last = len(before.doc) - 1
    while last > 0 and before.doc[last].text != ":":
        last -= 1
    words = before.doc[before.doc[last].sent.start : last]
    return _announced(page, before, words, quote)


def _announced(page: Page, home: Page, words: Span, quote: Range) -> Attribution | None:
    verb = _verb(words)
    found = Attribution(
        page.paragraph,
        None,
        [quote],
        "claim.quote-after-colon",
        "a colon before a quote",
        verb=verb,
        direct=True,
        home=None if home is page else home.paragraph,
    )
    if verb is None:
        if not 0 < len(words) <= _NAME or words.root.pos_ not in {"PROPN", "NOUN"}:
            return None
        found.source = Range(words.start, words.end - 1)
    return found


def _verb(words: Span) -> Token | None:
    """The verb before the colon: one of saying, otherwise the last finite one."""
    verbs = [t for t in words if t.pos_ in {"VERB", "AUX"}]
    saying = [t for t in verbs if t.lower_ in QUOTING]
    finite = [t for t in verbs if t.tag_ in FINITE and t.dep_ != "aux"]
    for pool in (saying, finite):
        if pool:
            return pool[-1]
    return None
