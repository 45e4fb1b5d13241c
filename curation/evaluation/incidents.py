"""What an incident report says, once: its date and its counts, read off findings.

Pure functions. They hold the conventions of the set they are measured on (its
codebook: "several" is at least three, a plural without a number two, …), which are no
business of the extractors.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from curation.extraction.documents import Document
from curation.extraction.findings import DateMention, Finding

_LABELS = {"dateline", "date", "title", "noise"}
_REPORTED = re.compile(
    r"(?:confirm|announc|report|acknowledg|stat|releas|issu)(?:ed|es|s)|said|says",
    re.IGNORECASE,
)
# Words before a written date that make it the date of something else.
_EARLIER = re.compile(
    r"\b(?:responsible for|behind|involved in|in connection with|linked to|connected"
    r" to|related to|since|prior to|participat\w+ in|role in|wanted for)\b[^.;]{0,80}$",
    re.IGNORECASE,
)


def incident_date(findings: Iterable[Finding], document: Document) -> dt.date | None:
    """The day of what a report tells; None where no day can be worked out."""
    found = incident_day(findings, document)
    if found is None or not isinstance(found.fields, DateMention):
        return None
    return found.fields.earliest


def incident_day(findings: Iterable[Finding], document: Document) -> Finding | None:
    """The finding that the incident's date rests on.

    The first day in the body that is not the day of an announcement ("confirmed today
    the arrest …") nor that of an earlier event ("responsible for the May 11 attack");
    else the first day of the body, else that of the dateline.
    """
    days = [
        finding
        for finding in findings
        if isinstance(finding.fields, DateMention) and finding.fields.precision == "day"
    ]
    body = [each for each in days if not _is_label(each, document)]
    own = [each for each in body if not _is_aside(each, document)]
    return next(iter(own or body or days[::-1]), None)


def _is_label(finding: Finding, document: Document) -> bool:
    """Whether a date stands in a heading of the report rather than in its text."""
    start = finding.span.start
    if document.kind_at(start) in _LABELS:
        return True
    return document.text[max(0, start - 1) : start] == "("


def _is_aside(finding: Finding, document: Document) -> bool:
    before = document.text[max(0, finding.span.start - 100) : finding.span.start]
    after = document.text[finding.span.end : finding.span.end + 20].split()
    words = before.split()
    if any(_REPORTED.fullmatch(word) for word in (*words[-1:], *after[:1])):
        return True
    relative = finding.rule.startswith(("date.today", "date.weekday"))
    return not relative and _EARLIER.search(before) is not None
