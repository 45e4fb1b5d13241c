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
_NEAR, _LONG, _TITLE = 3, 8, 6
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
    quotes, opened = _pairs(paragraph)
    if not quotes:
        quotes = _single(doc)
    for number, quote in enumerate(quotes):
        quoted[quote.first : quote.last + 1] = [number] * quote.size
    return Page(paragraph, quotes, quoted, opened)


def _pairs(paragraph: Paragraph) -> tuple[list[Range], bool]:
    doc = paragraph.doc
    quotes: list[Range] = []
    opened = None
    for token in doc:
        if token.text not in MARKS:
            continue
        side = _side(paragraph, token)
        if side == "closing" or (side == "either" and opened is not None):
            if opened is not None and token.i > opened + 1:
                quotes.append(Range(opened, token.i))
            opened = None
        elif side != "none":
            opened = token.i
    unclosed = opened is not None and opened < len(doc) - 3
    if opened is not None and unclosed:
        quotes.append(Range(opened, len(doc) - 1))
    return quotes, unclosed


def _side(paragraph: Paragraph, mark: Token) -> str:
    """Which end of a quote a mark is, by its shape or by the spaces around it."""
    start = paragraph.start + mark.idx
    shape = paragraph.document.text[start]
    if shape in "”»":
        return "closing"
    before = mark.doc[mark.i - 1] if mark.i else None
    if before is not None and before.text.endswith("="):
        return "none"  # an attribute of a tag that was left in the text
    if shape in "“„«" and not _closes(mark):
        return "opening"
    free = before is None or bool(before.whitespace_) or not before.text.strip()
    if free != bool(mark.whitespace_):
        return "opening" if free else "closing"
    return "either"


def _closes(mark: Token) -> bool:
    """A mark of the opening kind, put by mistake where a quote closes."""
    before = mark.doc[mark.i - 1] if mark.i else None
    glued = before is not None and before.text.strip() and not before.whitespace_
    return bool(glued and mark.whitespace_)


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
    ends = doc[quote.last - 1].text in _ENDS - {"."} or _short(page, quote)
    comma = quote.last + 1 < len(doc) and doc[quote.last + 1].text in {",", "-", "—"}
    if not (ends or comma):
        return None
    start = quote.last + 1
    for i in range(start, min(start + _REACH, len(doc))):
        token = doc[i]
        if page.quoted[i] >= 0 or token.text in _STOPS:
            return None
        if _quotes(token):
            if token.tag_ == "VBG" and any(c.dep_ == "ccomp" for c in token.rights):
                return None  # “…,” noting that: what it notes follows
            return token if _own_clause(token, start) else None
    return None


def _quotes(token: Token) -> bool:
    """Whether it can carry a quote; "its promised “revenge”" cannot."""
    return (
        token.lower_ in QUOTING
        and token.pos_ in {"VERB", "AUX"}
        and token.dep_ != "amod"
    )


def _short(page: Page, quote: Range) -> bool:
    """ "…." X said.: a full stop where a comma should be."""
    for token in page.doc[quote.last + 1 : quote.last + 5]:
        if token.lower_ in QUOTING and token.pos_ == "VERB":
            return bool(page.doc[token.i + 1 : token.i + 2].text == ".")
    return False


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
        return _governing(doc[last], quote)
    for i in range(last, max(last - _REACH, -1), -1):
        token = doc[i]
        if page.quoted[i] >= 0 or (token.text in _STOPS and i < last):
            return None
        if _quotes(token):
            near = doc[last].text == ":" or last - i <= _NEAR or quote.size >= _LONG
            return token if near else None
    return None


def _governing(before: Token, quote: Range) -> Token | None:
    """X said "…" and X replied on Twitter "…": the verb that stands right there.

    A short quote further off is a name: said on the programme "Morning".
    """
    near = 0 if quote.size < _LONG else 6
    for token in (before, before.head, before.head.head):
        if _quotes(token) and 0 <= before.i - token.i <= near:
            return token
    return None


def stands_alone(page: Page, quote: Range) -> bool:
    """Whether the quote begins like a sentence of its own."""
    if quote.first == 0:
        return True
    before = page.doc[quote.first - 1].text
    if before == "," and quote.size >= _LONG:
        return bool(page.doc[quote.first + 1].text[0].isupper())
    return before in _BOUNDARY or not before.strip()


def is_title(page: Page, quote: Range) -> bool:
    """Whether the quote is the name of a book, a programme or a song."""
    inner = [t for t in page.doc[quote.first + 1 : quote.last] if t.is_alpha]
    capitals = [t for t in inner if t.text[0].isupper()]
    return (
        0 < len(inner) <= _TITLE
        and quote.first > 0
        and len(capitals) >= max(1, len(inner) - 2)
        and inner[-1] in capitals
        and (len(inner) > 1 or page.doc[quote.last - 1].text == ",")
        and not stands_alone(page, quote)
    )
