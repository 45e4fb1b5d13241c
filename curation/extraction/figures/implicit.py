"""One person without a number: "a leader was killed", "the death of a soldier"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from curation.extraction.figures.counted import group_of, lemma
from curation.extraction.figures.predicates import Predicate, by_role
from curation.extraction.lexicon.figure_nouns import GROUPS, ITEMS, LEADERS, NOBODY
from curation.extraction.lexicon.figure_verbs import DONE_TO
from curation.extraction.lexicon.wordlist import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ARTICLES = frozenset(("a", "an", "another"))
_NAME_LENGTH = 8  # words between "an" and the noun behind a name
_AGENTS = ("er", "or", "ist", "ant", "man")
# Only people are arrested, so that any noun for a doer will do.
_ONLY_PEOPLE = frozenset(("arrest", "detain", "apprehend", "jail"))
_THINGS = frozenset(ITEMS) | NOBODY
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
        if token.tag_ not in {"NN", "NNP"} or token.i in taken or _is_compound(token):
            continue
        noun = lemma(token)
        if noun in _SEVERAL:
            continue
        listed = noun in GROUPS or noun in LEADERS
        if not listed and not (noun.endswith(_AGENTS) and noun not in _THINGS):
            continue
        if article(token) is None:
            continue
        for predicate in _happened(token)[:1]:
            if predicate.how == "apposition":
                continue
            if predicate.measure not in _MEASURES or _is_supposed(predicate.word):
                continue
            if listed or lemma(predicate.word) in _ONLY_PEOPLE:
                words = list(doc[token.left_edge.i : token.i + 1])
                yield token, group_of(token, words, armed), predicate


def _happened(noun: Token) -> list[Predicate]:
    """What the parse says, else the verb right before "a … leader"."""
    if noun.dep_ == "appos":
        return []  # "Maria Ruiz, a teacher": a description, not a count
    if found := by_role(noun):
        return found
    first = article(noun)
    if first is None or first.i == 0:
        return []
    verb = noun.doc[first.i - 1]
    active = verb.tag_ in {"VBD", "VBG"} and lemma(verb) in DONE_TO
    return [Predicate(DONE_TO[lemma(verb)], "near", verb)] if active else []


def article(noun: Token) -> Token | None:
    """ "a", "an" or "another" before the noun."""
    for child in noun.lefts:
        if child.dep_ == "det":
            return child if child.lower_ in _ARTICLES else None
    # "an Islamic Movement of Uzbekistan leader": the parse may cut the name in two.
    doc, at = noun.doc, noun.i - 1
    while at >= max(0, noun.i - _NAME_LENGTH) and not doc[at + 1].is_sent_start:
        if doc[at].lower_ in _ARTICLES:
            return doc[at] if at < noun.i - 1 else None
        if doc[at].pos_ not in {"PROPN", "ADJ", "NOUN"} and doc[at].lower_ != "of":
            return None
        if doc[at].pos_ == "NOUN":
            return None
        at -= 1
    return None


def _is_compound(token: Token) -> bool:
    return token.dep_ in {"compound", "nmod", "poss"}


def _is_supposed(verb: Token) -> bool:
    """Whether it is only supposed: "if a soldier is killed", "could kill a man"."""
    return any(
        child.lower_ in _MAYBE and child.dep_ in {"aux", "mark", "advmod"}
        for child in verb.children
    )
