"""Platforms that somebody posts on: "she wrote on Chirper"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.actors.mentions import Mention
from curation.extraction.lexicon.wordlist import word_set
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_POSTING = word_set("post tweet write share upload stream")
_ON = re.compile(r"\bon\b", re.IGNORECASE)
_NO_PLATFORMS = frozenset(
    {"DATE", "TIME", "GPE", "LOC", "NORP", "EVENT", "PERSON", "LAW"}
)


def find(reading: Reading) -> Iterator[Mention]:
    """A name after "posted on", wherever the article has it after "on"."""
    platforms: set[str] = set()
    paragraphs = [p for p in reading.paragraphs if _ON.search(p.text)]
    for paragraph in paragraphs:
        for token in paragraph.doc:
            if _posted_on(token):
                platforms.add(token.text)
    for paragraph in paragraphs if platforms else ():
        for token in paragraph.doc[1:]:
            if token.text in platforms and token.nbor(-1).lower_ == "on":
                yield _platform(paragraph, token)


def _posted_on(token: Token) -> bool:
    """Whether something is posted on it: "she wrote on Chirper"."""
    on = token.head
    if token.dep_ != "pobj" or on.lower_ != "on":
        return False
    verb = on.head.head if on.head.dep_ == "dobj" else on.head
    if verb.lemma_ not in _POSTING:
        return False
    alone = token.i == on.i + 1 and not any(token.children)
    return alone and token.text[:1].isupper() and token.ent_type_ not in _NO_PLATFORMS


def _platform(paragraph: Paragraph, token: Token) -> Mention:
    return Mention(
        paragraph.start + token.idx,
        paragraph.start + token.idx + len(token),
        "actor.platform",
        "name",
        "what somebody posts on",
        kind="company",
        who="name:" + token.lower_,
    )
