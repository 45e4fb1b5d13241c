"""Who does what to whom, read off a dependency parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.lexicon.event_words import MEASURES_OF

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = frozenset({"nsubj", "csubj"})
_RELATIVE = frozenset({"who", "whom", "which", "that"})
_INHERITS = frozenset({"conj", "xcomp", "advcl", "pcomp"})
_LEFT_OUT = frozenset(
    {"det", "predet", "preconj", "cc", "punct", "prep", "mark", "npadvmod", "advmod"}
)
_ASIDE = frozenset({"on", "in", "at"})
_WHEN_WHERE = frozenset({"DATE", "TIME", "GPE", "LOC"})
_DEPTH = 6  # how far up a clause may lend its subject


def lemma(token: Token) -> str:
    """The lemma in lower case; of a plural name too."""
    word = str(token.lemma_).lower()
    if token.tag_ == "NNPS" and word.endswith("s"):
        return word[:-1]
    return word


def passive(verb: Token) -> bool:
    """Whether a verb form is passive: with an auxiliary, or a bare participle."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not _own(verb):
        return passive(verb.head) if verb.head.tag_ == "VBN" else False
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod", "advcl", "relcl"}


def _own(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "dobj", "aux"} for child in verb.children)


def agents(verb: Token) -> Iterator[Token]:
    """Heads of the noun phrases that name who does it."""
    if passive(verb):
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                yield from objects(child)
            elif child.dep_ == "prep" and child.lower_ == "at":
                for hands in objects(child):
                    if lemma(hands) == "hand":
                        yield from after(hands, "of")
        return
    if verb.dep_ == "acl" and verb.tag_ == "VB":  # "the attempt by X to kill him"
        yield from after(verb.head, "by")
        return
    subject = _subject(verb)
    if subject is not None:
        yield from spread(subject)


def patients(verb: Token) -> Iterator[Token]:
    """Heads of the noun phrases that name to whom it is done."""
    if passive(verb):
        subject = _passive_subject(verb)
        if subject is not None:
            yield from spread(subject)
        return
    found = False
    for child in verb.children:
        if child.dep_ in {"dobj", "dative"} and child.pos_ != "ADP":
            found = True
            yield from spread(_antecedent(child))
    if not found and _object_relative(verb):
        yield from spread(verb.head)


def _object_relative(verb: Token) -> bool:
    """Whether a relative clause tells what was done to its head."""
    if verb.dep_ != "relcl" or verb.head.pos_ not in {"NOUN", "PROPN"}:
        return False
    subjects = [child for child in verb.children if child.dep_ in _SUBJECT]
    return bool(subjects) and subjects[0].lower_ not in _RELATIVE


def _passive_subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubjpass":
            return _antecedent(child)
    if verb.dep_ in {"acl", "amod", "relcl"}:
        head: Token = verb.head
        return head
    if verb.dep_ in {"conj", "xcomp", "advcl"} and verb.head.pos_ in {"VERB", "AUX"}:
        above: Token = verb.head
        return _passive_subject(above) or _subject(above)
    return None


def _subject(verb: Token) -> Token | None:
    current = verb
    for _ in range(_DEPTH):
        for child in current.children:
            if child.dep_ in _SUBJECT:
                return _antecedent(child)
            if child.dep_ == "nsubjpass" and current != verb:
                return _antecedent(child)
        if current.dep_ == "acl" and (current != verb or current.tag_ == "VBG"):
            head: Token = current.head
            return head
        if current.dep_ == "pcomp":
            current = current.head
        if current.dep_ not in _INHERITS | {"prep"} or current.head == current:
            return None
        current = current.head
    return None


def _antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; other words stand for themselves."""
    if token.lower_ in _RELATIVE and token.pos_ in {"PRON", "DET", "SCONJ"}:
        for above in token.ancestors:
            if above.dep_ == "relcl":
                head: Token = above.head
                return head
    return token


def objects(preposition: Token) -> Iterator[Token]:
    """Heads of the noun phrases under a preposition."""
    for child in preposition.children:
        if child.dep_ in {"pobj", "pcomp"}:
            yield from spread(child)


def spread(token: Token) -> Iterator[Token]:
    """The head, and the heads coordinated with it; "a group of men" is "men"."""
    for each in (token, *token.conjuncts):
        if each.i < token.i:
            continue
        yield each


def named(head: Token) -> Iterator[Token]:
    """Heads of the names that a noun phrase goes on to give.

    "A reporter, Juan Paz", "a man named Juan Paz", "five people, including Juan Paz",
    "Juan Paz was the man killed".
    """
    if head.dep_ == "attr":
        for child in head.head.lefts:
            if child.dep_ == "nsubj" and child.pos_ == "PROPN":
                yield from spread(child)
    for child in head.rights:
        if child.dep_ == "appos" and child.pos_ == "PROPN":
            yield from spread(child)
        elif child.dep_ == "prep" and child.lower_ == "including":
            yield from objects(child)
        elif child.dep_ == "acl" and child.lower_ in {"named", "called", "identified"}:
            for name in (*child.children, *after(child, "as")):
                if name.pos_ == "PROPN":
                    yield from spread(name)


def counted(token: Token) -> Token:
    """Of "a number of soldiers", the soldiers."""
    if lemma(token) in MEASURES_OF or token.pos_ in {"NUM", "DET"}:
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        return inner
    return token


def after(noun: Token, *prepositions: str) -> Iterator[Token]:
    """Heads of what follows a noun after one of these prepositions."""
    for child in noun.rights:
        if child.dep_ not in {"prep", "agent"}:
            continue
        if child.lower_ in prepositions:
            yield from objects(child)
        elif child.lower_ in _ASIDE:  # "the murder on 26 February in Lima of …"
            for aside in child.children:
                if aside.ent_type_ in _WHEN_WHERE:
                    yield from after(aside, *prepositions)


def phrase(head: Token) -> tuple[Token, Token]:
    """First and last token of the noun phrase, with a following "of …" and no more."""
    first = head
    for child in head.lefts:
        if child.dep_ not in {
            "det",
            "predet",
            "preconj",
            "cc",
            "punct",
            "prep",
            "mark",
        }:
            first = min(first, _leftmost(child), key=lambda token: token.i)
    last = head
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            inner = [each for each in child.children if each.dep_ == "pobj"]
            if inner:
                last = phrase(inner[0])[1]
        break
    return first, last


def _leftmost(token: Token) -> Token:
    edge: Token = token.left_edge
    if edge.dep_ in {"det", "predet", "punct"} and edge.i + 1 <= token.i:
        return edge.nbor(1)
    return edge
