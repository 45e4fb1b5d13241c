"""Claims and figures, as far as they are compared across articles. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from curation.extraction.documents import Document
from curation.extraction.findings import (
    ActorMention,
    Claim,
    Event,
    Figure,
    Finding,
    Speaker,
)

Named = tuple[int, int, str]  # start, end, key of the actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one claim says, from a finding or from a stored claim.

    `start` and `end` are its words in the article `document`. `speaker` is "=key" of a
    known actor, otherwise the words for a named speaker, "" for none or the outlet.
    `event` is the key of the event it is about. For a figure, `measure` is set, and
    `part_of` is the start of the figure of the same article that it is counted inside.
    `origin` is what the articles behind one wire copy share, else the article itself.
    `actors` are the keys of the known actors that its words name, `rest` the words
    without those names ("" where none is known): so ISKP meets ISIS-K.
    """

    document: str
    start: int
    end: int
    text: str
    speaker: str = ""
    event: str | None = None
    modality: str = "asserted"
    polarity: str = "positive"
    origin: str = ""
    measure: str | None = None
    group: str | None = None
    low: int | None = None
    high: int | None = None
    quantifier: str = "exact"
    part_of: int | None = None
    actors: tuple[str, ...] = ()
    rest: str = ""

    @property
    def key(self) -> str:
        """Unique among the statements of all articles."""
        return f"{self.document}:{self.start}:{self.end}:{self.group or ''}"

    @property
    def positive(self) -> bool:
        """Whether it says that something is so."""
        return self.polarity == "positive" and self.modality != "denied"

    def as_record(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Statement:
        """What as_record wrote."""
        return cls(**{**record, "actors": tuple(record["actors"])})

    def meets(self, other: Statement) -> bool:
        """Whether they share words of one article."""
        return (
            self.document == other.document
            and self.start < other.end
            and other.start < self.end
        )


def statements(document: Document, findings: Iterable[Finding]) -> list[Statement]:
    """The claims and figures among the findings of one article, in its order.

    A figure takes the speaker, modality and polarity of the shortest claim around it,
    and the event whose finding lists it; a claim takes the event whose trigger stands
    in it. Only events that are linked to a known one count.
    """
    findings = list(findings)
    events = _linked(findings)
    named = sorted(
        (finding.span.start, finding.span.end, finding.fields.actor)
        for finding in findings
        if isinstance(finding.fields, ActorMention) and finding.fields.actor
    )
    claims = [
        _claim(document, finding, finding.fields, named)
        for finding in findings
        if isinstance(finding.fields, Claim)
    ]
    claims = [replace(each, event=_event_in(each, events)) for each in claims]
    by_figure = {start: event.linked for _, event in events for start in event.figures}
    figures = [
        _figure(document, finding, finding.fields, around=claims, events=by_figure)
        for finding in findings
        if isinstance(finding.fields, Figure) and finding.fields.measure
    ]
    return sorted([*claims, *figures], key=lambda each: (each.start, each.end))


def _linked(findings: Iterable[Finding]) -> list[tuple[Finding, Event]]:
    return [
        (finding, finding.fields)
        for finding in findings
        if isinstance(finding.fields, Event) and finding.fields.linked
    ]


def _event_in(claim: Statement, events: list[tuple[Finding, Event]]) -> str | None:
    for finding, event in events:
        trigger = finding.role("trigger") or finding.span
        if claim.start <= trigger.start and trigger.end <= claim.end:
            return event.linked
    return None


def _claim(
    document: Document, finding: Finding, claim: Claim, named: list[Named]
) -> Statement:
    start, end = finding.span.start, finding.span.end
    first = bisect_left(named, (start, 0, ""))
    inside = [each for each in named[first:] if each[1] <= end and each[0] < end]
    return Statement(
        document=document.id,
        start=start,
        end=end,
        text=finding.span.text,
        speaker=_speaker(claim.speaker),
        modality=claim.modality,
        polarity=claim.polarity,
        origin=document.id,
        actors=tuple(dict.fromkeys(key for _, _, key in inside)),
        rest=_without(document.normal, start, end, inside) if inside else "",
    )


def _without(text: str, start: int, end: int, names: Iterable[Named]) -> str:
    """The words from `start` to `end` without the names among them."""
    kept = []
    for first, last, _ in names:
        kept.append(text[start:first])
        start = max(start, last)
    return " ".join([*kept, text[start:end]])


def _speaker(speaker: Speaker) -> str:
    if speaker.actor:
        return f"={speaker.actor}"
    return speaker.words if speaker.how == "named" else ""


def _figure(
    document: Document,
    finding: Finding,
    figure: Figure,
    *,
    around: Iterable[Statement],
    events: Mapping[int, str | None],
) -> Statement:
    span = finding.span
    said = min(
        (each for each in around if each.start <= span.start and span.end <= each.end),
        key=lambda each: each.end - each.start,
        default=None,
    )
    return Statement(
        document=document.id,
        start=span.start,
        end=span.end,
        text=span.text,
        speaker=said.speaker if said else "",
        event=events.get(span.start),
        modality=said.modality if said else "asserted",
        polarity=said.polarity if said else "positive",
        origin=document.id,
        measure=figure.measure,
        group=figure.group,
        low=figure.low,
        high=figure.high,
        quantifier=figure.quantifier,
        part_of=figure.part_of,
    )


def figures_in(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Those of them that are figures."""
    return (each for each in statements if each.measure is not None)


def claims_in(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Those of them that are claims in words."""
    return (each for each in statements if each.measure is None)
