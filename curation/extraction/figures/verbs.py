"""What a verb is in its sentence: its subject and objects, passive or negated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.figures.counted import lemma
from curation.extraction.lexicon.figure_verbs import LOSSES
from curation.extraction.lexicon.wordlist import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = {"nsubj", "nsubjpass"}
OBJECTS = {"dobj", "obj", "dative"}
_TRYING = word_set(
    """
    try attempt fail plan plot want intend threaten refuse seek vow hope aim
    """
)


def with_joined(verb: Token) -> Iterator[Token]:
    """The verb, and those joined to it that have no subject of their own."""
    yield verb
    for child in verb.children:
        # "three were missing, nine wounded": a number before the verb is its subject.
        own = subject_of(child) is not None or any(
            c.dep_ == "npadvmod" and c.tag_ == "CD" and c.i < child.i
            for c in child.children
        )
        if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and not own:
            yield from with_joined(child)


def subject_of(verb: Token) -> Token | None:
    """The subject that a verb has of its own."""
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def is_passive(verb: Token, inherited: bool) -> bool:
    helpers = [c for c in verb.children if c.dep_ in {"auxpass", "aux"}]
    if any(c.dep_ == "auxpass" for c in helpers):
        return True
    if helpers or has_object(verb):
        return False
    return inherited and verb.tag_ in {"VBN", "VBD"}


def has_object(verb: Token) -> bool:
    return any(c.dep_ in OBJECTS or c.dep_ == "ccomp" for c in verb.children)


def loss(verb: Token) -> str | None:
    """ "lost their lives", "were forced to leave their homes"."""
    if lemma(verb) not in {"lose", "leave"}:
        return None
    for child in verb.children:
        if child.dep_ in OBJECTS and lemma(child) in LOSSES:
            return LOSSES[lemma(child)]
    return None


def is_off(verb: Token) -> bool:
    """Whether it did not happen ("did not kill", "tried to kill"), or is spoken of in
    general ("Killing one leader does not …")."""
    if verb.dep_ in {"csubj", "csubjpass"} or any(
        child.dep_ == "neg" for child in verb.children
    ):
        return True
    if verb.dep_ == "xcomp":
        return lemma(verb.head) in _TRYING
    # A purpose: "an operation to arrest a leader".
    return (
        verb.tag_ == "VB"
        and verb.dep_ in {"acl", "advcl", "relcl"}
        and any(child.lower_ == "to" for child in verb.children)
    )
