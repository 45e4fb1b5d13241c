"""The extractor of claims: attributed ones, then the outlet's own statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curation.extraction.claims.direct import with_cues
from curation.extraction.claims.fronted import (
    beside_sentences,
    headline_verbs,
    in_headings,
)
from curation.extraction.claims.indirect import under_verbs
from curation.extraction.claims.modality import modality_of, polarity_of
from curation.extraction.claims.narrator import own_statements
from curation.extraction.claims.nominal import under_nouns
from curation.extraction.claims.pieces import MARKS, Attribution, Page, Range
from curation.extraction.claims.quotes import page_of
from curation.extraction.claims.speakers import Speakers
from curation.extraction.claims.statements import kind_of
from curation.extraction.findings import Claim, Finding, Speaker

if TYPE_CHECKING:
    from curation.extraction.documents import Span
    from curation.extraction.reading import Reading

_REPLACED = frozenset({"claim.final-say", "claim.say-that", "claim.final-say-loose"})
_OWN = frozenset(["i", "it", "we", "he", "she", "they"])


class Claims:
    """Who says what, by cue words, quotation marks and grammar."""

    name = "claims"
    version = "1"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        pages = [page_of(paragraph) for paragraph in reading.paragraphs]
        speakers = Speakers(reading)
        said: dict[int, list[Range]] = {}
        by_page = []
        for number, page in enumerate(pages):
            before = pages[number - 1] if number else None
            every = [
                (found, *speakers.of(found)) for found in attributions(page, before)
            ]
            by_page.append(every)
            said[number] = [words for found, *_ in every for words in _taken(found)]
        for every in by_page:
            settled = [(found, speakers.settled(found, who)) for found, who, _ in every]
            for (found, who), (_, _, sources), via in zip(
                settled, every, _chains(settled), strict=True
            ):
                yield _finding(found, who, sources, via)
        yield from own_statements(reading, pages, said)


def attributions(page: Page, before: Page | None = None) -> list[Attribution]:
    """All attributions of a paragraph in the order of their cues.

    `before` is the paragraph before it, which may announce who speaks.
    """
    indirect = [
        *under_verbs(page),
        *under_nouns(page),
        *beside_sentences(page),
        *in_headings(page),
        *headline_verbs(page),
    ]
    direct = with_cues(page, indirect, before)
    used = {f.verb.i for f in direct if f.verb is not None and not f.inferred}
    kept = [
        found
        for found in indirect
        if found.verb is None or found.verb.i not in used or found.rule not in _REPLACED
    ]
    return sorted(kept + direct, key=_place)


def _place(found: Attribution) -> tuple[int, int]:
    at = found.cue or found.content[0]
    return at.first, at.last


def _chains(every: list[tuple[Attribution, Speaker]]) -> list[tuple[Speaker, ...]]:
    """For each attribution, in whose words its cue stands; outermost first."""
    chains = []
    for found, speaker in every:
        outer = [
            (other.content[0].size, passes_on)
            for other, passes_on in every
            if other is not found
            and found.cue is not None
            and passes_on.how != "unknown"
            and passes_on != speaker
            and any(words.holds(found.cue) for words in other.content)
        ]
        outer.sort(key=lambda each: -each[0])
        chains.append(tuple(passes_on for _, passes_on in outer))
    return chains


def _taken(found: Attribution) -> list[Range]:
    taken = list(found.content)
    if found.cue:
        taken.append(found.cue)
    return taken


def _finding(
    found: Attribution,
    speaker: Speaker,
    sources: tuple[Span, ...],
    via: tuple[Speaker, ...],
) -> Finding:
    paragraph = found.paragraph
    doc = paragraph.doc
    main = found.content[0]
    content = doc[main.first : main.last + 1]
    spans: list[Span] = [
        paragraph.between(doc[r.first], doc[r.last], "content" if n else "")
        for n, r in enumerate(found.content)
    ]
    cue = ""
    if found.cue:
        cue = doc[found.cue.first : found.cue.last + 1].text
        spans.append(
            paragraph.between(doc[found.cue.first], doc[found.cue.last], "cue")
        )
    spans += sources
    kind = kind_of(content, rule=found.rule, own=content[0].lower_ in _OWN)
    claim = Claim(
        attributed=True,
        speaker=speaker,
        quoted=_quoted(found),
        modality=modality_of(found, content, kind),
        polarity=polarity_of(found, content, kind),
        statement=kind,
        cue=cue,
        via=via,
    )
    return Finding(claim, tuple(spans), found.rule, found.reason)


def _quoted(found: Attribution) -> str:
    if found.direct:
        return "direct"
    doc = found.paragraph.doc
    marked = any(
        token.text in MARKS
        for words in found.content
        for token in doc[words.first : words.last + 1]
    )
    return "mixed" if marked else "indirect"
