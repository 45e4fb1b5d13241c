"""Which words of a sentence stand for the one who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.claims.pieces import MARKS, Attribution, Range
from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.claim_verbs import SAY
from curation.extraction.lexicon.claim_words import NOUN_THAT, PAPERS, PEOPLE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECT = frozenset({"nsubj", "csubj"})
_CLIMB = frozenset(
    {"conj", "xcomp", "advcl", "acl", "pcomp", "ccomp", "dep", "prep", "parataxis"}
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CUT = frozenset({"relcl", "acl", "advcl"})
_SAYING = lookup(SAY)
_STEPS = 6


def source_words(found: Attribution) -> Range | None:
    """The noun phrase of the speaker, without relative clauses; None if unnamed."""
    if found.source is not None:
        return found.source
    if found.verb is None:
        return None
    noun = speaker_of(found.verb)
    return phrase(noun) if noun is not None else None


def speaker_of(verb: Token) -> Token | None:
    """The noun that does what `verb` says: its own subject or that of its clause."""
    if (name := _beside(verb)) is not None:
        return name
    at = _outermost(verb)
    for _ in range(_STEPS):
        subject = _own(at)
        if subject is not None:
            return _antecedent(subject)
        if at.dep_ in {"acl", "relcl"} and can_speak(at.head):
            return _issuer(at.head) or at.head
        if at.dep_ not in _CLIMB or at.head.i == at.i:
            break
        at = at.head
    return _inverted(verb)


def _beside(verb: Token) -> Token | None:
    """ "…," X also wrote: a name between the quote and a verb without a subject."""
    if any(c.dep_ in _SUBJECT for c in verb.children):
        return None
    at = verb.i - 1
    while at > 0 and verb.doc[at].pos_ in {"ADV", "AUX"}:
        at -= 1
    last = at
    while at > 0 and verb.doc[at].pos_ == "PROPN":
        at -= 1
    name = last > at and verb.doc[at].text in MARKS
    return verb.doc[last] if name else None


def _outermost(verb: Token) -> Token:
    """X said that Y, adding that …: who adds is who said, not the subject of Y."""
    if verb.tag_ != "VBG" or not verb.i or verb.doc[verb.left_edge.i - 1].text != ",":
        return verb
    at = verb
    while at.dep_ in {"advcl", "conj", "ccomp"} and at.head.i < at.i:
        if at.dep_ == "ccomp" and at.head.lower_ in _SAYING:
            return at.head
        at = at.head
    return verb


def can_speak(noun: Token) -> bool:
    """Whether "a … saying that" says it itself: a person, a paper, a name."""
    if noun.pos_ in {"PROPN", "PRON"} or noun.ent_type_ in {"PERSON", "ORG", "NORP"}:
        return True
    lemma = noun.lemma_.lower()
    return lemma in PEOPLE or lemma in PAPERS or lemma in NOUN_THAT


def _issuer(paper: Token) -> Token | None:
    """Who "released a statement saying …": the one whose statement it is."""
    at = paper
    if at.lemma_.lower() not in PAPERS:
        return None
    if at.dep_ == "pobj" and at.head.dep_ == "prep":
        at = at.head
    if at.dep_ not in {"dobj", "prep"} or at.head.pos_ != "VERB":
        return None
    subject = next((c for c in at.head.lefts if c.dep_ == "nsubj"), None)
    return _antecedent(subject) if subject is not None else None


def relative_of(verb: Token) -> Token | None:
    """The "who" in "X, who said …"."""
    return next(
        (c for c in verb.lefts if c.dep_ == "nsubj" and c.lower_ in _RELATIVE), None
    )


def _own(verb: Token) -> Token | None:
    agent = next((c for c in verb.rights if c.dep_ == "agent"), None)
    if agent is not None:
        return next((c for c in agent.rights if c.dep_ == "pobj"), None)
    passive = None
    for child in verb.children:
        if child.dep_ in _SUBJECT:
            return child
        if child.dep_ == "nsubjpass":
            passive = child
    return passive


def _antecedent(subject: Token) -> Token:
    """Whom "who" stands for."""
    if subject.lower_ not in _RELATIVE:
        return subject
    clause = subject.head
    while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else subject


def _inverted(verb: Token) -> Token | None:
    """said X, where the parse makes X something else than the subject."""
    for token in verb.doc[verb.i + 1 : verb.i + 6]:
        if token.pos_ in {"PROPN", "PRON"} and token.head.i in {verb.i, token.i}:
            return token
    return None


def phrase(noun: Token) -> Range:
    """The noun with what belongs to its name, up to a relative clause."""
    doc: Doc = noun.doc
    first, last = noun.left_edge.i, noun.right_edge.i
    for child in noun.rights:
        if child.dep_ in _CUT:
            last = min(last, child.left_edge.i - 1)
    while last > noun.i and doc[last].is_punct:
        last -= 1
    while first < noun.i and (doc[first].is_punct or doc[first].dep_ == "cc"):
        first += 1
    return Range(first, last)
