"""Words in quotation marks, and the cue that says whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.claims.pieces import MARKS, Page, Range
from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.claim_verbs import QUOTE, SAY

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from curation.extraction.parsing import Paragraph

QUOTING = lookup([*SAY, *QUOTE])
_REACH = 30  # tokens between a quote and its cue: a name with a long apposition
_STOPS = frozenset({".", ";", "!", "?"})
_ENDS = frozenset({",", "!", "?", "-", "--", "–", "—", "…", "...", ".", "'"})
_BOUNDARY = frozenset({".", "!", "?", ":", "-", "–", "—", "--"}) | MARKS


def page_of(paragraph: Paragraph) -> Page:
    """The paragraph with the quotes in it.

    A quote ends with its paragraph at the latest: a long one that fills several is
    opened again in each. Single quotes count where a paragraph has no double ones and
    they end like speech, after a comma or a full stop.
    """
    doc = paragraph.doc
    quoted = [-1] * len(doc)
    quotes, opened = _pairs([t.i for t in doc if t.text in MARKS], len(doc))
    if not quotes:
        quotes = _single(doc)
    for number, quote in enumerate(quotes):
        quoted[quote.first : quote.last + 1] = [number] * quote.size
    return Page(paragraph, quotes, quoted, opened)


def _pairs(marks: list[int], size: int) -> tuple[list[Range], bool]:
    quotes = [
        Range(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if b > a + 1
    ]
    unclosed = len(marks) % 2 == 1 and marks[-1] < size - 2
    if unclosed:
        quotes.append(Range(marks[-1], size - 1))
    return quotes, unclosed


def _single(doc: Doc) -> list[Range]:
    """UK quotes: 'We will,' he said."""
    found, opened = [], None
    for token in doc:
        if token.text != "'":
            continue
        before = doc[token.i - 1] if token.i else None
        if before is None or before.whitespace_:
            opened = token.i if not token.whitespace_ else None
        elif opened is not None and before.text in _ENDS and token.i > opened + 2:
            found.append(Range(opened, token.i))
            opened = None
    return found


def cue_after(page: Page, quote: Range) -> Token | None:
    """The reporting verb in "…", X said and "…", said X."""
    doc = page.doc
    ends = doc[quote.last - 1].text in _ENDS - {"."}
    comma = quote.last + 1 < len(doc) and doc[quote.last + 1].text in {",", "-", "—"}
    if not (ends or comma):
        return None
    start = quote.last + 1
    for i in range(start, min(start + _REACH, len(doc))):
        token = doc[i]
        if page.quoted[i] >= 0 or token.text in _STOPS:
            return None
        if token.lower_ in QUOTING and token.pos_ in {"VERB", "AUX"}:
            return token if _own_clause(token, start) else None
    return None


def _own_clause(verb: Token, start: int) -> bool:
    """Whether the clause of `verb` is all that stands between it and the quote."""
    subject = next((c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is not None:
        return bool(subject.left_edge.i <= start + 3)
    return bool(verb.i <= start + 4 or verb.dep_ in {"conj", "advcl", "acl", "relcl"})


def cue_before(page: Page, quote: Range) -> Token | None:
    """The reporting verb in X said: "…", and in X told reporters, "…"."""
    doc = page.doc
    last = quote.first - 1
    if last < 0 or page.quoted[last] >= 0:
        return None
    if doc[last].text not in {",", ":"}:
        return _governing(doc[last])
    for i in range(last, max(last - _REACH, -1), -1):
        token = doc[i]
        if page.quoted[i] >= 0 or (token.text in _STOPS and i < last):
            return None
        if token.lower_ in QUOTING and token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def _governing(before: Token) -> Token | None:
    """X said "…" and X replied on Twitter "…": the verb that stands right there."""
    for token in (before, before.head, before.head.head):
        if (
            token.lower_ in QUOTING
            and token.pos_ == "VERB"
            and 0 <= before.i - token.i <= 6
        ):
            return token
    return None


def stands_alone(page: Page, quote: Range) -> bool:
    """Whether the quote begins like a sentence of its own."""
    if quote.first == 0:
        return True
    before = page.doc[quote.first - 1].text
    return before in _BOUNDARY or not before.strip()
