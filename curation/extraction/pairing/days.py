"""Days that a text names, by their looks; for texts without date findings. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

Days = tuple[dt.date, dt.date]  # first and last possible day

_ABBREVIATED = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = _ABBREVIATED.split()
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MONTH = (
    r"(?P<{}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:,? (?:of )?(?P<{}>(?:19|20)\d\d)\b)?"
_DATE = re.compile(
    r"\b(?P<before>\d{1,2})(?:st|nd|rd|th)? "
    rf"{_MONTH.format('m1')}{_YEAR.format('y1')}"
    rf"|\b{_MONTH.format('m2')}(?: (?P<after>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:))?"
    rf"{_YEAR.format('y2')}"
)
_YEAR_ALONE = re.compile(r"\b(?:19|20)\d\d\b(?![.,]\d)")
_WEEKDAY = re.compile(r"\b(?P<day>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def days_in(text: str, published: dt.date | None) -> list[Days]:
    """The days and months that `text` names.

    A date without a year is the last such date up to `published`, and so is a weekday;
    without a day of publication they are passed over.
    """
    found = [
        days for match in _DATE.finditer(text) if (days := _date(match, published))
    ]
    if published:
        for match in _WEEKDAY.finditer(text):
            weekday = _WEEKDAYS.index(match["day"][:3].lower())
            day = published - dt.timedelta((published.weekday() - weekday) % 7)
            found.append((day, day))
    return found


def without_dates(text: str) -> str:
    """The text without its dates and years, whose numbers count nothing."""
    return _YEAR_ALONE.sub(" ", _DATE.sub(" ", text))


def _date(match: re.Match[str], published: dt.date | None) -> Days | None:
    month = _MONTHS.index((match["m1"] or match["m2"])[:3].lower()) + 1
    number = match["before"] or match["after"]
    year = match["y1"] or match["y2"]
    if not year and (published is None or not number):
        return None  # "May", "in March"
    day = int(number or 1)
    try:
        if not year:
            assert published is not None
            past = (month, day) <= (published.month, published.day)
            first = dt.date(published.year - (not past), month, day)
        else:
            first = dt.date(int(year), month, day)
    except ValueError:  # 31 June
        return None
    return (first, first if number else _month_end(first))


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def gap(one: Iterable[Days], other: Iterable[Days]) -> int:
    """Days between the nearest two; 0 where they overlap. Neither may be empty."""
    other = list(other)
    return min(
        max((b[0] - a[1]).days, (a[0] - b[1]).days, 0) for a in one for b in other
    )
