"""What an incident report counts, read off findings.

Pure functions. They hold the conventions of the set they are measured on (its
codebook: "several" is at least three, a plural without a number two, …), which are no
business of the extractors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from curation.evaluation.incidents_beside import PEOPLE, VERBS, beside
from curation.evaluation.incidents_days import DAY_WORDS
from curation.extraction.documents import Document
from curation.extraction.findings import DateMention, Figure, Finding
from events.bounds import bounds_from_words

# "In June", "In late April" where a sentence begins.
_FRONTED = re.compile(r"(?:[.!?]\s+|\n\s*)(?:(?:In|During) )?$")
_SHORT = 5  # days that one operation may take
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
_SORT = (
    r"(?:(?:other|additional|armed|suspected|enemy|insurgent|militant|taliban|haqqani"
    r"|network|his|their|of|the|associated|wanted|of the|members of the) )*"
)
# Words before such a plural that make it others, or those who were counted before.
_NOT_THEM = re.compile(
    r"\b(?:the|no|\d+|service|family|police|army|force|council|tribal) $", re.IGNORECASE
)
_VAGUE = "|".join(sorted((word for word in _LEAST if word), key=len, reverse=True))
_MORE = re.compile(r"\b(?:additional|others?|another)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:about|around|approximately|roughly|some|an estimated|estimated) ",
    re.IGNORECASE,
)
# Singular nouns for one of the rank and file.
_FILE = re.compile(
    r"\b(?:insurgent|individual|suspect|militant|man|fighter|person|attacker|rebel"
    r"|terrorist|associate)$",
    re.IGNORECASE,
)
# Nouns for people of no group that only enemies are called.
_ENEMY = re.compile(
    r"\b(?:attacker|assailant|bomber|suspect|associate|facilitator|operative)s?$",
    re.IGNORECASE,
)
_ALONE = {
    "killed": re.compile(
        r"\b(?:kill(?:ed|ing) (?:him|the (?:\w+ )?(?:man|insurgent|leader|fighter))"
        r"|(?:he|the (?:\w+ ){0,3}(?:man|insurgent|leader|individual|fighter)) was"
        r" (?:\w+ (?:and|,) )?killed|death of|(?:resulting in|leading to|causing) his"
        r" death)\b",
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
    numbered = [
        (each.span.start, each.span.end)
        for each in findings
        if isinstance(each.fields, Figure)
    ]
    counts = [
        *figures,
        *_uncounted(document, measure, numbered),
        *_beside(document, measure, figures, numbered),
    ]
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
    """Sentences that speak of weeks, months or years, not of one incident.

    "In June, …" at the beginning of a sentence holds for what follows in its
    paragraph, until a day is named.
    """
    found: set[int] = set()
    dates = [(f, f.fields) for f in findings if isinstance(f.fields, DateMention)]
    for number, (finding, date) in enumerate(dates):
        if not _is_long(date) or finding.rule.startswith(DAY_WORDS):
            continue
        start = finding.span.start
        first = last = _sentence(document, start)
        if _FRONTED.search(document.normal, max(0, start - 20), start):
            paragraph = document.normal[start:].split("\n", 1)[0].rstrip()
            ends = [_sentence(document, start + len(paragraph))]
            ends += [
                _sentence(document, later.span.start) - 1
                for later, day in dates[number + 1 :]
                if not _is_long(day)
            ]
            last = max(first, min(ends))
        found.update(range(first, last + 1))
    return found


def _is_long(date: DateMention) -> bool:
    """Whether it is a week or more, and not two days or a weekend."""
    if date.earliest is None or date.latest is None:
        return date.earliest is not None  # "since June"
    return (date.latest - date.earliest).days > _SHORT


def _of_own_side(findings: list[Finding], document: Document) -> set[int]:
    """Sentences that tell of killed soldiers or civilians, and of nobody else."""
    sides: dict[int, set[bool]] = {}
    for finding in findings:
        figure = finding.fields
        if isinstance(figure, Figure) and figure.measure == "killed":
            side = sides.setdefault(_sentence(document, finding.span.start), set())
            enemy = _ENEMY.search(figure.counted) is not None
            side.add(enemy or figure.group in {"militants", "commanders"})
    own = {
        _sentence(document, finding.span.start)
        for finding in findings
        if isinstance(finding.fields, Figure)
        and finding.fields.measure == "killed"
        and finding.fields.group in _OTHERS
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
    singular = re.match(
        r"(?:an?|one|this|the|their|its|his) |him$", text[start:end], re.IGNORECASE
    )
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
        if least is None and (bare := _ABOUT.sub("", finding.span.text)):
            bounds = bounds_from_words(bare)
            least = bounds.low if bounds else None
        if least and finding.span.text.lower().startswith("a few"):
            least = _LEAST["a few"]
        if least:
            yield finding.span.start, finding.span.end, least


def _uncounted(
    document: Document, measure: str, numbered: list[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Plurals without a number: "detained multiple suspected insurgents".

    `numbered`: where figures of whatever sort stand.
    """
    verbs = VERBS[measure]
    for found in re.finditer(
        rf"\b(?:{verbs}) (?P<words>(?:(?P<many>{_VAGUE}) )?{_SORT}{PEOPLE})"
        rf"|\band (?P<words2>(?:(?P<many2>{_VAGUE}) ){_SORT}{PEOPLE})"
        rf"|\b(?P<words3>(?:(?P<many3>{_VAGUE}) )?{_SORT}{PEOPLE}) were (?:{verbs})",
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
        if any(start < last and first < end for start, end in numbered):
            continue
        if _NOT_THEM.search(before) or "the " in found[words].lower():
            continue
        yield *found.span(words), _LEAST[many]


def _beside(
    document: Document,
    measure: str,
    figures: list[tuple[int, int, int]],
    numbered: list[tuple[int, int]],
) -> Iterator[tuple[int, int, int]]:
    """One man beside a figure: "killed the leader and two fighters".

    Not where some others are "additional" or "another": they stand beside those told
    of before.
    """
    kinds = {_kind_of(document, start, end) for start, end, _ in figures}
    if "more" in kinds and len(kinds) > 1:
        return
    spans = [(start, end) for start, end, _ in figures]
    for start, end in beside(document.normal, measure, spans, numbered):
        yield start, end, 1


def _sentence(document: Document, start: int) -> int:
    """The number of the sentence at `start`: stops counted up to it."""
    return len(re.findall(r"[a-z)]{2}\.\s", document.normal[:start]))
