"""Claims under nouns and adjectives: "X's claim that …", "X is confident that …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.claims.complements import infinitive
from curation.extraction.claims.pieces import Attribution, Page, Range, trimmed
from curation.extraction.lexicon.claim_words import (
    ADJECTIVE_PREPOSITION,
    ADJECTIVE_THAT,
    GETTING,
    LIGHT,
    NOUN_PREPOSITION,
    NOUN_THAT,
    NOUN_TO,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_BE = frozenset(
    ["be", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "am"]
)


def under_nouns(page: Page) -> Iterator[Attribution]:
    """One attribution for each noun or adjective that names a claim and governs it."""
    for token in page.doc:
        if page.quoted[token.i] >= 0:
            continue
        if token.pos_ == "NOUN":
            found = _noun(page, token)
        elif token.pos_ == "ADJ":
            found = _adjective(page, token)
        else:
            continue
        if found:
            yield found


def _noun(page: Page, noun: Token) -> Attribution | None:
    lemma = noun.lemma_.lower()
    for child in noun.rights:
        if child.dep_ in {"acl", "ccomp", "relcl"}:
            if infinitive(child):
                if lemma in NOUN_TO:
                    return _said(page, noun, child, "noun-to", NOUN_TO[lemma])
            elif lemma in NOUN_THAT and _that(child):
                return _said(page, noun, child, "noun-that", NOUN_THAT[lemma])
        elif child.dep_ == "prep" and lemma in NOUN_PREPOSITION.get(child.lower_, ()):
            return _about(page, noun, child)
    return None


def _that(child: Token) -> bool:
    """Whether the clause begins with "that" and "that" is not its own subject."""
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in child.lefts)


def _adjective(page: Page, adjective: Token) -> Attribution | None:
    if adjective.head.lower_ not in _BE and adjective.dep_ != "acomp":
        return None
    for child in adjective.rights:
        if child.dep_ == "ccomp" and adjective.lower_ in ADJECTIVE_THAT:
            if not infinitive(child):
                return _said(page, adjective, child, "adjective-that", "asserted")
        elif child.dep_ == "prep" and adjective.lower_ in ADJECTIVE_PREPOSITION.get(
            child.lower_, ()
        ):
            return _about(page, adjective, child)
    return None


def _said(
    page: Page, cue: Token, clause: Token, rule: str, modality: str
) -> Attribution | None:
    content = trimmed(page, clause.left_edge.i, clause.right_edge.i)
    return _attribution(page, Range(cue.i, cue.i), cue, content, rule, modality)


def _about(page: Page, cue: Token, preposition: Token) -> Attribution | None:
    """ "criticism of …": from the preposition's object to the end of the phrase."""
    content = trimmed(page, preposition.i + 1, preposition.right_edge.i)
    words = Range(cue.i, preposition.i if preposition.i == cue.i + 1 else cue.i)
    kind = "noun-about" if cue.pos_ == "NOUN" else "adjective-about"
    return _attribution(page, words, cue, content, kind, "asserted")


def _attribution(
    page: Page,
    words: Range,
    cue: Token,
    content: Range | None,
    rule: str,
    modality: str,
) -> Attribution | None:
    if content is None:
        return None
    source, verb = _speaker(cue)
    nobody = source is None and verb is None
    guess = _clause_of(cue) if nobody else None
    return Attribution(
        page.paragraph,
        words,
        [content],
        f"claim.{rule}" + ("-nobody" if nobody else ""),
        f"“{page.doc[words.first : words.last + 1].text}” names what somebody says",
        modality=modality,
        source=source,
        verb=verb if guess is None else guess,
        inferred=guess is not None,
    )


def _speaker(cue: Token) -> tuple[Range | None, Token | None]:
    """Whose it is: "X's claim", "claims by X", "X expressed hope", "X is sure"."""
    for child in cue.children:
        if child.dep_ == "poss":
            last = child.right_edge.i
            if cue.doc[last].tag_ == "POS":
                last -= 1
            return Range(child.left_edge.i, last), None
        if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
            inner = next((c for c in child.rights if c.dep_ == "pobj"), None)
            if inner is not None:
                return Range(inner.left_edge.i, inner.right_edge.i), None
    head = cue.head
    if cue.dep_ == "acomp" or (cue.dep_ == "dobj" and head.lower_ in LIGHT):
        return None, head
    return None, None


def _clause_of(noun: Token) -> Token | None:
    """The verb of the clause with the noun in it: its subject may be the speaker."""
    at = noun
    while at.dep_ in {"pobj", "prep", "conj", "appos"} and at.head.i != at.i:
        at = at.head
    if at.dep_ != "dobj" and at.pos_ == "NOUN":
        return None
    verb = at if at.pos_ == "VERB" else at.head
    return verb if verb.pos_ == "VERB" and verb.lower_ not in GETTING else None
