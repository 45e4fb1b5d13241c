"""People without a name: "top sources in Norway", "a top aide to Smith"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.namings import Namings
from curation.extraction.actors.roles import says
from curation.extraction.lexicon.people import CLOSE_TO, SOURCES
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHERE = frozenset({"in", "at", "from", "within", "inside", "near"})
_LONGEST = 5  # tokens behind the noun that still say which sources


def unnamed(reading: Reading, namings: Namings) -> Iterator[Mention]:
    """Those who say something and are told only by what they are.

    The only mentions that may hold another one ("Afghanistan").
    """
    taken = namings.taken()
    for paragraph in reading.paragraphs:
        for token in paragraph.doc:
            if token.lower_ not in SOURCES or paragraph.start + token.idx in taken:
                continue
            if says(token) or _according_to(token):
                yield _mention(paragraph, token)


def relatives(reading: Reading, namings: Namings) -> Iterator[Mention]:
    """ "A top aide to Smith", "Smith's brother": told by whom they are close to."""
    people = [m for m in namings.mentions if m.kind == "person"]
    starts, ends = {m.start: m for m in people}, {m.end: m for m in people}
    for paragraph in reading.paragraphs:
        for token in paragraph.doc[:-1]:
            if token.lower_ in CLOSE_TO:
                whose = _whose(paragraph, token, starts, ends)
                if whose is not None and token.nbor().pos_ != "PROPN":
                    yield _relative(paragraph, token, whose)


def _whose(
    paragraph: Paragraph,
    token: Token,
    starts: Mapping[int, Mention],
    ends: Mapping[int, Mention],
) -> Mention | None:
    doc, at = token.doc, token.i
    if doc[at + 1].lower_ in {"to", "of"} and at + 2 < len(doc):
        return starts.get(paragraph.start + doc[at + 2].idx)
    if at and doc[at - 1].text in {"'s", "'"}:
        return ends.get(paragraph.start + doc[at - 1].idx)
    return None


def _relative(paragraph: Paragraph, token: Token, whose: Mention) -> Mention:
    first = token
    while first.i and first.nbor(-1).pos_ == "ADJ":
        first = first.nbor(-1)
    words = paragraph.document.normal[whose.start : whose.end]
    return Mention(
        paragraph.start + first.idx,
        paragraph.start + token.idx + len(token),
        "actor.close-to-named",
        "description",
        f"somebody without a name, close to “{words}”",
        kind="person",
        who=f"close:{whose.who}:{token.lower_}",
    )


def _according_to(token: Token) -> bool:
    to = token.head
    return token.dep_ == "pobj" and to.lower_ == "to" and to.head.lower_ == "according"


def _mention(paragraph: Paragraph, token: Token) -> Mention:
    first = token
    while first.i and first.nbor(-1).pos_ in {"ADJ", "NOUN", "PROPN", "NUM"}:
        first = first.nbor(-1)
    last = token
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in _WHERE:
            end = child.right_edge
            last = end if end.i - token.i <= _LONGEST else last
    return Mention(
        paragraph.start + first.idx,
        paragraph.start + last.idx + len(last),
        "actor.unnamed-speaker",
        "description",
        f"“{token.text}” say something and have no name",
        kind="population_group",
        who=f"unnamed:{token.lemma_.lower()}",
    )
