"""Pairs as findings: what an article has in common with those read before it. Pure.

Whoever runs it keeps the index and hands in stored statements; nothing is fetched here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from curation.extraction.documents import Document, Span
from curation.extraction.findings import Finding, Pair
from curation.extraction.pairing.claims import ClaimMatch, compare_claims
from curation.extraction.pairing.conflicts import conflicts
from curation.extraction.pairing.digests import digest
from curation.extraction.pairing.index import Index
from curation.extraction.pairing.scores import Match
from curation.extraction.pairing.statements import Statement, statements
from curation.extraction.plugins import Embed
from curation.extraction.reading import Reading


class Stored(Protocol):
    """Where the claims of other articles come from."""

    def __call__(
        self, *, articles: Collection[str], events: Collection[str]
    ) -> Iterable[Statement]:
        """The statements of these articles and those about these events."""


def nothing_stored(
    *, articles: Collection[str], events: Collection[str]
) -> Iterable[Statement]:
    return ()


class Pairing:
    """Finds articles and claims that belong with those of `index`; runs last."""

    name = "pairing"
    version = "1"

    def __init__(
        self,
        index: Index,
        *,
        stored: Stored = nothing_stored,
        groups: Mapping[str, str | None] | None = None,
        embed: Embed | None = None,
    ) -> None:
        self.index = index
        self.stored = stored
        self.groups = groups or {}
        self.embed = embed

    def extract(self, reading: Reading) -> Iterator[Finding]:
        document = reading.document
        new = digest(document, reading.findings, embed=self.embed)
        matches = self.index.matches(new)
        yield from article_findings(document, matches)
        own = statements(document, reading.findings)
        articles = {match.other for match in matches}
        events = {each.event for each in own if each.event}
        others: Iterable[Statement] = ()
        if articles or events:  # asking for nothing costs as much as asking
            others = self.stored(articles=articles, events=events)
        others = [each for each in others if each.document != document.id]
        yield from self._claims(document, own, others)

    def _claims(
        self, document: Document, own: list[Statement], others: list[Statement]
    ) -> Iterator[Finding]:
        found = compare_claims(
            own, [*own, *others], self.index.frequencies, embed=self.embed
        )
        found += conflicts([*own, *others], self.groups)
        for match in found:
            if document.id in {match.one.document, match.other.document}:
                yield claim_finding(document, match)


def article_findings(document: Document, matches: Iterable[Match]) -> Iterator[Finding]:
    """One finding for each match of this article; it rests on the article's title."""
    span = opening(document)
    if span is None:
        return
    for match in matches:
        yield Finding(
            Pair(match.relation, match.other, match.why),
            (span,),
            f"pair.{match.relation.replace('_', '-')}",
            match.why,
            match.score,
        )


def opening(document: Document) -> Span | None:
    """The title's words, or those of the first part that has sentences."""
    parts = document.parts(("title",)) or document.parts()
    for part in parts:
        words = document.text[part.start : part.end]
        if words.strip():
            start = part.start + len(words) - len(words.lstrip())
            return document.span(start, start + len(words.strip()))
    return None


def claim_finding(document: Document, match: ClaimMatch) -> Finding:
    """The finding for two claims, one of which at least stands in `document`."""
    own, other = match.one, match.other
    if own.document != document.id:
        own, other = other, own
    return Finding(
        Pair(match.relation, other.document, match.why, other.start, other.end),
        (document.span(own.start, own.end),),
        f"pair.{match.rule}",
        match.why,
    )
