"""What kind of thing a claim says: a code of the list claim-kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.claims.complements import infinitive
from curation.extraction.lexicon.claim_kinds import (
    BECAUSE,
    CAUSING,
    COUNTED,
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
_MODALS = frozenset({"must", "should", "ought", "might", "may", "could"})
_FUTURE = frozenset({"will", "'ll", "would"})
_WANTING = frozenset({"claim.want-to", "claim.noun-to"})


def kind_of(content: Span, *, rule: str = "", own: bool = False) -> str:
    """The kind of the main clause of `content`.

    `own`: the subject is the speaker ("it will …"), so that a future is a plan.
    """
    root = content.root
    words = {token.lower_ for token in content}
    if rule == "claim.responsibility":
        return "role"
    if _is_intention(root, rule, own=own):
        return "intention"
    if words & HARM and _counts(content):
        return "figure"
    if root.pos_ not in {"VERB", "AUX"}:
        return _of_phrase(root)
    return _of_clause(root, words)


def _is_intention(root: Token, rule: str, *, own: bool) -> bool:
    if rule in _WANTING or root.lower_ in INTENT:
        return True
    if root.pos_ == "NOUN" and root.lemma_.lower() in INTENT_NOUNS:
        return True
    return own and any(c.lower_ in _FUTURE for c in root.lefts)


def _counts(content: Span) -> bool:
    """Whether something is counted: "13 soldiers", "dozens of people"."""
    return any(
        (t.like_num or t.lower_ in COUNTED) and t.ent_type_ != "DATE" for t in content
    )


def _of_phrase(root: Token) -> str:
    """Without a verb: "a sworn enemy", "a great mistake", "the attack on …"."""
    if root.lemma_.lower() in RELATION_NOUNS:
        return "relation"
    if root.pos_ == "ADJ" or root.lower_ in JUDGING:
        return "assessment"
    return "occurrence"


def _of_clause(root: Token, words: set[str]) -> str:
    if _relates(root):
        return "relation"
    if _is_judgement(root, words):
        return "assessment"
    if _is_cause(root):
        return "cause"
    if root.lemma_ not in _BE and root.lemma_ != "have":
        return "occurrence"
    if any(c.dep_ == "acomp" and c.lemma_ == "responsible" for c in root.rights):
        return "role"
    return "attribute"


def _relates(root: Token) -> bool:
    """X leads Y; X is, or has, an enemy."""
    if root.lower_ in RELATION_VERBS and root.pos_ == "VERB":
        return True
    if root.lemma_ not in _BE and root.dep_ != "auxpass" and not _is_passive(root):
        return root.lemma_ == "have" and _has_relation_noun(root)
    return _has_relation_noun(root)


def _is_passive(root: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in root.lefts)


def _has_relation_noun(root: Token) -> bool:
    nouns = [c for c in root.rights if c.dep_ in {"attr", "dobj", "oprd"}]
    return any(
        token.lemma_.lower() in RELATION_NOUNS
        for noun in nouns
        for token in (noun, *noun.lefts)
    )


def _is_judgement(root: Token, words: set[str]) -> bool:
    """A need, a possibility, a condition, a quality that somebody sees in something."""
    if root.lower_ in JUDGING_VERBS:
        return True
    if any(c.lower_ in _MODALS for c in root.lefts if c.dep_ == "aux"):
        return True
    if root.lemma_ == "have" and any(infinitive(c) for c in root.rights):
        return True
    if any(c.dep_ == "expl" for c in root.lefts) and root.lemma_ == "be":
        return True
    if root.lemma_ not in _BE:
        return any(c.dep_ == "advcl" and _is_if(c) for c in root.children)
    return bool(words & JUDGING) or any(
        c.dep_ == "acomp" and c.lemma_ != "responsible" for c in root.rights
    )


def _is_if(clause: Token) -> bool:
    return any(c.lower_ in {"if", "unless"} for c in clause.lefts)


def _is_cause(root: Token) -> bool:
    """X led to Y; Y happened because of X."""
    if root.lower_ in CAUSING:
        return True
    for child in root.children:
        if child.dep_ == "advcl" and any(c.lower_ in BECAUSE for c in child.lefts):
            return True
        if child.dep_ in {"prep", "advmod", "mark"} and child.lower_ in BECAUSE:
            return True
    return False
