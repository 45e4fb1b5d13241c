"""What kind of thing a claim says: a code of the list claim-kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.lexicon.claim_kinds import (
    CAUSE,
    HARM,
    INTENT,
    INTENT_NOUNS,
    JUDGING,
    JUDGING_VERBS,
    RELATION_NOUNS,
    RELATION_VERBS,
)

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_BE = frozenset({"be", "become", "remain", "represent"})
_MODALS = frozenset(["must", "should", "ought", "might", "may", "could"])
_WANTING = frozenset({"claim.want-to", "claim.noun-to"})


def kind_of(content: Span, *, rule: str = "", own: bool = False) -> str:
    """The kind of the main clause of `content`.

    `own`: the subject is the speaker ("it will …"), so that a future is a plan.
    """
    root = content.root
    words = {token.lower_ for token in content}
    if _is_intention(root, rule, own=own):
        return "intention"
    if words & HARM and _counts(content):
        return "figure"
    if words & CAUSE:
        return "cause"
    return _of_clause(root, words)


def _is_intention(root: Token, rule: str, *, own: bool) -> bool:
    if rule in _WANTING or root.lower_ in INTENT:
        return True
    if root.pos_ == "NOUN" and root.lemma_.lower() in INTENT_NOUNS:
        return True
    return own and any(c.lower_ in {"will", "'ll", "would"} for c in root.children)


def _counts(content: Span) -> bool:
    """Whether a number stands before a noun: "13 soldiers", "dozens of people"."""
    return any(
        (t.like_num or t.lower_ in {"dozens", "scores", "hundreds", "thousands"})
        and t.ent_type_ != "DATE"
        for t in content
    )


def _of_clause(root: Token, words: set[str]) -> str:
    if _is_judgement(root, words):
        return "assessment"
    if root.lower_ in RELATION_VERBS and root.pos_ == "VERB":
        return "relation"
    if root.lemma_ in _BE or root.lemma_ == "have":
        return _of_state(root)
    if root.pos_ not in {"VERB", "AUX"}:
        return "relation" if root.lemma_.lower() in RELATION_NOUNS else "occurrence"
    if any(c.dep_ == "agent" for c in root.children):
        return "role"
    return "occurrence"


def _is_judgement(root: Token, words: set[str]) -> bool:
    if root.lower_ in JUDGING_VERBS:
        return True
    if any(c.lower_ in _MODALS for c in root.children if c.dep_ == "aux"):
        return True
    return root.lemma_ in _BE and bool(words & JUDGING)


def _of_state(root: Token) -> str:
    """X is Y: a relation if Y names one, otherwise an attribute."""
    for child in root.children:
        if child.dep_ not in {"attr", "acomp", "dobj", "prep"}:
            continue
        lemma = child.lemma_.lower()
        if lemma in RELATION_NOUNS:
            return "relation"
        if child.dep_ == "acomp" and lemma == "responsible":
            return "role"
        if any(c.lemma_.lower() in RELATION_NOUNS for c in child.children):
            return "relation"
    return "attribute"
