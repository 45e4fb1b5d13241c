"""What a verb governs: the words that a cue makes into somebody's claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from curation.extraction.claims.pieces import Range

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_JOINED = frozenset({"prep", "xcomp", "oprd", "acl"})
_FRAMES = frozenset({"ccomp", "xcomp", "dobj", "prep", "oprd", "acomp"})


class Complement(NamedTuple):
    """`frame`: left, that, to, ing, object, as, or a preposition."""

    frame: str
    words: Range


def complements(verb: Token) -> Iterator[Complement]:
    """The complements of `verb`, those before it first."""
    for child in verb.lefts:
        if child.dep_ == "ccomp":
            yield Complement("left", _subtree(child))
    right = [child for child in verb.rights if child.dep_ in _FRAMES]
    purposes = [c for c in verb.rights if c.dep_ == "advcl" and infinitive(c)]
    for child in right:
        frame = _frame(child)
        if child.dep_ == "dobj":
            last = _end(child, [*right, *purposes])
            yield Complement(frame, Range(child.left_edge.i, last))
        elif child.dep_ == "prep":
            if inner := _governed(child):
                last = _end(child, purposes)
                whole = _with_object(child, right) if frame == "as" else None
                yield Complement(frame, whole or Range(inner.left_edge.i, last))
        elif frame in {"to", "ing"}:
            last = _end(child, [c for c in right if c.dep_ == "prep"])
            yield Complement(frame, Range(child.left_edge.i, last))
        else:
            yield Complement(frame, _subtree(child))


def is_passive(verb: Token) -> bool:
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.lefts)


def is_negated(verb: Token) -> bool:
    return any(
        c.dep_ == "neg" or (c.dep_ == "advmod" and c.lower_ == "never")
        for c in verb.lefts
    )


def infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.lefts)


def _frame(child: Token) -> str:
    if child.dep_ == "prep":
        return str(child.lower_)
    if child.dep_ in {"ccomp", "xcomp"}:
        if infinitive(child):
            return "to"
        if child.dep_ == "ccomp":
            return "that"
        return "ing" if child.tag_ == "VBG" else "object"
    return "object"


def _subtree(token: Token) -> Range:
    return Range(token.left_edge.i, token.right_edge.i)


def _end(child: Token, right: list[Token]) -> int:
    """Where it ends with what is said of it or it is for: "accused Y of lying"."""
    last = int(child.right_edge.i)
    for other in right:
        if other.dep_ in _JOINED | {"advcl"} and other.left_edge.i == last + 1:
            last = int(other.right_edge.i)
    return last


def _governed(preposition: Token) -> Token | None:
    return next(
        (c for c in preposition.rights if c.dep_ in {"pobj", "pcomp", "amod", "prep"}),
        None,
    )


def _with_object(preposition: Token, right: list[Token]) -> Range | None:
    """From the object of "described it as …" to the end of what follows "as"."""
    for child in right:
        if child.dep_ == "dobj" and child.i < preposition.i:
            return Range(child.left_edge.i, preposition.right_edge.i)
    return None
