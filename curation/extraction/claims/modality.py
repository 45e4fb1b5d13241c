"""How surely something is said, and whether it is said to be so or not to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.claims.pieces import Attribution
from curation.extraction.lexicon.claim_inflection import lookup
from curation.extraction.lexicon.claim_words import HEARSAY

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MAYBE = frozenset(["may", "might", "perhaps", "maybe", "possibly"])
_COULD = frozenset({"could"})
_POSSIBLE = frozenset(["possible", "possibility", "likely", "unlikely", "potential"])
_FUTURE = frozenset({"will", "'ll", "wo", "shall", "gon"})
_UNREAL = frozenset({"if", "unless", "otherwise", "whether"})
_HEARSAY_VERBS = frozenset(
    ["report", "say", "allege", "rumor", "rumour", "claim", "believe"]
)
_NOT_SURE = lookup(["think", "believe", "expect"])  # "does not think that" denies
_PAST = frozenset({"did", "was", "were", "has", "have", "had", "never"})
_DENIABLE = frozenset({"occurrence", "role", "relation"})


def modality_of(found: Attribution, content: Span, kind: str) -> str:
    """A code of the list claim modality, after docs/curation-format.md.

    Hearsay about the speaker comes before the cue's own strength, that before the
    wording of the content. What a speaker will do himself is a promise, no prediction.
    """
    if found.rule == "claim.not-said":
        return "hypothetical"
    if found.modality != "asserted":
        return found.modality
    if found.verb is not None and _is_hearsay(found.verb):
        return "reported"
    said = modality_of_words(content)
    return "asserted" if said == "predicted" and kind == "intention" else said


def modality_of_words(content: Span) -> str:
    """What the words themselves say: if, might, will. Judged by the main clause."""
    root = content.root
    words = {token.lower_ for token in content}
    if words & HEARSAY:
        return "reported"
    main = {root.lower_} | {c.lower_ for c in root.children}
    conditional = any(c.dep_ == "advcl" and _is_if(c) for c in root.children)
    if conditional or content[0].lower_ in _UNREAL or main & {"otherwise"}:
        return "hypothetical"
    if main & (_MAYBE | _POSSIBLE):
        return "hinted"
    if main & _COULD:
        return "hypothetical"
    if main & _FUTURE or _going_to(root):
        return "predicted"
    return "asserted"


def polarity_of(found: Attribution, content: Span, kind: str) -> str:
    """Negative: it did not happen, is no such relation, or the speaker doubts it.

    A negation inside an opinion or about the future is a part of what is said.
    """
    verb = found.verb
    if found.negated and verb is not None and verb.lower_ in _NOT_SURE:
        return "negative"
    root = content.root
    negated = any(c.dep_ == "neg" for c in root.lefts)
    past = root.tag_ == "VBD" or any(c.lower_ in _PAST for c in root.lefts)
    if negated and past and kind in _DENIABLE:
        return "negative"
    return "positive"


def _is_if(clause: Token) -> bool:
    return any(c.lower_ in _UNREAL for c in clause.lefts)


def _is_hearsay(verb: Token) -> bool:
    """He is reported to have said …; he reportedly said …"""
    if any(c.lower_ in HEARSAY for c in verb.children):
        return True
    head = verb.head
    return (
        verb.dep_ == "xcomp"
        and head.lemma_.lower() in _HEARSAY_VERBS
        and any(c.dep_ in {"auxpass", "nsubjpass"} for c in head.children)
    )


def _going_to(root: Token) -> bool:
    if root.lower_ == "going":
        return any(c.dep_ == "xcomp" for c in root.children)
    return root.dep_ == "xcomp" and root.head.lower_ == "going"
