"""Finds the words that tell of an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from curation.extraction.events import clauses
from curation.extraction.events.figurative import figurative
from curation.extraction.lexicon.event_triggers import SENSES, Sense
from curation.extraction.lexicon.event_verbs import (
    COMPOUND_NOUNS,
    COMPOUNDS,
    DOER_NOUNS,
    NOUNS,
    PERSON_VERBS,
    PHRASES,
    PLACE_VERBS,
    THING_VERBS,
    VERBS,
)
from curation.extraction.lexicon.event_words import (
    ASSAILANTS,
    COMPLEMENTS,
    EXPLOSIVE,
    GROUND,
    HANDLING,
    OUTLAWS,
    PEOPLE,
    PERSONAL,
    SITES,
    UNSURE_WEAPONS,
    WEAPONS,
)

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ONLY_PLURAL = frozenset({"talk"})
_LONG = 150  # words; longer sentences are looked at for chains
_DEPTH = 60
_BETWEEN = frozenset({"between", "with"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event, the sense it has, and whether it is a noun."""

    token: Token
    sense: Sense
    noun: bool


def triggers(sentence: Span) -> Iterator[Trigger]:
    """The triggers of a sentence, in order."""
    long = len(sentence) > _LONG
    for token in sentence:
        if long and _deep(token):
            continue
        noun = token.pos_ in {"NOUN", "PROPN"} or _gerund_noun(token)
        if noun:
            name = _noun_sense(token)
        elif token.pos_ == "VERB" and token.dep_ != "amod":
            name = _verb_sense(token)
        else:
            continue
        if name and not figurative(token, SENSES[name], sentence, noun=noun):
            yield Trigger(token, SENSES[name], noun)


def _deep(token: Token) -> bool:
    """Whether a word hangs in a chain that no sentence of news has: a list without end,
    which nobody could read up and down its whole length."""
    return next(islice(token.ancestors, _DEPTH, None), None) is not None


def _gerund_noun(token: Token) -> bool:
    return token.tag_ == "VBG" and any(
        child.dep_ in {"det", "poss", "amod"} for child in token.lefts
    )


def _noun_sense(token: Token) -> str | None:
    lemma = clauses.lemma(token)
    if token.dep_ == "compound" and clauses.lemma(token.head) not in SITES:
        return None
    if lemma in COMPOUND_NOUNS:
        for child in token.lefts:
            name = COMPOUNDS.get((clauses.lemma(child), lemma))
            if name:
                return name
    if token.pos_ == "VERB":
        return VERBS.get(lemma)
    if lemma in DOER_NOUNS:
        return DOER_NOUNS[lemma] if _of_somebody(token) else None
    return _plain_noun(token, lemma)


def _of_somebody(doer: Token) -> bool:
    """Whether a murderer is that of a certain victim: "the killers of the priests"."""
    return any(is_person(each) for each in clauses.after(doer, "of"))


def _plain_noun(token: Token, lemma: str) -> str | None:
    name = NOUNS.get(lemma)
    preps = {child.lower_ for child in token.rights if child.dep_ == "prep"}
    if lemma in _ONLY_PLURAL and token.tag_ not in {"NNS", "NNPS"}:
        return None
    if lemma == "death":
        return "killing" if _brought_about(token) else None
    if lemma == "strike":
        return "attack" if preps & {"on", "against"} else None
    if lemma == "attempt":
        killing = any(clauses.lemma(left) == "assassination" for left in token.lefts)
        return name if killing or preps & {"on", "against"} else None
    if lemma in {"fight", "combat"}:
        return name if preps & _BETWEEN else None
    return name


def _brought_about(death: Token) -> bool:
    """Whether a death is told as what somebody or something caused."""
    verb = death.head
    if death.dep_ == "pobj":
        return clauses.lemma(verb.head) in {"result", "responsible", "blame", "lead"}
    return death.dep_ == "dobj" and clauses.lemma(verb) == "cause"


def _verb_sense(token: Token) -> str | None:
    lemma = token.lemma_.lower()
    phrase = _phrase(token, lemma)
    if phrase:
        return phrase
    if lemma in PERSON_VERBS or lemma in PLACE_VERBS or lemma in THING_VERBS:
        name = _by_object(token, lemma)
        if name:
            return name
    return VERBS.get(lemma)


def _phrase(token: Token, lemma: str) -> str | None:
    if token.dep_ == "acl":  # "the bomb placed in the shop"
        name = PHRASES.get((lemma, clauses.lemma(token.head)))
        if name == "bombing":
            return name
    for child in token.children:
        if child.dep_ in COMPLEMENTS:
            name = PHRASES.get((lemma, clauses.lemma(child))) or PHRASES.get(
                (lemma, child.lower_)
            )
            if name:
                return name
        if child.dep_ == "prep":
            for grandchild in child.children:
                words = f"{child.lower_} {grandchild.lower_}"
                if (lemma, words) in PHRASES:
                    return PHRASES[lemma, words]
    return None


def _by_object(token: Token, lemma: str) -> str | None:
    for patient in clauses.patients(token):
        if is_person(patient):
            return PERSON_VERBS.get(lemma)
        if lemma in PLACE_VERBS and is_ground(patient):
            return PLACE_VERBS[lemma]
        if lemma in THING_VERBS:
            return THING_VERBS[lemma]
    return None


def is_person(token: Token) -> bool:
    """Whether a noun is one for people, or a name of nothing else."""
    lemma = clauses.lemma(token)
    if lemma in PEOPLE or lemma in ASSAILANTS or lemma in OUTLAWS:
        return True
    if token.ent_type_ in {"PERSON", "NORP"}:
        return True
    return token.pos_ == "PRON" and token.lower_ in PERSONAL


def is_ground(token: Token) -> bool:
    """Whether a noun is a place that can be held."""
    return clauses.lemma(token) in GROUND or token.ent_type_ in {"GPE", "LOC", "FAC"}


def weapon_mode(token: Token) -> str | None:
    """The PLOVER mode that a weapon stands for."""
    lemma = clauses.lemma(token)
    mode = WEAPONS.get(lemma)
    return mode if lemma not in UNSURE_WEAPONS or _armed(token) else None


def _armed(token: Token) -> bool:
    """Whether a charge is one of dynamite and no accusation, a club no society."""
    for child in token.lefts:
        if clauses.lemma(child) in WEAPONS.keys() | EXPLOSIVE:
            return True
    governor = token.head
    if governor.lower_ == "with":
        return clauses.lemma(governor.head) in HANDLING
    return clauses.lemma(governor) in HANDLING
