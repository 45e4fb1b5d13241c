"""Which verb with which complement makes an attribution, and how sure the words are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from curation.extraction.claims.complements import Complement
from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.claim_verbs import (
    AS,
    FINAL,
    IMPERSONAL,
    OBJECT,
    PREPOSITION,
    QUOTE,
    SAY,
    SHOW,
    THINK,
    WILL,
)
from curation.extraction.lexicon.claim_words import NOUN_PREPOSITION, NOUN_THAT

if TYPE_CHECKING:
    from spacy.tokens import Token

ALL = lookup(
    {
        *SAY, *QUOTE, *THINK, *SHOW, *WILL, *OBJECT, *AS, *IMPERSONAL,
        *(verb for verbs in PREPOSITION.values() for verb in verbs),
    }
)  # fmt: skip


class Cue(NamedTuple):
    rule: str
    modality: str
    reason: str


# frame -> the lists of it: rule, verbs, reason (with the cue's words put in).
_LISTS: Mapping[str, list[tuple[str, Mapping[str, str], str]]] = {
    "that": [
        ("claim.say-that", SAY, "“{cue}” with what was said"),
        ("claim.think-that", THINK, "“{cue}” with what somebody thinks"),
        ("claim.show-that", SHOW, "“{cue}” with what was found"),
    ],
    "left": [
        ("claim.final-say", FINAL, "the sentence ends with “{cue}”"),
    ],
    "to": [("claim.want-to", WILL, "“{cue}” with what somebody wants to be done")],
    "ing": [("claim.want-to", WILL, "“{cue}” with what somebody wants to be done")],
    "as": [("claim.as", AS, "“{cue} … as”: what somebody sees something as")],
}


def cue_of(verb: Token, complement: Complement) -> Cue | None:
    """What `verb` does with this complement; None if it reports nothing."""
    lemma = ALL[verb.lower_]
    frame = complement.frame
    if frame == "object":
        return _of_object(verb, lemma, complement)
    for rule, verbs, reason in _LISTS.get(frame, []):
        if lemma in verbs:
            return Cue(rule, verbs[lemma], reason)
    if lemma in PREPOSITION.get(frame, {}):
        return Cue(
            "claim.preposition",
            PREPOSITION[frame][lemma],
            f"“{{cue}} {frame}” with what it is about",
        )
    return None


def _names_a_claim(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return any(
        lemma in NOUN_PREPOSITION.get(child.lower_, ())
        or (child.dep_ in {"acl", "ccomp"} and lemma in NOUN_THAT)
        for child in noun.rights
    )


def _of_object(verb: Token, lemma: str, complement: Complement) -> Cue | None:
    words = verb.doc[complement.words.first : complement.words.last + 1]
    if lemma == "claim" and words.root.lower_ in {"responsibility", "credit"}:
        return Cue("claim.responsibility", "asserted", "“{cue}” for what was done")
    if lemma == "point" and not any(c.lower_ == "out" for c in verb.rights):
        return None
    if lemma in {"express", "voice"} and _names_a_claim(words.root):
        return None  # found under the noun: "expressed hope for …"
    if lemma in OBJECT:
        return Cue("claim.object", OBJECT[lemma], "“{cue}” with what it is about")
    if lemma in AS and any(t.lower_ == "as" and t.dep_ == "prep" for t in words):
        return Cue("claim.as", AS[lemma], "“{cue} … as”: what somebody sees it as")
    return None
