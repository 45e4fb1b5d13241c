"""Who is named where pictures come from and where something was posted."""

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

_CREDIT = re.compile(
    r"^(?:file )?(?:image|photo|photograph|picture)s?(?: credit| source| by)?: ?"
    r"(?:[^/|:\n]{1,40}[/|] ?)?(?P<name>[A-Z][\w&.-]+(?: [A-Z][\w&.-]+){0,2})[.)]?$",
    re.IGNORECASE | re.MULTILINE,
)
_POSTING = word_set("post tweet write share upload stream")
_NO_PLATFORMS = frozenset(
    {"DATE", "TIME", "GPE", "LOC", "NORP", "EVENT", "PERSON", "LAW"}
)


def find(reading: Reading) -> Iterator[Mention]:
    """Agencies in picture credits, and platforms that somebody posts on."""
    platforms: set[str] = set()
    for paragraph in reading.paragraphs:
        yield from _credited(paragraph)
        for token in paragraph.doc:
            if _posted_on(token):
                platforms.add(token.text)
    for paragraph in reading.paragraphs:
        for token in paragraph.doc[1:]:
            if token.text in platforms and token.nbor(-1).lower_ == "on":
                yield _platform(paragraph, token)


def _credited(paragraph: Paragraph) -> Iterator[Mention]:
    for found in _CREDIT.finditer(paragraph.doc.text):
        if found["name"][0].isupper() and not found["name"].isupper():
            yield Mention(
                paragraph.start + found.start("name"),
                paragraph.start + found.end("name"),
                "actor.credited",
                "name",
                "named as the source of a picture",
                kind="outlet",
                who="name:" + found["name"].lower(),
            )


def _posted_on(token: Token) -> bool:
    """Whether something is posted on it: "she wrote on Chirper"."""
    on = token.head
    if token.dep_ != "pobj" or on.lower_ != "on" or on.head.lemma_ not in _POSTING:
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
