"""The day of what an incident report tells, read off findings.

Pure functions. They know how a report tells one incident, which is no business of the
extractors.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from curation.extraction.documents import Document
from curation.extraction.findings import DateMention, Finding

# Rules for words that mean one day, even where it cannot be worked out.
DAY_WORDS = ("date.today", "date.weekday")
_LABELS = {"dateline", "date", "title", "noise"}
# What stands before and behind the date of a dateline.
_NAMES = re.compile(r"\W*(?!(?:On|In|By|At) )(?:[A-Z][\w'.-]+[ ,/()–—-]*){0,7}")
_DASH = re.compile(r" ?[)\]]? ?[-–—:]")
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
    else the first day of the body, else the first of a weekend or of two or three days,
    else that of the dateline.
    """
    findings = list(findings)
    days = [
        finding
        for finding in findings
        if isinstance(finding.fields, DateMention) and finding.fields.precision == "day"
    ]
    body = [each for each in days if not _is_label(each, document)]
    own = [each for each in body if not _is_aside(each, document)]
    short = [each for each in _short(findings) if not _is_label(each, document)]
    datelines = [each for each in days if _in_brackets(each, document)]
    return next(iter(own or body or short or datelines or days), None)


def _short(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Stretches of two or three days: "Nov. 12-13", "over the weekend"."""
    for finding in findings:
        date = finding.fields
        if not isinstance(date, DateMention) or not (date.earliest and date.latest):
            continue
        if 0 < (date.latest - date.earliest).days < 3:
            yield finding


def _is_label(finding: Finding, document: Document) -> bool:
    """Whether a date stands in a heading of the report rather than in its text."""
    start = finding.span.start
    if document.kind_at(start) in _LABELS:
        return True
    return _in_brackets(finding, document) or _in_dateline(finding, document)


def _in_brackets(finding: Finding, document: Document) -> bool:
    start = finding.span.start
    return document.text[max(0, start - 1) : start] == "("


def _in_dateline(finding: Finding, document: Document) -> bool:
    """Whether only names stand before it in its line, and a dash behind it."""
    before = document.normal[: finding.span.start].rsplit("\n", 1)[-1]
    after = document.normal[finding.span.end : finding.span.end + 4]
    return bool(_NAMES.fullmatch(before[-100:]) and _DASH.match(after))


def _is_aside(finding: Finding, document: Document) -> bool:
    before = document.text[max(0, finding.span.start - 100) : finding.span.start]
    after = document.text[finding.span.end : finding.span.end + 20].split()
    words = before.split()
    if any(_REPORTED.fullmatch(word) for word in (*words[-1:], *after[:1])):
        return True
    relative = finding.rule.startswith(DAY_WORDS)
    return not relative and _EARLIER.search(before) is not None
