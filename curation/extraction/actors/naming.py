"""A mention by a name that no list knows, with the reason for its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.actors.mentions import Mention
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    pass

_TRAILING = " .,;:!?'’\"-–—)("


_WHY = {
    "person": "read as a person's name: several capitalised words",
    "person-one-word": "read as a person's name, of one word only",
    "titled-person": "a title stands before it",
    "organisation": "read as an organisation's name: several capitalised words",
    "organisation-one-word": "read as an organisation's name, of one word only",
    "acronym": "read as an organisation's acronym",
    "headed-organisation": "its last word is what organisations are called",
    "capital-head": "“the” and a capital letter: one organisation of this kind",
    "speaking-name": "a capitalised word that is the subject of a verb of saying",
    "capital-head-bare": "a capital letter: one organisation of this kind",
    "movement": "read as the name of a group of people",
}


def naming(
    paragraph: Paragraph,
    first: int,
    last: int,
    *,
    rule: str,
    kind: str | None,
    rank: int,
) -> Mention:
    doc = paragraph.doc
    start = doc[first].idx
    words = doc[first : last + 1].text
    return Mention(
        paragraph.start + start,
        paragraph.start + start + len(words.rstrip(_TRAILING)),
        f"actor.{rule}",
        "name",
        _WHY[rule],
        kind=kind,
        rank=rank,
    )
