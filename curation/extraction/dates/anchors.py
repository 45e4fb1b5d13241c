"""The day that "yesterday" is counted from: publication, dateline or first lines."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from curation.extraction.dates import calendar
from curation.extraction.documents import Document

_HEAD = 1500  # how far from its beginning a text may carry its dateline
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DATE = (
    rf"(?:{_WEEKDAY}"
    rf"(?:{_MONTH} ?(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? "
    rf"{_MONTH.replace('<month>', '<month2>')})(?:st|nd|rd|th)?"
    r"(?:[,.]? ?(?P<year>(?:19|20)\d\d))?)(?!\d)"
)
_NAMES = r"[A-Z][\w'.-]+(?:[ ,/]{1,2}[A-Z][\w'.-]*){0,5}"
_DASH = r"(?:--?|–|—|:)"
_CAPITALS = r"[A-Z][A-Z'.-]{2,}(?:[ ,/]{1,2}[A-Z][\w'.-]*){0,5}"
# "KABUL, Afghanistan (Jan. 22, 2013)", "LONDON, Jan 22 (Reuters) -"; behind capitals
# where a line begins also "KABUL, Afghanistan - Jan. 22 -" and "LONDON (AP) Jan. 22 -".
_DATELINES = (
    re.compile(rf"{_NAMES},? ?[(\[] ?(?i:{_DATE}) ?[)\]]"),
    re.compile(rf"{_NAMES}, (?i:{_DATE}),? ?(?:\([^()\n]{{2,40}}\) ?)?{_DASH}"),
    re.compile(
        rf"^\W*{_CAPITALS},?(?: \([\w ]{{2,20}}\))?(?: ?{_DASH})? ?\(?"
        rf"(?i:{_DATE}) ?{_DASH}",
        re.MULTILINE,
    ),
)
# A paragraph behind the title that begins with the full date: "June 9, 2008 Apple …".
_OPENING = re.compile(rf"(?<=\n)(?:\w+day, )?(?i:{_DATE})(?= [A-Z][\w.]*)", re.ASCII)
# A date that ends or begins one of the first lines, or follows "Posted:".
_LINES = (
    re.compile(
        rf"\b(?i:(?:posted|published|updated|issued|dated?)(?: on)?:? (?:\w+day,? )?"
        rf"(?:at [\d:]+ ?[ap]\.?m\.?,? )?{_DATE})"
    ),
    re.compile(rf"(?i:{_DATE})(?=\s*(?:\n|$))"),
    re.compile(rf"^\W*(?i:{_DATE})(?=\s*(?:\n|:|-|–|—|$))", re.MULTILINE),
)
# Offices number what they issue by year and month: "2010-12-S-098".
_REFERENCE = re.compile(
    r"(?<![\w-])(?P<year>20\d\d)-(?P<number>0\d|1[0-2])-[A-Z]{1,3}-\d"
)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"


@dataclass(frozen=True, slots=True)
class Anchor:
    """First and last day on which the text can have been written, and who says so.

    `source`: published, dateline, line (a date in the first lines), reference (only
    the year and month of its number).
    """

    earliest: dt.date
    latest: dt.date
    source: str
    words: str

    @property
    def note(self) -> str:
        """What relative words are counted from, in words."""
        day = f"{self.earliest}"
        if self.latest != self.earliest:
            day += f" to {self.latest}"
        said = f" “{self.words}”" if self.words else ""
        return {
            "published": f"published {day}",
            "dateline": f"the dateline says{said} ({day})",
            "line": f"the first lines say{said} ({day})",
            "reference": f"its number{said} says {day}",
        }[self.source]


def anchor_of(document: Document) -> Anchor | None:
    """The document's day: of its publication, else of its dateline or first lines."""
    known = document.published
    published = None
    if known and known.earliest and known.latest:
        published = Anchor(known.earliest, known.latest, "published", "")
        if known.earliest == known.latest:
            return published
    head = document.normal[:_HEAD]
    raw = document.text[:_HEAD]
    found = _written(head, _DATELINES, "dateline", raw, published)
    if found is None:
        found = _written(_first_lines(document), _LINES, "line", raw, published)
    if found is None:
        found = _opening(document, raw, published)
    if found and published:
        inside = published.earliest <= found.earliest <= published.latest
        return found if inside else published
    return found or _narrower(_reference(raw), published)


def _narrower(reference: Anchor | None, published: Anchor | None) -> Anchor | None:
    """The month of the number, unless the text is known not to be of that month."""
    if reference is None or published is None:
        return reference or published
    inside = (
        published.earliest <= reference.earliest
        and reference.latest <= published.latest
    )
    return reference if inside else published


def _opening(document: Document, raw: str, published: Anchor | None) -> Anchor | None:
    """The full date with which the first paragraph of the story begins."""
    head = document.normal[:_HEAD]
    found = _OPENING.search(head)
    if found is None or not found["year"] or head[: found.start()].count("\n\n") > 1:
        return None
    day = _day(found, raw, published)
    return Anchor(day, day, "line", found[0].strip()) if day else None


def _first_lines(document: Document) -> str:
    """What stands before the first paragraph of the story, or its first two lines."""
    body = next((m.start for m in document.marks if m.kind == "body"), _HEAD)
    if body > 0:
        return document.normal[: min(body, _HEAD)]
    return "\n".join(document.normal[:300].split("\n")[:2])


def _written(
    head: str,
    patterns: tuple[re.Pattern[str], ...],
    source: str,
    raw: str,
    published: Anchor | None,
) -> Anchor | None:
    for pattern in patterns:
        for found in pattern.finditer(head):
            day = _day(found, raw, published)
            if day:
                return Anchor(day, day, source, found[0].strip())
    return None


def _day(found: re.Match[str], raw: str, published: Anchor | None) -> dt.date | None:
    """The day that was written; a missing year from elsewhere at the beginning."""
    name = (found["month"] or found["month2"]).lower()[:3]
    month, day = _MONTHS.index(name) // 3 + 1, int(found["day"] or found["day2"])
    if found["year"]:
        return calendar.date(int(found["year"]), month, day)
    if published:
        for year in (published.latest.year, published.earliest.year):
            whole = calendar.date(year, month, day)
            if whole and whole <= published.latest:
                return whole
        return None
    if number := _REFERENCE.search(raw):
        return calendar.date(int(number["year"]), month, day)
    if years := re.findall(r"(?<![\w-])20\d\d(?![\w-])", raw[: found.start()]):
        return calendar.date(int(years[0]), month, day)
    return None


def _reference(raw: str) -> Anchor | None:
    if (found := _REFERENCE.search(raw)) is None:
        return None
    days = calendar.month(int(found["year"]), int(found["number"]))
    if days.earliest is None or days.latest is None:
        return None
    return Anchor(days.earliest, days.latest, "reference", found[0])
