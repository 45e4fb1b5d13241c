"""What the article says itself: sentences and clauses that have no other speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.claims.modality import modality_of_words
from curation.extraction.claims.pieces import Page, Range, trimmed
from curation.extraction.claims.statements import kind_of
from curation.extraction.documents import Span as Words
from curation.extraction.findings import ActorMention, Claim, Finding, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Span

    from curation.extraction.reading import Reading

_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC"})
_COUNTED = frozenset({"DATE", "CARDINAL", "QUANTITY", "PERCENT", "MONEY"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# "THE PRESIDENT:  Good morning": whose words a transcript gives from here on.
_LABEL = re.compile(
    r"(?:(?P<who>(?:THE|MR|MRS|MS|DR|GEN|SEN|REP|SECRETARY|PRESIDENT|VICE|MINISTER"
    r"|SENATOR|GENERAL|AMBASSADOR|ADMIRAL|SENIOR|CHAIRMAN|GOVERNOR|MODERATOR)\b"
    r"[A-Z.'’ -]{0,40}):|[QA](?::|(?=  ))) +(?=\S)"
)
_SHORTEST = 4  # words; below that it is a remark


def own_statements(
    reading: Reading, pages: list[Page], said: dict[int, list[Range]]
) -> Iterator[Finding]:
    """A finding for each stretch that belongs to no speaker.

    `said` are the tokens of contents and cues by paragraph (index in `pages`).
    """
    actors = sorted(f.span.start for f, _ in reading.of(ActorMention))
    outlet = Speaker(reading.document.outlet, "outlet")
    transcript, speaker = False, None  # in a transcript, and in whose words
    for number, page in enumerate(pages):
        if page.paragraph.kind == "heading":
            continue
        taken = [False] * len(page.doc)
        for words in said.get(number, ()):
            taken[words.first : words.last + 1] = [True] * words.size
        lead = 0
        if label := _LABEL.match(page.doc.text):
            transcript, speaker = True, _labelled(page, label)
            spoken = page.doc.char_span(0, label.end(), alignment_mode="contract")
            lead = len(spoken or ())
            taken[:lead] = [True] * lead
        for sentence in page.doc.sents:
            if not transcript:
                yield from _of_sentence(page, sentence, taken, actors, outlet)
            elif speaker is not None:
                yield from _spoken(
                    page, sentence[max(0, lead - sentence.start) :], taken, speaker
                )


def _labelled(page: Page, label: re.Match[str]) -> tuple[Speaker, Words] | None:
    """Who speaks in a transcript, and the words that say so; nobody for "Q"."""
    if label["who"] is None:
        return None
    start = page.paragraph.start + label.start("who")
    end = page.paragraph.start + label.end("who")
    words = page.paragraph.document.span(start, end, "speaker")
    return Speaker(" ".join(words.text.split()), "described"), words


def _spoken(
    page: Page, sentence: Span, taken: list[bool], by: tuple[Speaker, Words]
) -> Iterator[Finding]:
    """A sentence of a transcript, as what the one says who was announced."""
    if sentence.text.rstrip().endswith("?"):
        return
    for words in _free(page, sentence, taken):
        piece = page.doc[words.first : words.last + 1]
        whole = words.size >= len(sentence) - 2
        if not whole or len(piece) <= _SHORTEST or not _has_finite(piece):
            continue
        claim = Claim(
            attributed=True,
            speaker=by[0],
            quoted="direct",
            modality=modality_of_words(piece),
            polarity="positive",
            statement=kind_of(piece),
        )
        span = page.paragraph.between(piece[0], piece[-1])
        reason = f"a transcript: “{by[0].words}” stands before it"
        yield Finding(claim, (span, by[1]), "claim.transcript", reason)


def _has_finite(piece: Span) -> bool:
    return any(token.tag_ in _FINITE for token in piece)


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
    if len(piece) < _SHORTEST or not _has_finite(piece):
        return None
    if not named:
        return "plain"
    return "event" if types & _COUNTED else "name"
