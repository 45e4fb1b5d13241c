"""What the words beside a person's name say the person is: ", an analyst"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.extraction.lexicon.claim_verbs import QUOTE, SAY, THINK
from curation.extraction.lexicon.titles import HONORIFICS, OFFICES, RANKS, TITLE_NOUNS
from curation.extraction.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = frozenset(SAY) | frozenset(QUOTE) | frozenset(THINK)
_BEFORE, _AFTER = 4, 14
_OTHER = frozenset({"VERB", "AUX", "CCONJ", "PRON", "SCONJ"})
NOUNS = frozenset(OFFICES) | TITLE_NOUNS | RANKS - {"first", "second", "chief", "major"}


def roles(paragraph: Paragraph, start: int, end: int) -> set[str]:
    """The nouns for offices beside the name that stands from `start` to `end`."""
    tokens = paragraph.tokens(start, end)
    if tokens is None:
        return set()
    doc = paragraph.doc
    found = set()
    for index in range(tokens.start - 1, max(-1, tokens.start - 1 - _BEFORE), -1):
        word = doc[index].lower_.rstrip(".")
        if (doc[index].is_punct and word != "-") or doc[index].pos_ in _OTHER:
            break
        if word in NOUNS and word not in HONORIFICS:
            found.add(word)
    if tokens.end < len(doc) and doc[tokens.end].text in {",", "("}:
        for token in doc[tokens.end + 1 : tokens.end + _AFTER]:
            if token.text in {",", ".", ";", ")"} or token.pos_ == "VERB":
                break
            if token.lower_ in NOUNS:
                found.add(token.lower_)
    return found


def is_subject(token: Token) -> bool:
    """Whether the word is the subject of a verb."""
    return token.dep_ in {"nsubj", "nsubjpass"} and token.head.pos_ in {"VERB", "AUX"}


def says(token: Token) -> bool:
    """Whether the word is the subject of a verb of saying or thinking."""
    return is_subject(token) and token.head.lemma_.lower() in _SAYING
