"""Findings of several extractors that say the same become one item. Pure.

Two findings belong together when they are of one kind, share enough of their words
(span F1 of at least SHARED, in characters) and their fields can both be right: no code
or key in one that another contradicts. Nothing is dropped: an item keeps every finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from curation.extraction.documents import Span
from curation.extraction.findings import (
    ActorMention,
    Claim,
    DateMention,
    Event,
    Fields,
    Figure,
    Finding,
    Office,
    Pair,
    PlaceMention,
    Structure,
)

SHARED = 0.5
SHELF = 128  # characters; only findings that stand near each other are compared


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide on: its findings, the best first."""

    findings: tuple[Finding, ...]

    @property
    def best(self) -> Finding:
        return self.findings[0]

    @property
    def score(self) -> float:
        """That of the best finding; two that agree are not added up."""
        return self.best.score or 0.0

    @property
    def proposed_by(self) -> tuple[str, ...]:
        """The extractors behind it, each once, the best first."""
        return tuple(dict.fromkeys(each.extractor for each in self.findings))


def group(findings: Iterable[Finding]) -> list[Item]:
    """Items in the order of the text. A finding joins the best item that it fits.

    One extractor is taken at its word: two findings of the same extractor and version
    never become one item.
    """
    shelves: dict[tuple[str, int], list[list[Finding]]] = defaultdict(list)
    items: list[list[Finding]] = []
    for finding in sorted(findings, key=_rank):
        covered = list(_covered(finding))
        near = {id(item): item for key in covered for item in shelves[key]}
        home = max(
            (item for item in near.values() if _fits(item, finding)),
            key=lambda item: shared(item[0].span, finding.span),
            default=None,
        )
        if home is not None:
            home.append(finding)
            continue
        items.append([finding])
        for key in covered:
            shelves[key].append(items[-1])
    items.sort(key=lambda item: (item[0].span.start, item[0].span.end, item[0].kind))
    return [Item(tuple(item)) for item in items]


def _covered(finding: Finding) -> Iterator[tuple[str, int]]:
    """The shelves of its kind that a finding's words stand on."""
    first, last = finding.span.start // SHELF, (finding.span.end - 1) // SHELF
    return ((finding.kind, shelf) for shelf in range(first, last + 1))


def _rank(finding: Finding) -> tuple[float, int, int, str]:
    span = finding.span
    return -(finding.score or 0.0), span.start, span.end, finding.extractor


def _fits(item: list[Finding], finding: Finding) -> bool:
    best = item[0]
    return (
        shared(best.span, finding.span) >= SHARED
        and compatible(best.fields, finding.fields)
        and all(_source(each) != _source(finding) for each in item)
    )


def _source(finding: Finding) -> tuple[str, str]:
    return finding.extractor, finding.version


def shared(one: Span, other: Span) -> float:
    """The F1 of two spans: twice what they share over what they have together."""
    common = min(one.end, other.end) - max(one.start, other.start)
    lengths = one.end - one.start + other.end - other.start
    return max(0.0, 2 * common / lengths)


def compatible(one: Fields, other: Fields) -> bool:
    """Whether two findings can both be right; what one does not know cannot clash."""
    if type(one) is not type(other):
        return False
    return all(
        mine is None or theirs is None or mine == theirs
        for mine, theirs in zip(_decisive(one), _decisive(other), strict=True)
    )


def _decisive(fields: Fields) -> tuple[object, ...]:
    """The values in which two findings of one thing must not differ."""
    match fields:
        case Structure():
            return (fields.part,)
        case ActorMention():
            return (fields.actor,)
        case Office():
            return (fields.relation,)  # clusters are numbered by each extractor
        case PlaceMention():
            return fields.place, fields.entry
        case DateMention():
            return fields.earliest, fields.latest
        case Figure():
            bounds = (fields.low, fields.high)
            return fields.measure, fields.group, bounds, fields.implicit
        case Claim():
            return fields.attributed, fields.polarity, fields.speaker.actor
        case Event():
            return fields.type, fields.linked
        case Pair():
            place = (fields.other_start, fields.other_end)
            return fields.relation, fields.other, place
