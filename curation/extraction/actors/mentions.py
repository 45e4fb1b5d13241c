"""A mention while it is being worked on; the extractor makes findings of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curation.extraction.documents import Document


@dataclass
class Mention:
    """Words from `start` to `end` of the document that name an actor.

    `keys` are the known actors that the words may mean, the likeliest first; `who`
    says which mentions name the same ("" as long as nothing is known about it). `weak`
    ones stay only if they turn out to name somebody who is also named otherwise.
    `kind` and `country` are an actor-kind and an ISO 3166-1 alpha-3 code. `rank` says
    which of two overlapping mentions stays: the higher, then the longer.
    """

    start: int
    end: int
    rule: str
    how: str
    reason: str
    keys: tuple[str, ...] = ()
    kind: str | None = None
    country: str | None = None
    who: str = ""
    name: str = ""
    acts: bool = True
    rank: int = 0
    weak: bool = False
    suggested: str | None = None

    def words(self, document: Document) -> str:
        return document.normal[self.start : self.end]

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of which no two share a character, in the order of the text."""
    kept: list[Mention] = []
    taken: set[int] = set()
    best = sorted(mentions, key=lambda m: (-m.rank, m.start - m.end, m.start, m.rule))
    for mention in best:
        places = range(mention.start, mention.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def same(mention: Mention, other: Mention, *, rule: str, how: str, reason: str) -> None:
    """Let `mention` name whoever `other` names, and say why."""
    mention.who, mention.keys = other.who, other.keys
    mention.kind = other.kind or mention.kind
    mention.country = other.country or mention.country
    mention.rule, mention.how, mention.reason = f"actor.{rule}", how, reason
