"""Whom a personal pronoun stands for, where the text makes it plain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.events import clauses
from curation.extraction.lexicon.claim_verbs import OBJECT, SAY, THINK
from curation.extraction.lexicon.event_words import PEOPLE

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ONE = frozenset({"he", "him", "his", "she", "her"})
_SEVERAL = frozenset({"they", "them", "their"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLURAL = frozenset({"NNS", "NNPS"})
_SPEAKING = SAY.keys() | THINK.keys() | OBJECT.keys()


def meant(token: Token) -> Token | None:
    """The noun that a pronoun stands for, or None; other words stand for themselves.

    People are taken up by the subject: the nearest before the pronoun in its sentence,
    else that of the sentence before. Who only says something is not meant.
    """
    word = token.lower_
    if word not in _ONE | _SEVERAL:
        return token
    several = word in _SEVERAL
    sentence = token.sent
    for subject in reversed(list(_people(sentence))):
        if subject.i < token.i and _plural(subject) == several:
            return subject
    if sentence.start == 0:
        return None
    before = sentence.doc[sentence.start - 1].sent
    for subject in _people(before):
        if _plural(subject) == several:
            return subject
    return None


def _people(sentence: Span) -> Iterator[Token]:
    for token in sentence:
        if token.dep_ not in _SUBJECTS or clauses.lemma(token.head) in _SPEAKING:
            continue
        if clauses.lemma(token) in PEOPLE or token.ent_type_ == "PERSON":
            yield token


def _plural(token: Token) -> bool:
    return token.tag_ in _PLURAL or bool(token.conjuncts)
