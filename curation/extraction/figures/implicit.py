"""One person without a number: "a leader was killed", "the death of a soldier"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from curation.extraction.figures.counted import group_of, lemma
from curation.extraction.figures.predicates import Predicate, by_role
from curation.extraction.lexicon.figure_nouns import GROUPS, LEADERS
from curation.extraction.lexicon.wordlist import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ARTICLES = frozenset(("a", "an", "another"))
_MEASURES = word_set("killed injured captured arrested abducted released")
# Nouns that are singular and still several.
_SEVERAL = word_set(
    """
    couple family crew police personnel staff people dead other casualty life
    soul
    """
)
_MAYBE = word_set("could would may might should can if when whenever unless")


def victims(
    doc: Doc, armed: Collection[int], taken: Collection[int]
) -> Iterator[tuple[Token, str, Predicate]]:
    """Singular people with "a" to whom something happened, with group and predicate.

    `taken` are tokens that a number counts already.
    """
    for token in doc:
        if token.tag_ not in {"NN", "NNP"} or token.i in taken:
            continue
        noun = lemma(token)
        if noun in _SEVERAL or (noun not in GROUPS and noun not in LEADERS):
            continue
        if article(token) is None or _is_compound(token):
            continue
        for predicate in by_role(token)[:1]:
            if predicate.measure in _MEASURES and not _is_supposed(predicate.word):
                words = list(doc[token.left_edge.i : token.i + 1])
                yield token, group_of(token, words, armed), predicate


def article(noun: Token) -> Token | None:
    """ "a", "an" or "another" before the noun."""
    return next(
        (c for c in noun.lefts if c.dep_ == "det" and c.lower_ in _ARTICLES), None
    )


def _is_compound(token: Token) -> bool:
    return token.dep_ in {"compound", "nmod", "poss"}


def _is_supposed(verb: Token) -> bool:
    """Whether it is only supposed: "if a soldier is killed", "could kill a man"."""
    return any(
        child.lower_ in _MAYBE and child.dep_ in {"aux", "mark", "advmod"}
        for child in verb.children
    )
