"""Speakers without a name: "top sources in Afghanistan", "two witnesses"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.actors.linking import Namings
from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.roles import says
from curation.extraction.lexicon.people import SOURCES
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
    taken = {at for m in namings.mentions for at in range(m.start, m.end)}
    for paragraph in reading.paragraphs:
        for token in paragraph.doc:
            if token.lower_ not in SOURCES or paragraph.start + token.idx in taken:
                continue
            if says(token) or _according_to(token):
                yield _mention(paragraph, token)


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
