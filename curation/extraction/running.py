"""Runs extractors over a document, one after the other, over one parse."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from curation.extraction.context import Context
from curation.extraction.documents import Document
from curation.extraction.findings import Finding, checked
from curation.extraction.parsing import Parser
from curation.extraction.reading import Extractor, Reading, UnavailableError
from curation.extraction.scoring import score_of


@dataclass
class Extraction:
    """What was found, and the seconds each extractor took ("parse" first).

    `dropped`: how many inventions each extractor gave up. `missing`: which could not
    read now, and why; they have no seconds.
    """

    document: Document
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    missing: dict[str, UnavailableError] = field(default_factory=dict)


def extract(
    document: Document,
    context: Context,
    *,
    extractors: Sequence[Extractor],
    parser: Parser,
) -> Extraction:
    """Read `document`; an extractor that cannot read now is left out.

    Raises ValueError if an extractor misquotes the document.
    """
    result = Extraction(document)
    started = time.perf_counter()
    reading = Reading(document, parser.parse(document), context)
    result.seconds["parse"] = time.perf_counter() - started
    for extractor in extractors:
        started = time.perf_counter()
        try:
            found = _found(extractor, reading)
        except UnavailableError as error:
            result.missing[extractor.name] = error
            continue
        reading.findings.extend(sorted(found, key=lambda f: (f.span.start, f.span.end)))
        result.seconds[extractor.name] = time.perf_counter() - started
    result.findings = reading.findings
    result.dropped = dict(reading.dropped)
    return result


def _found(extractor: Extractor, reading: Reading) -> list[Finding]:
    """Its findings, each checked, signed and scored."""
    return [
        checked(reading.document, finding).by(
            extractor=extractor.name,
            version=extractor.version,
            score=finding.score
            if finding.score is not None
            else score_of(finding.rule),
        )
        for finding in extractor.extract(reading)
    ]
