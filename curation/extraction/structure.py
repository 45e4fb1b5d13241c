"""The parts of a text as findings: title, dateline, date, captions, noise, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curation.extraction.findings import Finding, Structure
from curation.extraction.reading import Reading

# Of the normal form, so that curly and straight quotes are one. A quote ends in its
# paragraph; one that is opened and never closed ends with the paragraph.
_QUOTE = re.compile(r'"(?P<words>[^"\n]+)(?:"|(?=\n)|\Z)')
_WHY = {
    "title": "the first line, short and without a full stop",
    "dateline": "a place, an agency or a day before the first sentence",
    "date": "a date that is glued to the text or stands on its own line",
    "heading": "a short line between paragraphs that is no sentence",
    "body": "a paragraph",
    "caption": "reads like the text under a picture",
    "noise": "left behind by the page it came from",
}


class Parts:
    """What stands where; the rules are those of sources.structure."""

    name = "structure"
    version = "1"

    def extract(self, reading: Reading) -> Iterator[Finding]:
        document = reading.document
        for mark in document.marks:
            yield Finding(
                Structure(mark.kind),
                (document.span(mark.start, mark.end),),
                f"structure.{mark.rule or 'marked-by-hand'}",
                _WHY[mark.kind],
            )
            if mark.kind in {"body", "caption"}:
                yield from self._quotes(reading, mark.start, mark.end)

    def _quotes(self, reading: Reading, start: int, end: int) -> Iterator[Finding]:
        document = reading.document
        for found in _QUOTE.finditer(document.normal, start, end):
            if not found["words"].strip():
                continue
            closed = found[0].endswith('"')
            yield Finding(
                Structure("quote"),
                (document.span(*found.span()),),
                "structure.quote" if closed else "structure.quote-never-closed",
                "stands in quotation marks"
                if closed
                else "a quotation mark that is never closed: up to the paragraph's end",
            )
