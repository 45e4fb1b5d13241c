"""Extracts each document once, for all tasks that ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from curation.evaluation.scores import Counts
from curation.extraction.context import Context
from curation.extraction.documents import Document
from curation.extraction.findings import Finding
from curation.extraction.parsing import Parser
from curation.extraction.reading import Extractor
from curation.extraction.running import extract


@dataclass
class Runner:
    """Runs `extractors` with `context`; keeps what it found per document.

    With `only`, just what these extractors found is scored; the others run for them.
    """

    extractors: Sequence[Extractor]
    context: Context
    parser: Parser
    only: frozenset[str] = frozenset()
    verbatim: Counts = Counts()  # spans that stand in their text, of all spans
    _kept: dict[tuple[str, int], list[Finding]] = field(default_factory=dict)

    def findings(self, document: Document) -> list[Finding]:
        key = (document.id, hash((document.text, document.published)))
        if key not in self._kept:
            done = extract(
                document, self.context, extractors=self.extractors, parser=self.parser
            )
            self.verbatim += _verbatim(document, done.findings)
            self._kept[key] = [
                each
                for each in done.findings
                if not self.only or each.extractor in self.only
            ]
        return self._kept[key]


def _verbatim(document: Document, findings: list[Finding]) -> Counts:
    spans = [span for finding in findings for span in finding.spans]
    right = sum(document.text[s.start : s.end] == s.text for s in spans)
    return Counts(right, len(spans), len(spans))
