"""Names told by a word beside or in them: a title, or what organisations end in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.naming import naming
from curation.extraction.actors.tokens import CALENDAR, is_title_word
from curation.extraction.lexicon.bodies import HEADS
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.lexicon.titles import (
    HONORIFICS,
    RANKS,
    TITLE_NOUNS,
)
from curation.extraction.lexicon.wordlist import word_set
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTICLES = word_set(
    """
    al el ul ur bin ibn ben abu de la van von der den du da dos di - '
    """
)


_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


_ON = frozenset({"committee", "commission", "council", "center", "centre"})


def titled(paragraph: Paragraph) -> Iterator[Mention]:
    """ "General Smith", "Dr. Omar al-Amin", "secretary Ann Ash"."""
    doc = paragraph.doc
    for token in doc[:-1]:
        word = token.lower_.rstrip(".")
        if not (word in HONORIFICS or word in RANKS or word in TITLE_NOUNS):
            continue
        if token.text.islower() and word not in TITLE_NOUNS:
            continue
        last = _name_end(doc, token.i + 1)
        if last is not None and not is_title_word(doc[token.i + 1]):
            yield naming(
                paragraph,
                token.i + 1,
                last,
                rule="titled-person",
                kind="person",
                rank=4,
            )


def _name_end(doc: Doc, first: int) -> int | None:
    """The last token of the personal name that begins at `first`; None if none does."""
    if not _is_capital(doc[first]) or doc[first].text.isupper() and len(doc[first]) > 1:
        return None
    last = index = first
    while index + 1 < len(doc) and index - first < 6:
        index += 1
        word = doc[index].lower_.rstrip(".")
        if word in HEADS or word in CALENDAR or doc[index].text in ADJECTIVES:
            break
        if _is_capital(doc[index]) or word in _SUFFIXES:
            last = index
        elif word not in _PARTICLES and not word.startswith(("al-", "el-", "ul-")):
            break
        elif word.startswith(("al-", "el-", "ul-")):
            last = index
    return last


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and token.pos_ in {
        "PROPN",
        "NOUN",
        "ADJ",
        "X",
        "VERB",
    }


def headed(paragraph: Paragraph) -> Iterator[Mention]:
    """ "Ministry of Foreign Affairs", "Norway Fisheries Council"."""
    doc = paragraph.doc
    for token in doc:
        if token.lower_ not in HEADS or not token.text[0].isupper():
            continue
        first = _run_start(doc, token.i)
        last = _of_end(doc, token.i)
        if first < last:
            rule, kind = "headed-organisation", HEADS[token.lower_]
            yield naming(paragraph, first, last, rule=rule, kind=kind, rank=3)


def capital_heads(paragraph: Paragraph) -> Iterator[Mention]:
    """ "the Coalition", "the Council": named before, or known to every reader."""
    doc = paragraph.doc
    for token in doc[1:]:
        if token.lower_ not in HEADS or not token.text.istitle():
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        alone = after is None or not (after.text[0].isupper() or after.lower_ == "of")
        before = doc[token.i - 1]
        if alone and (before.lower_ == "the" or not before.text[0].isupper()):
            bare = before.lower_ != "the"
            if bare and (token.is_sent_start or before.is_punct or before.is_space):
                continue
            kind = HEADS[token.lower_]
            rule = "capital-head-bare" if bare else "capital-head"
            yield naming(paragraph, token.i, token.i, rule=rule, kind=kind, rank=2)


def _run_start(doc: Doc, index: int) -> int:
    """Where the capitalised words before an organisation's head begin."""
    first = index
    while first > 0:
        before = doc[first - 1]
        if (
            before.text in {"&", "-"}
            or (
                before.lower_ in {"of", "and", "for"}
                and first >= 2
                and doc[first - 2].lower_ in HEADS
                and doc[first - 2].text[0].isupper()
                and before.lower_ == "of"
            )
            or before.text[0].isupper()
            and not _breaks(before, doc)
        ):
            first -= 1
        else:
            break
    while first < index and not doc[first].text[0].isupper():
        first += 1
    return first


def _breaks(token: Token, doc: Doc) -> bool:
    """Whether a capitalised word is no part of the name behind it."""
    opens = token.is_sent_start and token.pos_ in {
        "DET",
        "ADP",
        "CCONJ",
        "SCONJ",
        "PRON",
        "ADV",
    }
    return bool(opens) or token.lower_ == "the" or token.lower_ in CALENDAR


def _of_end(doc: Doc, index: int) -> int:
    """The end of "… of [the] X [and Y]" behind an organisation's head."""
    at = index + 1
    if at + 1 >= len(doc) or doc[at].lower_ not in {"of", "for", "on"}:
        return index
    if doc[at].lower_ == "on" and doc[index].lower_ not in _ON:
        return index
    at += 1
    if doc[at].lower_ == "the" and at + 1 < len(doc):
        at += 1
    last = index
    if doc[at].lower_ in CALENDAR:
        return index
    while at < len(doc) and (
        doc[at].text[0].isupper()
        or (
            doc[at].lower_ in {"and", "of"}
            and last == at - 1
            and at + 1 < len(doc)
            and doc[at + 1].text[0].isupper()
            and doc[at + 1].lower_ not in CALENDAR
        )
    ):
        if doc[at].text[0].isupper():
            last = at
        at += 1
    return last
