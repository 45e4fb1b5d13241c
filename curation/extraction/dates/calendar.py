"""Days, weeks, months, seasons and years as intervals with both ends included."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from sources.dates import LENGTHS, Precision

DAY = dt.timedelta(days=1)
UNITS = ("day", "week", "month", "year", "decade")


class Days(NamedTuple):
    """From the first to the last day that is meant; None where that end is open."""

    earliest: dt.date | None
    latest: dt.date | None


NOTHING = Days(None, None)
# Meteorological and astronomical season together, northern hemisphere: who writes
# "the fall of 2001" may mean either. First and last (month, day); winter ends in the
# year after the one it is named by.
_SEASONS = {
    "spring": ((3, 1), (6, 21)),
    "summer": ((6, 1), (9, 23)),
    "autumn": ((9, 1), (12, 21)),
    "fall": ((9, 1), (12, 21)),
    "winter": ((12, 1), (3, 20)),
}


def precision(days: Days) -> Precision:
    """The named length of the interval; unknown for an open or an unnamed one."""
    if days.earliest is None or days.latest is None:
        return Precision.UNKNOWN
    length = (days.latest - days.earliest).days + 1
    for name, (least, most) in LENGTHS.items():
        if length >= least and (most is None or length <= most):
            return Precision(name)
    return Precision.UNKNOWN


def one(day: dt.date) -> Days:
    return Days(day, day)


def date(year: int, month: int, day: int) -> dt.date | None:
    """The day if the calendar has it."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def shifted(day: dt.date, days: int) -> dt.date:
    """`days` later; the end of the calendar where it would be passed."""
    try:
        return day + days * DAY
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def month(year: int, number: int) -> Days:
    """A month; numbers beyond 1 to 12 count on into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not 1 <= year <= 9998:
        return NOTHING
    last = calendar.monthrange(year, number)[1]
    return Days(dt.date(year, number, 1), dt.date(year, number, last))


def years(first: int, last: int | None = None) -> Days:
    last = first if last is None else last
    if not 1 <= first <= last <= 9998:
        return NOTHING
    return Days(dt.date(first, 1, 1), dt.date(last, 12, 31))


def season(year: int, name: str) -> Days:
    (first_month, first), (last_month, last) = _SEASONS[name]
    ends = year + 1 if last_month < first_month else year
    if not 1 <= year <= 9998:
        return NOTHING
    return Days(dt.date(year, first_month, first), dt.date(ends, last_month, last))


def week_of(day: dt.date) -> Days:
    """Monday to Sunday."""
    monday = shifted(day, -day.weekday())
    return Days(monday, shifted(monday, 6))


def unit_of(day: dt.date, unit: str, steps: int = 0) -> Days:
    """The day, week, month, year or decade that is `steps` after the one of `day`."""
    if unit == "day":
        return one(shifted(day, steps))
    if unit == "week":
        return week_of(shifted(day, 7 * steps))
    if unit == "month":
        return month(day.year, day.month + steps)
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * steps
        return years(first, first + 9)
    return years(day.year + steps)


def moved(day: dt.date, unit: str, steps: int) -> dt.date:
    """The same day `steps` units later, or the last of its month."""
    if unit in {"day", "week"}:
        return shifted(day, steps * (7 if unit == "week" else 1))
    months = steps * {"month": 1, "year": 12, "decade": 120}[unit]
    whole = month(day.year, day.month + months)
    if whole.earliest is None or whole.latest is None:
        return shifted(day, 4_000_000 * (1 if steps > 0 else -1))
    return whole.latest.replace(day=min(day.day, whole.latest.day))


def third(whole: Days, part: str) -> Days:
    """The early, mid or late part of a month (days 1–10, 11–20, 21–), year or decade.

    A year's parts are four months each, a decade's its years 0–3, 4–6 and 7–9.
    """
    if whole.earliest is None or whole.latest is None:
        return whole
    first, length = whole.earliest, (whole.latest - whole.earliest).days + 1
    if length <= 31:
        start = {"early": 1, "mid": 11}.get(part, 21)
        end = whole.latest.day if part == "late" else start + 9
        return Days(first.replace(day=start), first.replace(day=end))
    if length <= 366:
        begins = {"early": 1, "mid": 5}.get(part, 9)
        return Days(
            month(first.year, begins).earliest, month(first.year, begins + 3).latest
        )
    begins, ends = {"early": (0, 3), "mid": (4, 6)}.get(part, (7, 9))
    scale = length // 3650
    return years(first.year + begins * scale, first.year + (ends + 1) * scale - 1)


def weekday_before(day: dt.date, weekday: int, *, same: bool = True) -> dt.date:
    """The nearest such weekday up to `day`; `same`: `day` itself counts."""
    back = (day.weekday() - weekday) % 7
    return shifted(day, -(back or (0 if same else 7)))


def weekday_after(day: dt.date, weekday: int, *, same: bool = True) -> dt.date:
    ahead = (weekday - day.weekday()) % 7
    return shifted(day, ahead or (0 if same else 7))
