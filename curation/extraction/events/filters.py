"""Whether a trigger tells of something that happened, or only speaks of such things.

The answer is an event-modality code, or None for what is no event: negated, general,
wished for or warded off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.events import clauses
from curation.extraction.events.triggers import Trigger
from curation.extraction.lexicon.event_verbs import SUPPORT
from curation.extraction.lexicon.event_words import (
    ATTEMPTED,
    COUNTLESS,
    DENY,
    FUTURE_AUX,
    HYPOTHETICAL_AUX,
    IMPLICATIVE,
    PLANNING,
    POSSIBLE,
    REPORTS,
    SOME,
    TRYING,
    UNREAL_ADJECTIVES,
    UNREAL_NOUNS,
    UNREAL_VERBS,
    WISHING,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITION = frozenset({"if", "unless", "whether", "lest"})
_PRESENT = frozenset({"VBZ", "VBP"})
_SPEECH = frozenset({"accusation", "threat"})
_CLIMB = 6
_NOMINAL = frozenset({"NOUN", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def modality(trigger: Trigger, *, headline: bool) -> str | None:
    """The modality of a trigger; `headline`: in a title or caption, told in present."""
    if str(trigger.token.sent.text).rstrip().endswith("?"):
        return None
    if trigger.noun:
        return _of_noun(trigger.token)
    told = headline or trigger.sense.family in _SPEECH
    found = of_verb(trigger.token, told=told)
    return "denied" if found and _denied(trigger.token) else found


def _denied(verb: Token) -> bool:
    """ "X denied reports that the army bombed villages"."""
    report = verb.head
    if verb.dep_ not in {"acl", "ccomp", "relcl"} or report.dep_ != "dobj":
        return False
    return clauses.lemma(report) in REPORTS and clauses.lemma(report.head) in DENY


def of_verb(verb: Token, *, told: bool) -> str | None:
    """The modality of a clause; `told`: its simple present tells of one event."""
    if _negated(verb):
        return None
    marked = _marked(verb)
    if marked:
        return marked
    if _has(verb, "to") or verb.tag_ == "VB":
        return _infinitive(verb)
    if verb.tag_ == "VBG":
        return _ing(verb, told=told)
    if verb.tag_ == "VBN":
        return _participle(verb, told=told)
    if verb.tag_ in _PRESENT and not told:
        return None
    return _under(verb)


def _has(verb: Token, *words: str) -> bool:
    return any(
        child.dep_ in {"aux", "auxpass"} and child.lower_ in words
        for child in verb.lefts
    )


def _negated(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "nobody", "nothing"}:
            return True
        if child.dep_ in _SUBJECTS and _none(child):
            return True
    return verb.dep_ in {"acl", "relcl"} and _none(verb.head)


def _none(noun: Token) -> bool:
    return any(child.lower_ == "no" for child in noun.lefts)


def _marked(verb: Token) -> str | None:
    """What auxiliaries and conjunctions make of it."""
    for child in verb.lefts:
        if child.dep_ == "mark" and child.lower_ in _CONDITION:
            return "hypothetical"
        if child.dep_ in {"aux", "auxpass"}:
            if child.lower_ in FUTURE_AUX:
                return "predicted"
            if child.lower_ in HYPOTHETICAL_AUX:
                return "hypothetical"
    return None


def _infinitive(verb: Token) -> str | None:
    """Infinitives happened only after verbs such as "manage"; plans are planned."""
    if _has(verb, "have"):
        return _under(verb)
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in _VERBAL:
        return of_verb(head, told=True)
    lemma = clauses.lemma(head)
    if lemma in TRYING and clauses.lemma(verb) in ATTEMPTED:
        return of_verb(head, told=True) if head.pos_ in _VERBAL else "occurred"
    if verb.dep_ in {"xcomp", "ccomp"} and head.pos_ in _VERBAL:
        if lemma in PLANNING:
            return "planned" if not _negated(head) else None
        if lemma in IMPLICATIVE:
            return of_verb(head, told=True)
        return None
    if verb.dep_ == "acl" and lemma in PLANNING:
        return "planned"
    return None


def _ing(verb: Token, *, told: bool) -> str | None:
    head = verb.head
    if _has(verb, "is", "are", "'re", "'s", "been"):
        return "ongoing"
    if _has(verb, "was", "were"):
        return _under(verb)
    if verb.dep_ == "conj" and head.pos_ in _VERBAL and head.tag_ != "VBD":
        return of_verb(head, told=told)
    if verb.dep_ in {"csubj", "nsubj"}:
        return of_verb(head, told=False) if head.pos_ in _VERBAL else None
    if verb.dep_ == "pcomp":
        return _after_preposition(head)
    if verb.dep_ in {"xcomp", "ccomp", "advcl", "dobj"}:
        return _complement(verb)
    if verb.dep_ in {"acl", "relcl"}:
        return None if clauses.lemma(head) in UNREAL_NOUNS else "occurred"
    return "occurred" if told or head != verb else None


def _participle(verb: Token, *, told: bool) -> str | None:
    """Passives, and the bare participles of "people killed by …"."""
    if _has(verb, "have", "has", "had", "having", "'ve", "was", "were", "been"):
        return _under(verb)
    if _has(verb, "being"):
        return "ongoing"
    if _has(verb, "is", "are", "'s", "'re"):
        return _under(verb) if told else None
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in _VERBAL:
        return of_verb(head, told=told)
    if verb.dep_ in {"xcomp", "ccomp", "advcl"}:
        return _complement(verb)
    if verb.dep_ == "pcomp":
        return _after_preposition(head)
    return "occurred"


def _complement(verb: Token) -> str | None:
    """A clause without a finite verb: what its governor makes of it."""
    head = verb.head
    if clauses.lemma(head) in UNREAL_VERBS:
        return None
    return of_verb(head, told=True) if head.pos_ in _VERBAL else "occurred"


def _after_preposition(preposition: Token) -> str | None:
    head = preposition.head
    if preposition.lower_ in {"without", "for", "to", "from", "against"}:
        known = clauses.lemma(head) in {"arrest", "blame", "responsible", "convict"}
        return "occurred" if known else None
    lemma = clauses.lemma(head)
    if lemma in PLANNING:
        return "planned"
    if lemma in UNREAL_NOUNS | UNREAL_VERBS:
        return None
    if head.pos_ in _VERBAL and preposition.lower_ == "by":
        return of_verb(head, told=True)
    return "occurred"


def _under(verb: Token) -> str | None:
    """Happened, unless a governing clause wishes, fears or denies it."""
    current = verb
    for _ in range(_CLIMB):
        head = current.head
        if head == current or current.dep_ not in {"ccomp", "xcomp", "conj"}:
            break
        if current.dep_ != "conj":
            lemma = clauses.lemma(head)
            if lemma in DENY:
                return "denied"
            if lemma in WISHING:
                return "hypothetical"
        current = head
    return "occurred"


def _of_noun(noun: Token) -> str | None:
    for child in noun.lefts:
        if child.lower_ in POSSIBLE:
            return "hypothetical"
        if child.lower_ in COUNTLESS | UNREAL_ADJECTIVES:
            return None
    governor = noun.head
    if governor == noun:
        return "occurred"
    if noun.dep_ == "conj":
        if governor.pos_ in _NOMINAL:
            return _of_noun(governor)
        return of_verb(governor, told=True)
    if noun.dep_ == "pobj":
        return _of_object(noun, governor)
    if governor.pos_ in _VERBAL:
        return _of_argument(noun, governor)
    unreal = clauses.lemma(governor) in UNREAL_NOUNS
    return None if unreal and noun.dep_ in {"compound", "nmod"} else "occurred"


def _of_argument(noun: Token, verb: Token) -> str | None:
    """A noun that is subject or object of a verb."""
    lemma = clauses.lemma(verb)
    if noun.dep_ in {"dobj", "nsubjpass", "xcomp"} and lemma in PLANNING:
        return "planned"
    if noun.dep_ in {"dobj", "nsubjpass"} and lemma in UNREAL_VERBS:
        return "occurred" if definite(noun) and dated(noun) else None
    if lemma in SUPPORT or not definite(noun):
        return of_verb(verb, told=True)
    return "occurred"


def _of_object(noun: Token, preposition: Token) -> str | None:
    """A noun after a preposition."""
    governor = preposition.head
    lemma = clauses.lemma(governor)
    if definite(noun):
        return "occurred"
    if lemma in UNREAL_NOUNS | UNREAL_VERBS | PLANNING:
        return None
    if preposition.lower_ in {"against", "from", "for", "to"}:
        return None if noun.tag_ in {"NNS", "NNPS"} else "occurred"
    if governor.pos_ in _VERBAL:
        return of_verb(governor, told=True)
    return "occurred"


def definite(noun: Token) -> bool:
    """Whether a noun points to one happening: "the", "this", "Monday's", a name."""
    for child in noun.lefts:
        if child.dep_ == "poss" or child.lower_ in {"the", "this", "these", "those"}:
            return True
        if child.pos_ == "PROPN" or child.ent_type_ in {"DATE", "GPE"}:
            return True
    return False


def dated(noun: Token) -> bool:
    """Whether a noun's own phrase says when."""
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
