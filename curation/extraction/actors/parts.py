"""Parts of a group without a name of their own: "the main faction", "its Oslo wing"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.actors.mentions import Mention
from curation.extraction.lexicon.demonyms import ADJECTIVES
from curation.extraction.lexicon.wordlist import word_set
from curation.extraction.parsing import Paragraph
from curation.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

# Of the parts of something, there is one that these are said of.
_LEADING = word_set("main largest biggest strongest dominant")
_SINGLING = _LEADING | word_set(
    "breakaway splinter hardline moderate ruling smaller smallest rival"
)
_DEFINITE = word_set("faction wing branch bloc camp group")
_OWNED = word_set("network wing branch cell chapter affiliate offshoot faction")
_OWNERS = word_set("its their")
_PARTS = re.compile("|".join(sorted(_DEFINITE | _OWNED)), re.IGNORECASE)
_FACTIONS = re.compile(r"\bfactions\b", re.IGNORECASE)
# After these a part is only told to be somebody who is named there.
_TOLD = frozenset({",", "as", "is", "was", "-", "–", "—", "("})


def find(reading: Reading) -> Iterator[Mention]:
    """Parts that an adjective or a place tells from the other parts."""
    plural = any(_FACTIONS.search(p.text) for p in reading.paragraphs)
    for paragraph in reading.paragraphs:
        if not _PARTS.search(paragraph.text):
            continue
        for token in paragraph.doc[2:]:
            if token.lower_ in _DEFINITE and (plural or _of(token)):
                yield from _singled_out(paragraph, token)
            if token.lower_ in _OWNED:
                yield from _owned(paragraph, token)


def _of(token: Token) -> bool:
    """Whether it is said whose part it is: "of the Birch group"."""
    whose = token.doc[token.i + 2 : token.i + 4]
    after = token.doc[token.i + 1 : token.i + 2].text
    return after == "of" and any(word.text[0].isupper() for word in whose)


def _singled_out(paragraph: Paragraph, token: Token) -> Iterator[Mention]:
    """ "The main faction": of several that the article names, or "of" somebody."""
    adjective, article = token.nbor(-1), token.nbor(-2)
    if adjective.lower_ in _SINGLING and article.lower_ == "the":
        said = "leading" if adjective.lower_ in _LEADING else adjective.lower_
        reason = f"“{adjective.text}” says which of several"
        yield _part(paragraph, (article, token), "part-singled-out", said, reason)


def _owned(paragraph: Paragraph, token: Token) -> Iterator[Mention]:
    """ "Its Oslo network", "the party's Danish wing"; told apart by a place."""
    where, owner = token.nbor(-1), token.nbor(-2)
    placed = where.text in ADJECTIVES or where.ent_type_ in {"GPE", "LOC"}
    if not placed or not (owner.lower_ in _OWNERS or owner.text in {"'s", "'"}):
        return
    if token.dep_ != "appos" and _opens(owner).text not in _TOLD:
        said = f"{where.lower_} {token.lower_}"
        reason = f"a {token.lower_} of somebody, told by where it is"
        yield _part(paragraph, (where, token), "part-owned", said, reason)


def _opens(owner: Token) -> Token:
    """The token before the words that say whose it is."""
    at = owner.i
    if owner.lower_ not in _OWNERS:
        at = min(owner.head.left_edge.i, at - 1)
    return owner.doc[max(0, at - 1)]


def _part(
    paragraph: Paragraph, ends: tuple[Token, Token], rule: str, said: str, reason: str
) -> Mention:
    first, last = ends
    return Mention(
        paragraph.start + first.idx,
        paragraph.start + last.idx + len(last),
        f"actor.{rule}",
        "description",
        reason,
        kind="faction",
        who=f"part:{said}",
    )
