"""Dates as intervals: earliest and latest day, a named precision, the basis.

Pure. The table of lengths is newsdb's own, built so that every published precision
scale (UCDP date_prec, ACLED time_precision) maps onto names; see
fixtures/reference/date-precision.yaml for the crosswalk.
"""

from __future__ import annotations

import calendar
import datetime as dt
from enum import StrEnum

# Days in the interval, both ends counted: least and greatest (None: no limit).
LENGTHS: dict[str, tuple[int, int | None]] = {
    "day": (1, 1),
    "few_days": (2, 6),
    "week": (7, 13),
    "month": (14, 58),
    "season": (59, 186),
    "year": (300, None),
}


def days_of(precision: str) -> str:
    """How many days a precision of LENGTHS spans, in words."""
    least, most = LENGTHS[precision]
    return f"{least}" if least == most else f"{least} to {most or '…'}"


class Precision(StrEnum):
    """How exactly a date is known. Names, never bare numbers."""

    DAY = "day"
    FEW_DAYS = "few_days"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Where a date comes from."""

    STATED = "stated"
    METADATA = "metadata"
    RELATIVE = "relative"
    INFERRED = "inferred"


def date_problems(
    earliest: dt.date | None,
    latest: dt.date | None,
    precision: str,
    basis: str,
    note: str,
) -> list[str]:
    """What is wrong with a date, in sentences; empty when nothing is.

    The same rules stand in the database (sources.constraints.date_constraints).
    """
    problems = []
    if earliest and latest and earliest > latest:
        problems.append(f"earliest {earliest} is after latest {latest}")
    elif earliest and latest and precision in LENGTHS:
        least, most = LENGTHS[precision]
        days = (latest - earliest).days + 1
        if days < least or (most is not None and days > most):
            span = days_of(precision)
            problems.append(f"{days} days do not fit precision {precision} ({span})")
    if precision != Precision.UNKNOWN and not (earliest and latest):
        problems.append(f"precision {precision} needs both earliest and latest")
    if (earliest or latest) and not basis:
        problems.append("a date needs its basis (stated, metadata, relative, inferred)")
    if basis == Basis.INFERRED and not note:
        problems.append("an inferred date needs a note that says from what")
    return problems


def in_words(earliest: dt.date | None, latest: dt.date | None) -> str:
    """A date as people write it: "26 August 2021", "on or before 31 August 2021"."""
    if earliest and latest:
        return _interval(earliest, latest)
    if latest:
        return f"on or before {_long(latest)}"
    return f"on or after {_long(earliest)}" if earliest else "date not known"


def _interval(earliest: dt.date, latest: dt.date) -> str:
    if earliest == latest:
        return _long(earliest)
    ends = calendar.monthrange(latest.year, latest.month)[1] == latest.day
    whole = earliest.day == 1 and ends
    if whole and earliest.year == latest.year:
        if earliest.month == latest.month:
            return f"{earliest:%B %Y}"
        if (earliest.month, latest.month) == (1, 12):
            return str(earliest.year)
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day}–{_long(latest)}"
    if earliest.year == latest.year:
        return f"{earliest.day} {earliest:%B} – {_long(latest)}"
    return f"{_long(earliest)} – {_long(latest)}"


def _long(value: dt.date) -> str:
    return f"{value.day} {value:%B} {value.year}"
