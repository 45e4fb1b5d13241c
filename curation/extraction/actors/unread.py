"""Names that the tagger passed over and that this article has explained elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.actors.linking import abbreviates
from curation.extraction.actors.mentions import Mention
from curation.extraction.actors.namings import Namings
from curation.extraction.actors.persons import surnames
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN_BRACKETS = re.compile(r" ?\(\"?([A-Z][\w-]{0,8}[A-Z])\"?\)")


def unread(reading: Reading, namings: Namings) -> Iterator[Mention]:
    """Surnames of persons named in full, acronyms behind a name in brackets."""
    people = surnames(namings)
    short = _acronyms(namings)
    if not people and not short:
        return
    for paragraph in reading.paragraphs:
        for token in paragraph.doc:
            if token.text in short:
                kind, how = short[token.text], "acronym"
            elif token.text in people and not _hyphenated(token):
                kind, how = "person", "surname"
            else:
                continue
            start = paragraph.start + token.idx
            yield Mention(
                start,
                start + len(token),
                f"actor.{how}",
                how,
                "a short form of a name in this article",
                kind=kind,
            )


def _acronyms(namings: Namings) -> dict[str, str | None]:
    """Acronyms that stand in brackets behind the name they abbreviate."""
    found = {}
    for mention in namings.mentions:
        if bracket := _IN_BRACKETS.match(namings.normal, mention.end):
            name = namings.normal[mention.start : mention.end]
            if " " in name and abbreviates(bracket[1], name):
                found[bracket[1]] = mention.kind
    return found


def _hyphenated(token: Token) -> bool:
    """Whether the word is half of a name such as "Smith-Jones"."""
    doc, at = token.doc, token.i
    before = at > 1 and doc[at - 1].text == "-" and doc[at - 2].text.istitle()
    behind = (
        at + 2 < len(doc) and doc[at + 1].text == "-" and doc[at + 2].text.istitle()
    )
    return before or behind
