"""Dates that are written out: days, months, seasons, years, decades."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from curation.extraction.dates import calendar, wordings
from curation.extraction.dates.calendar import NOTHING, Days
from curation.extraction.dates.setting import (
    Match,
    Setting,
    Value,
    from_anchor,
    group,
    in_relative_year,
    month_number,
    number_of,
    part_of,
    stated,
)
from curation.extraction.dates.years import without_year
from curation.extraction.lexicon.wordlist import word_set
from sources.dates import Basis

# In small letters "may" and "march" are a verb and a noun, save behind these; with a
# capital, "by May" is a person where somebody of that name is in the text.
_MONTH_FOLLOWS = re.compile(r"(?:in|since|until|till|during)\b", re.IGNORECASE)
_PERSON_FOLLOWS = re.compile(r"(?:by|to|and|of|from|before|after)\b", re.IGNORECASE)
_NAMED_MAY = re.compile(r"\b(?:M(?:r|s|rs|iss)\.?|[A-Z][a-z]+) May\b(?!,? \d)")

# Words with a capital before the month at the head of a sentence or a line.
_NO_NAMES = word_set(
    """
    in by on of to from since until till during before after and between late early
    last next this mid through for throughout come
    """
)


def _is_no_month(found: Match) -> bool:
    """Whether "may", "march" or "May" is another word than the month."""
    month: str = found["month"]
    if month in {"may", "march"}:
        return _MONTH_FOLLOWS.match(found[0]) is None
    follows = month == "May" and _PERSON_FOLLOWS.match(found[0]) is not None
    return follows and _has_may(found.string)


@lru_cache(maxsize=2)
def _has_may(text: str) -> bool:
    """Whether a text names somebody called May: "Mrs May", "Theresa May"."""
    return any(
        found[0].split()[0].lower() not in _NO_NAMES
        for found in _NAMED_MAY.finditer(text)
    )


def iso(found: Match, _: Setting) -> Value | None:
    day = calendar.date(int(found["year"]), int(found["number"]), int(found["day"]))
    return stated(calendar.one(day), "full") if day else None


def numeric(found: Match, _: Setting) -> Value | None:
    first, second = int(found["first"]), int(found["second"])
    year = int(found["year"])
    if found["sep"] == "." or first > 12 or first == second:
        first, second = second, first
    elif second <= 12:
        note = "day and month cannot be told apart"
        return Value(NOTHING, Basis.STATED, "numeric-unclear", note)
    day = calendar.date(year, first, second)
    return stated(calendar.one(day), "numeric") if day else None


def day(found: Match, setting: Setting) -> Value | None:
    month, number = month_number(found["month"]), int(found["day"])

    def place(year: int) -> Days:
        day = calendar.date(year, month, number)
        return calendar.one(day) if day else NOTHING

    if words := group(found, "years"):
        return in_relative_year(setting, words, "day-of-year", place)
    if found["year"] or group(found, "short"):
        year = int(found["year"] or f"19{found['short']}")
        days = place(year)
        return stated(days, "full") if days.earliest else None
    if number == 30 or number == 31 or place(2000).earliest:
        return without_year(setting, "day", place, month, group(found, "weekday"))
    return None


def day_range(found: Match, setting: Setting) -> Value | None:
    month = month_number(found["month"])
    first, last = sorted((int(found["day"]), int(found["day2"])))

    def place(year: int) -> Days:
        return Days(calendar.date(year, month, first), calendar.date(year, month, last))

    if found["year"]:
        days = place(int(found["year"]))
        return stated(days, "range") if all(days) else None
    return without_year(setting, "range", place, month)


def month(found: Match, _: Setting) -> Value | None:
    days = calendar.month(int(found["year"]), month_number(found["month"]))
    return stated(part_of(found, days), "month")


def month_relative(found: Match, setting: Setting) -> Value | None:
    if _is_no_month(found):
        return None
    month = month_number(found["month"])
    if words := group(found, "years"):
        return in_relative_year(
            setting,
            words,
            "month-of-year",
            lambda year: part_of(found, calendar.month(year, month)),
        )
    turn = group(found, "turn")

    def place(day: dt.date) -> Days:
        if turn == "this":
            return calendar.month(day.year, month)
        if turn in {"next", "this coming"}:
            return calendar.month(day.year + (month <= day.month), month)
        return calendar.month(day.year - (month >= day.month), month)

    return from_anchor(setting, "month-of-year", place, how=f"the nearest, “{turn}”")


def month_bare(found: Match, setting: Setting) -> Value | None:
    if _is_no_month(found):
        return None
    month = month_number(found["month"])

    def place(year: int) -> Days:
        return part_of(found, calendar.month(year, month))

    return without_year(setting, "month-alone", place, month)


def season(found: Match, _: Setting) -> Value | None:
    days = calendar.season(int(found["year"]), group(found, "season"))
    if found["part"]:
        return stated(days, "season", "the whole season: its parts have no set days")
    return stated(days, "season", "meteorological and astronomical season together")


def season_relative(found: Match, setting: Setting) -> Value | None:
    name = group(found, "season")
    if words := group(found, "years"):
        return in_relative_year(
            setting, words, "season", lambda year: calendar.season(year, name)
        )
    turn = group(found, "turn")

    def place(day: dt.date) -> Days:
        year = day.year + (turn == "next")
        days = calendar.season(year, name)
        past = turn in {"last", "this past"}
        if past and days.earliest and days.earliest >= day:
            return calendar.season(year - 1, name)
        return days

    return from_anchor(setting, "season", place, how=f"the nearest, “{turn}”")


def year_part(found: Match, setting: Setting) -> Value | None:
    nth, share = group(found, "nth"), group(found, "share")
    months = number_of(words) if (words := group(found, "months")) else None
    if nth and not (share or months or nth.startswith("q")):
        return None

    def place(year: int) -> Days:
        if months:
            return _months(year, months, last=nth == "last")
        if not nth:
            return part_of(found, calendar.years(year))
        places = {"first": 1, "second": 2, "third": 3, "fourth": 4}
        size = 6 if share == "half" else 3
        count = 12 // size
        which = int(nth[1]) if nth.startswith("q") else places.get(nth, count)
        if which > count:
            return NOTHING
        start = calendar.month(year, size * (which - 1) + 1)
        return Days(start.earliest, calendar.month(year, size * which).latest)

    if words := group(found, "years"):
        return in_relative_year(setting, words, "part-of-year", place)
    days = place(int(found["year"]))
    return stated(days, "part-of-year") if days.earliest else None


def _months(year: int, count: int, *, last: bool) -> Days:
    """The first or the last so many months of a year."""
    if not 0 < count < 12:
        return NOTHING
    first = 13 - count if last else 1
    start, end = calendar.month(year, first), calendar.month(year, first + count - 1)
    return Days(start.earliest, end.latest)


def year_range(found: Match, _: Setting) -> Value | None:
    first = int(found["year"])
    last = int(found["last"]) if len(found["last"]) == 4 else None
    if last is None:
        last = first // 100 * 100 + int(found["last"])
    if not first < last <= first + 100:
        return None
    return stated(calendar.years(first, last), "years")


def year(found: Match, _: Setting) -> Value | None:
    return stated(calendar.years(int(found["year"])), "year")


def decade(found: Match, _: Setting) -> Value | None:
    year = int(group(found, "year") or f"19{found['short']}")
    return stated(part_of(found, calendar.years(year, year + 9)), "decade")


def century(found: Match, _: Setting) -> Value | None:
    last = int(found["number"]) * 100
    return stated(part_of(found, calendar.years(last - 99, last)), "century")


def attacks(_: Match, __: Setting) -> Value | None:
    days = calendar.one(dt.date(2001, 9, 11))
    return stated(days, "attacks-of-2001", "the usual name of the attacks of 2001")


def holiday(found: Match, setting: Setting) -> Value | None:
    month, number = wordings.HOLIDAYS[group(found, "holiday")]

    def place(year: int) -> Days:
        return calendar.one(dt.date(year, month, number))

    if found["year"]:
        return stated(place(int(found["year"])), "holiday")
    return without_year(setting, "holiday", place, month)
