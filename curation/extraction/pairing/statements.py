"""Claims and figures, as far as they are compared across articles. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from curation.extraction.documents import Document
from curation.extraction.findings import Claim, Event, Figure, Finding, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one claim says, from a finding or from a stored claim.

    `start` and `end` are its words in the article `document`. `speaker` is "=key" of a
    known actor, otherwise the words for a named speaker, "" for none or the outlet.
    `event` is the key of the event it is about. For a figure, `measure` is set, and
    `part_of` is the start of the figure of the same article that it is counted inside.
    `origin` is what the articles behind one wire copy share, else the article itself.
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

    @property
    def key(self) -> str:
        """Unique among the statements of all articles."""
        return f"{self.document}:{self.start}:{self.end}:{self.group or ''}"

    @property
    def positive(self) -> bool:
        """Whether it says that something is so."""
        return self.polarity == "positive" and self.modality != "denied"

    def as_record(self) -> dict[str, Any]:
        """Plain values for JSON; from_record is `Statement(**record)`."""
        return asdict(self)


def statements(document: Document, findings: Iterable[Finding]) -> list[Statement]:
    """The claims and figures among the findings of one article, in its order.

    A figure takes the speaker, modality and polarity of the shortest claim around it,
    and the event whose finding lists it; a claim takes the event whose trigger stands
    in it. Only events that are linked to a known one count.
    """
    findings = list(findings)
    events = _linked(findings)
    claims = [
        _claim(document, finding, finding.fields)
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


def _claim(document: Document, finding: Finding, claim: Claim) -> Statement:
    return Statement(
        document=document.id,
        start=finding.span.start,
        end=finding.span.end,
        text=finding.span.text,
        speaker=_speaker(claim.speaker),
        modality=claim.modality,
        polarity=claim.polarity,
        origin=document.id,
    )


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
