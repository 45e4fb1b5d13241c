"""Whether a trigger tells of something that happened, or only speaks of such things.

The answer is an event-modality code, or None for what is no event: negated, general,
wished away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.events import clauses
from curation.extraction.events.triggers import Trigger
from curation.extraction.lexicon.event_verbs import SUPPORT
from curation.extraction.lexicon.event_words import (
    COUNTLESS,
    DENY,
    FAILS,
    FUTURE_AUX,
    HYPOTHETICAL_AUX,
    IMPLICATIVE,
    SOME,
    UNREAL_ADJECTIVES,
    UNREAL_NOUNS,
    UNREAL_VERBS,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITION = frozenset(["if", "unless", "whether", "lest"])
_PRESENT = frozenset({"VBZ", "VBP"})
_SPEECH = frozenset({"accusation", "threat"})
_CLIMB = 6
_NOMINAL = frozenset({"NOUN", "PROPN"})


def modality(trigger: Trigger, *, headline: bool) -> str | None:
    """The modality of a trigger; `headline`: in a title or caption, told in present."""
    if _asked(trigger.token):
        return None
    if trigger.noun:
        return _of_noun(trigger.token, headline=headline)
    told = headline or trigger.sense.family in _SPEECH
    return of_verb(trigger.token, headline=told)


def _asked(token: Token) -> bool:
    return str(token.sent.text).rstrip().endswith("?")


def of_verb(verb: Token, *, headline: bool) -> str | None:
    """The modality of a clause by its verb and by the clauses that govern it."""
    own = _own(verb)
    if own is not None:
        return own or None
    if _bare_infinitive(verb) or verb.tag_ in {"VB", "VBG", "VBN"}:
        return _governed(verb, headline=headline)
    if verb.tag_ in _PRESENT and not headline:
        return None
    return _under(verb)


def _own(verb: Token) -> str | None:
    """What the verb's own words say: "" no event, None nothing."""
    progressive = perfect = False
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "nobody", "nothing"}:
            return ""
        if child.dep_ == "mark" and child.lower_ in _CONDITION:
            return "hypothetical"
        if child.dep_ in {"aux", "auxpass"}:
            if child.lower_ in FUTURE_AUX:
                return "predicted"
            if child.lower_ in HYPOTHETICAL_AUX:
                return "hypothetical"
            perfect = perfect or child.lemma_ == "have"
            progressive = progressive or child.lower_ in {"is", "are", "'re", "'s"}
        if child.dep_ in {"nsubj", "nsubjpass"} and _none(child):
            return ""
    if progressive and verb.tag_ == "VBG":
        return "ongoing"
    if perfect or (verb.tag_ == "VBD"):
        return _under(verb) or ""
    return None


def _none(noun: Token) -> bool:
    return any(child.lower_ == "no" for child in noun.lefts)


def _bare_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB"


def _governed(verb: Token, *, headline: bool) -> str | None:
    """The modality of an infinitive, an -ing form or a participle."""
    head = verb.head
    if head is verb:
        return "occurred" if verb.tag_ == "VBN" or headline else None
    if any(child.dep_ == "auxpass" for child in verb.children):
        present = any(
            c.lower_ in {"is", "are"} and c.dep_ == "auxpass" for c in verb.lefts
        )
        if verb.tag_ == "VBN" and (headline or not present):
            return _under(verb)
        if verb.tag_ == "VBN":
            return None
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return of_verb(head, headline=headline)
    if verb.dep_ in {"xcomp", "ccomp", "advcl"}:
        return _complement(verb, headline=headline)
    if verb.dep_ in {"acl", "relcl", "amod"}:
        if verb.tag_ == "VB" or clauses.lemma(head) in UNREAL_NOUNS - {"victim"}:
            return "hypothetical"
        return "occurred"
    if verb.dep_ == "pcomp":
        return _after_preposition(head, headline=headline)
    return _under(verb) if verb.tag_ != "VB" else "hypothetical"


def _complement(verb: Token, *, headline: bool) -> str | None:
    head = verb.head
    lemma = clauses.lemma(head)
    above = of_verb(head, headline=True) if head.pos_ in {"VERB", "AUX"} else "occurred"
    if verb.tag_ == "VB":
        if lemma in FAILS:
            return None
        return (
            above if lemma in IMPLICATIVE and verb.dep_ == "xcomp" else "hypothetical"
        )
    if lemma in UNREAL_VERBS:
        return "hypothetical"
    return above


def _after_preposition(preposition: Token, *, headline: bool) -> str | None:
    if preposition.lower_ == "without":
        return None
    head = preposition.head
    if clauses.lemma(head) in UNREAL_NOUNS | UNREAL_VERBS | FAILS:
        return "hypothetical"
    if head.pos_ in {"VERB", "AUX"} and preposition.lower_ in {"by", "of"}:
        return of_verb(head, headline=headline) or "occurred"
    return "occurred"


def _under(verb: Token) -> str | None:
    """ "occurred", unless a governing clause wishes, fears or denies it."""
    current = verb
    for _ in range(_CLIMB):
        if current.dep_ == "conj":
            current = current.head
            continue
        if current.dep_ not in {"ccomp", "xcomp"} or current.head is current:
            break
        lemma = clauses.lemma(current.head)
        if lemma in DENY:
            return "denied"
        if lemma in {"fear", "hope", "want", "expect", "wish", "urge", "demand"}:
            return "hypothetical"
        current = current.head
    return "occurred"


def _of_noun(noun: Token, *, headline: bool) -> str | None:
    for child in noun.lefts:
        if child.lower_ in COUNTLESS and child.dep_ in {"det", "amod"}:
            return None
        if child.lower_ in UNREAL_ADJECTIVES:
            return "hypothetical"
    governor = noun.head
    if noun.dep_ == "conj":
        return (
            _of_noun(governor, headline=headline)
            if governor.pos_ in _NOMINAL
            else (of_verb(governor, headline=headline))
        )
    if governor is noun:
        return "occurred"
    if noun.dep_ == "pobj":
        return _of_object(noun, governor, headline=headline)
    if governor.pos_ in {"VERB", "AUX"}:
        return _of_argument(noun, governor, headline=headline)
    if clauses.lemma(governor) in UNREAL_NOUNS and noun.dep_ in {"compound", "nmod"}:
        return "hypothetical"
    return "occurred"


def _of_argument(noun: Token, verb: Token, *, headline: bool) -> str | None:
    """A noun that is subject or object of a verb."""
    lemma = clauses.lemma(verb)
    if lemma in UNREAL_VERBS and noun.dep_ in {"dobj", "nsubjpass"}:
        return "occurred" if definite(noun) and _dated(noun) else "hypothetical"
    told = of_verb(verb, headline=True)
    if lemma in SUPPORT or not definite(noun):
        return told
    return "occurred"


def _of_object(noun: Token, preposition: Token, *, headline: bool) -> str | None:
    """A noun after a preposition."""
    governor = preposition.head
    lemma = clauses.lemma(governor)
    if lemma in UNREAL_NOUNS | UNREAL_VERBS and not definite(noun):
        return "hypothetical"
    if preposition.lower_ in {"against", "from", "for", "to"} and not definite(noun):
        return "hypothetical" if noun.tag_ in {"NNS", "NNPS"} else "occurred"
    if governor.pos_ in {"VERB", "AUX"} and not definite(noun):
        return of_verb(governor, headline=True)
    return "occurred"


def definite(noun: Token) -> bool:
    """Whether a noun points to one happening: "the", "this", "Monday's", a name."""
    for child in noun.lefts:
        if child.dep_ == "poss" or child.lower_ in {"the", "this", "these", "those"}:
            return True
        if child.pos_ == "PROPN" or child.ent_type_ in {"DATE", "GPE"}:
            return True
    return False


def _dated(noun: Token) -> bool:
    return any(token.ent_type_ in {"DATE", "TIME"} for token in noun.subtree)


def general(trigger: Trigger) -> bool:
    """Whether a plural noun names a kind of thing: "attacks", "roadside bombings"."""
    noun = trigger.token
    if not trigger.noun or noun.tag_ not in {"NNS", "NNPS"}:
        return False
    if definite(noun) or trigger.sense.family == "talks":
        return False
    if any(child.pos_ == "NUM" or child.lower_ in SOME for child in noun.lefts):
        return False
    return not any(token.ent_type_ in {"DATE", "GPE"} for token in noun.subtree)
