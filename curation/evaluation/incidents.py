"""What an incident report says, once: its date and its counts, read off findings.

Pure functions. They hold the conventions of the set they are measured on (its
codebook: "several" is at least three, a plural without a number two, …), which are no
business of the extractors.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from curation.extraction.documents import Document
from curation.extraction.findings import DateMention, Figure, Finding

_LABELS = {"dateline", "date", "title", "noise"}
# Rules for words that mean one day, even where it cannot be worked out.
_DAY_WORDS = ("date.today", "date.weekday")
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
    relative = finding.rule.startswith(_DAY_WORDS)
    return not relative and _EARLIER.search(before) is not None


# --- counts ----------------------------------------------------------------------

# What the codebook of the ISAF releases makes of words without a number.
_LEAST = {
    "": 2,
    "a couple of": 2,
    "several": 3,
    "a few": 3,
    "some": 3,
    "a group of": 3,
    "a small group of": 3,
    "multiple": 3,
    "a number of": 3,
    "numerous": 4,
    "a handful of": 4,
    "a large number of": 5,
}
_MEASURES = {
    "killed": frozenset(("killed",)),
    "captured": frozenset(("captured", "arrested")),
}
_OTHERS = frozenset(("civilians", "security_forces", "us_service_members", "americans"))
_VERBS = {
    "killed": r"kill(?:ed|ing)|deaths? of|slain",
    "captured": r"captur(?:ed|ing)|detain(?:ed|ing)|arrest(?:ed|ing)|detention of"
    r"|arrest of|capture of",
}
_SORT = (
    r"(?:(?:other|additional|armed|suspected|enemy|insurgent|militant|taliban|haqqani"
    r"|network|his|their|of|the|associated|wanted|of the|members of the) )*"
)
_PEOPLE = (
    r"(?:insurgents|individuals|suspects|militants|men|fighters|others|members|people"
    r"|associates|attackers|enemy fighters|terrorists|rebels|persons|facilitators)\b"
)
_VAGUE = "|".join(sorted((word for word in _LEAST if word), key=len, reverse=True))
_MORE = re.compile(r"\b(?:additional|others?|another)\b", re.IGNORECASE)
# Singular nouns for one of the rank and file.
_FILE = re.compile(
    r"\b(?:insurgent|individual|suspect|militant|man|fighter|person|attacker|rebel"
    r"|terrorist|associate)$",
    re.IGNORECASE,
)
_ALONE = {
    "killed": re.compile(
        r"\b(?:kill(?:ed|ing) (?:him|the (?:\w+ )?(?:man|insurgent|leader|fighter))"
        r"|(?:he|the (?:\w+ ){0,3}(?:man|insurgent|leader|individual|fighter)) was"
        r" (?:\w+ (?:and|,) )?killed|death of)\b",
        re.IGNORECASE,
    ),
    "captured": re.compile(
        r"\b(?:(?:captur|detain|arrest)(?:ed|ing) (?:him|the (?:\w+ )?(?:man|insurgent"
        r"|leader|individual|facilitator))|(?:he|the (?:\w+ ){0,3}(?:man|insurgent"
        r"|leader|individual|facilitator)) was (?:\w+ (?:and|,) )?(?:captured|detained"
        r"|arrested)|(?:capture|arrest|detention) of)\b"
        r"|\b(?:captur|detain|arrest)(?:ed|ing) (?-i:[A-Z])\w",
        re.IGNORECASE,
    ),
}


def incident_count(
    findings: Iterable[Finding], document: Document, measure: str
) -> int:
    """The least number of enemies killed or captured in a report; 0 where none.

    `measure` is "killed" or "captured" (arrested counts as captured). Counted apart
    and added are captured men of a role ("a leader", "a facilitator"), others, and
    those who are "additional". Of each, what one sentence counts side by side is added,
    and of several sentences the greatest counts, because reports repeat themselves.
    Words without a number count as the codebook says. Not counted are civilians,
    soldiers, and what a sentence dates to another time.
    """
    findings = list(findings)
    elsewhen = _elsewhen(findings, document)
    elsewhen |= _of_own_side(findings, document)
    figures = [
        each
        for each in _counted(findings, measure)
        if _sentence(document, each[0]) not in elsewhen
    ]
    counts = [*figures, *_uncounted(document, measure, figures)]
    kinds: dict[str, dict[int, int]] = {}
    for start, end, least in counts:
        kind = _kind_of(document, start, end)
        if kind == "role" and measure == "killed":
            kind = "file"  # who was killed is told again as what he was
        sentences = kinds.setdefault(kind, {})
        key = _sentence(document, start)
        sentences[key] = sentences.get(key, 0) + least
    total = sum(max(sentences.values()) for sentences in kinds.values())
    if set(kinds) <= {"more"} and _ALONE[measure].search(document.normal):
        return total + 1
    return total


def _elsewhen(findings: list[Finding], document: Document) -> set[int]:
    """Sentences that speak of weeks, months or years, not of one incident."""
    return {
        _sentence(document, finding.span.start)
        for finding in findings
        if isinstance(finding.fields, DateMention)
        and finding.fields.precision in {"week", "month", "season", "year"}
        and not finding.rule.startswith(_DAY_WORDS)
    }


def _of_own_side(findings: list[Finding], document: Document) -> set[int]:
    """Sentences that tell of killed soldiers or civilians, and of nobody else."""
    sides: dict[int, set[bool]] = {}
    for finding in findings:
        figure = finding.fields
        if isinstance(figure, Figure) and figure.measure == "killed":
            side = sides.setdefault(_sentence(document, finding.span.start), set())
            side.add(figure.group in {"militants", "commanders"})
    own = {
        _sentence(document, finding.span.start)
        for finding in findings
        if isinstance(finding.fields, Figure) and finding.fields.group in _OTHERS
    }
    return {key for key, side in sides.items() if side == {False} and key in own}


def _kind_of(document: Document, start: int, end: int) -> str:
    """Whether words speak of people beside those told of before, or of a role."""
    text = document.normal
    also = re.search(
        r"\balso (?:\w+ ){0,6}$", text[max(0, start - 60) : start], re.IGNORECASE
    )
    along = text[max(0, start - 6) : start].endswith(" with ")
    if also or (_MORE.search(text[start:end]) and not along):
        return "more"
    singular = re.match(r"(?:an?|one) ", text[start:end], re.IGNORECASE)
    return "role" if singular and not _FILE.search(text[start:end]) else "file"


def _counted(
    findings: Iterable[Finding], measure: str
) -> Iterator[tuple[int, int, int]]:
    """Where a figure of the measure begins and ends, and its least number."""
    for finding in findings:
        figure = finding.fields
        if not isinstance(figure, Figure) or figure.measure not in _MEASURES[measure]:
            continue
        if figure.part_of is not None or figure.group in _OTHERS:
            continue
        least = figure.low if figure.low is not None else figure.high
        if least and finding.span.text.lower().startswith("a few"):
            least = _LEAST["a few"]
        if least:
            yield finding.span.start, finding.span.end, least


def _uncounted(
    document: Document, measure: str, figures: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Plurals without a number: "detained multiple suspected insurgents"."""
    verbs = _VERBS[measure]
    for found in re.finditer(
        rf"\b(?:{verbs}) (?P<words>(?:(?P<many>{_VAGUE}) )?{_SORT}{_PEOPLE})"
        rf"|\band (?P<words2>(?:(?P<many2>{_VAGUE}) ){_SORT}{_PEOPLE})"
        rf"|(?P<words3>(?:(?P<many3>{_VAGUE}) )?{_SORT}{_PEOPLE}) were (?:{verbs})",
        document.normal,
        re.IGNORECASE,
    ):
        many = (found["many"] or found["many2"] or found["many3"] or "").lower()
        if many in {"several", "a few", "a couple of"}:
            continue  # a Figure says so already
        words = "words" if found["words"] else "words2" if found["words2"] else "words3"
        before = document.normal[max(0, found.start(words) - 80) : found.start(words)]
        if words == "words2" and not re.search(verbs, before, re.IGNORECASE):
            continue
        first, last = found.span(words)
        if any(start < last and first < end for start, end, _ in figures):
            continue
        if re.search(r"\b(?:the|no|\d+) $", before) or "the " in found[words].lower():
            continue
        yield *found.span(words), _LEAST[many]


def _sentence(document: Document, start: int) -> int:
    """The number of the sentence at `start`: stops counted up to it."""
    return len(re.findall(r"[a-z)]{2}\.\s", document.normal[:start]))
