"""What every resolver of dates works with: what it answers, and what it may know."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from curation.extraction.dates import calendar, wordings
from curation.extraction.dates.anchors import Anchor
from curation.extraction.dates.calendar import NOTHING, Days
from sources.dates import Basis

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Value:
    """What words mean. `rule` is the part of the rule's name that says how it came."""

    days: Days
    basis: Basis
    rule: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A date that stands elsewhere in the text, with its words."""

    days: Days
    words: str

    @property
    def year(self) -> int | None:
        return self.days.earliest.year if self.days.earliest else None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words stand in.

    `near`: a date with its year in the same sentence; `before`: the last date before
    these words in their paragraph or the one above; `same_month`: months by number as
    the text dated them before; `future`: whether the verb looks ahead.
    """

    anchor: Anchor | None = None
    near: Said | None = None
    before: Said | None = None
    last_day: Said | None = None
    months: dict[int, Said] | None = None
    future: bool = False


def month_number(name: str) -> int:
    letters = name.lower()[:3]
    return next(i for i, m in enumerate(wordings.MONTHS, 1) if m.startswith(letters))


def weekday_number(name: str) -> int:
    letters = name.lower()[:3]
    return next(i for i, d in enumerate(wordings.WEEKDAYS) if d.startswith(letters))


def group(found: Match, name: str) -> str:
    """The words of a group in lower case; "" where the pattern has none."""
    words = found.groupdict().get(name)
    return words.lower() if words else ""


def stated(days: Days | None, rule: str, note: str = "") -> Value | None:
    return days and Value(days, Basis.STATED, rule, note)


def part_of(found: Match, days: Days) -> Days:
    """The early, middle or late part, where the words ask for one."""
    words = group(found, "part")
    if not words:
        return days
    if words in {"early", "mid", "late"}:
        return calendar.third(days, words)
    kind = words.split()[-2]
    early = kind in {"beginning", "start"}
    return calendar.third(
        days, "early" if early else "late" if kind == "end" else "mid"
    )


def number_of(words: str) -> int | None:
    return int(words) if words.isdigit() else wordings.NUMBERS.get(words.lower())


def from_anchor(
    setting: Setting, rule: str, count: Callable[[dt.date], Days], *, how: str
) -> Value:
    """Words counted from the anchor: from its first and from its last day."""
    anchor = setting.anchor
    if anchor is None:
        return Value(NOTHING, Basis.RELATIVE, f"{rule}-words-only", NO_DAY)
    first, last = count(anchor.earliest), count(anchor.latest)
    days = Days(first.earliest, last.latest)
    return Value(
        days, Basis.RELATIVE, f"{rule}-{anchor.source}", f"{how}; {anchor.note}"
    )


NO_DAY = "the day of publication is unknown"


def relative_year(words: str, setting: Setting) -> tuple[int, int] | None:
    """First and last year that "last year" can be; None without an anchor."""
    if words.endswith("same year"):
        year = setting.before.year if setting.before else None
        return (year, year) if year else None
    if setting.anchor is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[words.split()[0]]
    return setting.anchor.earliest.year + step, setting.anchor.latest.year + step


def in_relative_year(
    setting: Setting, words: str, rule: str, place: Callable[[int], Days]
) -> Value:
    """A part of last year, this year or next year."""
    years = relative_year(words, setting)
    if years is None:
        return Value(NOTHING, Basis.RELATIVE, f"{rule}-words-only", NO_DAY)
    days = Days(place(years[0]).earliest, place(years[1]).latest)
    if words.endswith("same year"):
        words_before = setting.before.words if setting.before else ""
        note = f"the year from “{words_before}”"
        return Value(days, Basis.RELATIVE, f"{rule}-text", note)
    assert setting.anchor
    note = f"{words}; {setting.anchor.note}"
    return Value(days, Basis.RELATIVE, f"{rule}-{setting.anchor.source}", note)
