"""What the article says itself: sentences and clauses that have no other speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.claims.modality import modality_of_words
from curation.extraction.claims.pieces import Page, Range, trimmed
from curation.extraction.claims.statements import kind_of
from curation.extraction.findings import ActorMention, Claim, Finding, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Span

    from curation.extraction.reading import Reading

_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC"})
_COUNTED = frozenset({"DATE", "CARDINAL", "QUANTITY", "PERCENT", "MONEY"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SHORTEST = 4  # words; below that it is a remark


def own_statements(
    reading: Reading, pages: list[Page], said: dict[int, list[Range]]
) -> Iterator[Finding]:
    """A finding for each stretch that belongs to no speaker.

    `said` are the tokens of contents and cues by paragraph (index in `pages`).
    """
    actors = sorted(f.span.start for f, _ in reading.of(ActorMention))
    outlet = Speaker(reading.document.outlet, "outlet")
    for number, page in enumerate(pages):
        if page.paragraph.kind == "heading":
            continue
        taken = [False] * len(page.doc)
        for words in said.get(number, ()):
            taken[words.first : words.last + 1] = [True] * words.size
        for sentence in page.doc.sents:
            yield from _of_sentence(page, sentence, taken, actors, outlet)


def _of_sentence(
    page: Page,
    sentence: Span,
    taken: list[bool],
    actors: list[int],
    outlet: Speaker,
) -> Iterator[Finding]:
    if sentence.text.rstrip().endswith("?"):
        return
    for words in _free(page, sentence, taken):
        piece = page.doc[words.first : words.last + 1]
        rule = _rule(page, piece, actors, whole=words.size >= len(sentence) - 2)
        if rule is None:
            continue
        claim = Claim(
            attributed=False,
            speaker=outlet,
            quoted="indirect",
            modality=modality_of_words(piece),
            polarity="positive",
            statement=kind_of(piece),
        )
        span = page.paragraph.between(piece[0], piece[-1])
        yield Finding(claim, (span,), f"claim.own-{rule}", _WHY[rule])


def _free(page: Page, sentence: Span, taken: list[bool]) -> Iterator[Range]:
    """The stretches of a sentence that no attribution has taken."""
    start = None
    for i in range(sentence.start, sentence.end + 1):
        if i < sentence.end and not taken[i]:
            start = i if start is None else start
        elif start is not None:
            if words := trimmed(page, start, i - 1):
                yield words
            start = None


def _says_something(piece: Span) -> bool:
    """Whether it has a verb with its subject, or says who a name is: "X, a chief"."""
    if len(piece) < _SHORTEST:
        return False
    for token in piece:
        if token.dep_ == "appos" and token.head in piece:
            return True
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head in piece:
            return True
        if token.ent_type_ == "PERSON" and any(
            c.dep_ == "compound" and not c.ent_type_ for c in token.lefts
        ):
            return True  # with a title before it: "Army General Miller"
    return piece[0].tag_ == "VBG"  # "Speaking at a conference in Kabul"


_WHY = {
    "event": "a sentence of the article itself with a name and a day or a number",
    "name": "a sentence of the article itself with a name",
    "plain": "a sentence of the article itself",
    "aside": "the article’s own words beside what somebody says",
}


def _rule(page: Page, piece: Span, actors: list[int], *, whole: bool) -> str | None:
    types = {token.ent_type_ for token in piece}
    named = bool(types & _NAMES)
    if not whole:
        return "aside" if named and _says_something(piece) else None
    if len(piece) < _SHORTEST or not any(t.tag_ in _FINITE for t in piece):
        return None
    if not named:
        return "plain"
    return "event" if types & _COUNTED else "name"
