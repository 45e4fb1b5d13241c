"""Whether a word for an event is meant otherwise, as ordinary news often has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from curation.extraction.events import clauses
from curation.extraction.lexicon.event_figures import (
    DISASTERS,
    FIGURATIVE_SUBJECTS,
    GAMES,
    HELD,
    IN_WORDS,
    NO_HARM,
    NUMBERS,
    PRIZES,
    RIVALS,
)
from curation.extraction.lexicon.event_triggers import Sense
from curation.extraction.lexicon.event_words import GROUND, PEOPLE, PERSONAL

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CAUSES = frozenset({"in", "by", "from", "after", "during", "of", "with", "under"})
_MONTH_BEFORE = frozenset(
    {"in", "of", "since", "until", "by", "last", "this", "next", "late", "early", "on"}
)
# What players do to each other; bombs at a game are bombs.
_PLAYED = frozenset({"attack", "fighting", "beating", "shooting", "defeat"})
_ENTITIES = frozenset({"PERSON", "NORP"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def figurative(token: Token, sense: Sense, sentence: Span, *, noun: bool) -> bool:
    """Whether the word tells of no such event: another sense of it is meant."""
    if noun and token.text == "March" and _is_month(token):
        return True
    if sense.name in _PLAYED and _in_game(sentence):
        return True
    if sense.type == "ASSAULT":
        return not noun and _harmless(token)
    check = _CHECKS.get(sense.name)
    return check is not None and check(token, noun)


def _is_month(token: Token) -> bool:
    """ "March 20", "in March"; a march has its own name before it."""
    if token.ent_type_ == "DATE":
        return True
    before = token.nbor(-1) if token.i else None
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    if after is not None and after.like_num:
        return True
    return before is not None and (before.lower_ in _MONTH_BEFORE or before.like_num)


def _in_game(sentence: Span) -> bool:
    return any(word.lower_ in GAMES for word in sentence)


def _harmless(verb: Token) -> bool:
    """Whether a verb of violence has a doer or a sufferer that makes it none."""
    lemma = clauses.lemma(verb)
    patients = list(clauses.patients(verb))
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if any(clauses.lemma(each) in DISASTERS for each in (*subjects, *_causes(verb))):
        return True
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and _disaster(verb.head):
        return True
    if any(child.lower_ in IN_WORDS for child in verb.children):
        return True
    if patients and all(clauses.lemma(each) in NO_HARM for each in patients):
        return True
    told = patients or (subjects if lemma in {"explode", "bomb"} else [])
    if told and all(clauses.lemma(each) in FIGURATIVE_SUBJECTS for each in told):
        return True
    if lemma != "beat" or not patients:
        return False
    return not any(is_somebody(each) for each in patients)


def _disaster(verb: Token) -> bool:
    """ "the town was destroyed by an earthquake, killing hundreds"."""
    causes = (*clauses.agents(verb), *_causes(verb))
    return any(clauses.lemma(each) in DISASTERS for each in causes)


def is_somebody(token: Token) -> bool:
    """Whether a noun names people who are no opponents and no numbers."""
    lemma = clauses.lemma(token)
    if lemma in RIVALS | NUMBERS:
        return False
    if lemma in PEOPLE or token.ent_type_ in _ENTITIES:
        return True
    return token.pos_ == "PROPN" or token.lower_ in PERSONAL


def _causes(verb: Token) -> Iterator[Token]:
    """ "died in an earthquake", "were killed by the storm"."""
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in _CAUSES:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _no_release(token: Token, noun: bool) -> bool:
    """Whether something else than people is let go: a song, a report, figures."""
    if not noun:
        patients = list(clauses.patients(token))
        return bool(patients) and not any(is_somebody(each) for each in patients)
    whose = [c for c in token.lefts if c.dep_ == "poss"]
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            whose += [c for c in child.children if c.dep_ == "pobj"]
        elif child.dep_ == "compound":
            return clauses.lemma(child) not in HELD
    if not whose:
        return False
    return all(each.lower_ == "its" or not _is_held(each) for each in whose)


def _is_held(token: Token) -> bool:
    if token.lower_ in {"his", "her", "their", "my", "our"} or _counted(token):
        return True
    return is_somebody(token)


def _counted(token: Token) -> bool:
    return any(is_somebody(c) for c in clauses.after(token, "of"))


def _no_seizure(token: Token, noun: bool) -> bool:
    """Whether a medal, a mood or an opportunity is what is seized."""
    taken = list(clauses.after(token, "of")) if noun else list(clauses.patients(token))
    return bool(taken) and any(clauses.lemma(each) in PRIZES for each in taken)


def _no_evacuation(token: Token, noun: bool) -> bool:
    """Whether neither people nor a place are evacuated."""
    taken = list(clauses.after(token, "of") if noun else clauses.patients(token))
    return bool(taken) and not any(
        is_somebody(each)
        or clauses.lemma(each) in GROUND
        or each.ent_type_ in _PLACES
        or each.like_num
        for each in taken
    )


_CHECKS: Mapping[str, Callable[[Token, bool], bool]] = {
    "release": _no_release,
    "seizure": _no_seizure,
    "takeover": _no_seizure,
    "evacuation": _no_evacuation,
}
