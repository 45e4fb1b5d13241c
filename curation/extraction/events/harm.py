"""What is hit and who is charged: prepositional phrases around acts of violence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.events import clauses
from curation.extraction.lexicon.event_words import (
    ACCUSING,
    BLAMING,
    NOBODY,
    STRUCTURES,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_TARGET = ("on", "against", "at")
_AT = {"on", "against", "at", "in", "to", "near", "inside", "outside", "under"}
_AIMED = frozenset({"on", "against", "at", "to"})


def struck(trigger: Token) -> Iterator[Token]:
    """The building or thing at which it happened: "exploded in front of a hotel"."""
    for child in trigger.rights:
        if child.dep_ == "dobj" and clauses.lemma(child) in NOBODY:
            of = ("of",) if clauses.lemma(child) == "life" else ()
            yield from clauses.after(child, "to", *_TARGET, *of)
        if child.dep_ != "prep" or child.lower_ not in _AT:
            continue
        for head in clauses.objects(child):
            yield from _hit(child, head)


def _hit(preposition: Token, head: Token) -> Iterator[Token]:
    if clauses.lemma(head) in {"front", "engine", "door", "entrance", "vicinity"}:
        yield from clauses.after(head, "of")
        return
    aimed = preposition.lower_ in _AIMED and head.ent_type_ not in {"DATE", "TIME"}
    if aimed or clauses.lemma(head) in STRUCTURES:
        yield head


def charged(verb: Token) -> list[Token]:
    """Those of whom the text says "X accused them of" doing it."""
    if verb.dep_ != "pcomp" or verb.head.lower_ not in {"of", "for", "with"}:
        return []
    charge = charging(verb.head.head)
    return [] if charge is None else list(clauses.patients(charge))


def charging(token: Token) -> Token | None:
    """The verb that blames somebody, where the parse hangs the charge on its object."""
    if token.dep_ in {"conj", "pobj"}:
        token = next((t for t in token.ancestors if t.dep_ == "dobj"), token)
    if token.dep_ == "dobj":
        token = token.head
    blames = token.pos_ == "VERB" and clauses.lemma(token) in ACCUSING | BLAMING
    return token if blames else None
