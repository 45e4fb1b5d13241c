"""Event time: dates are intervals, and what is asked for is an interval too."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from publishing.api.filters.base import Filter, RefusedError
from publishing.api.filters.postings import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publishing.api.filters.conditions import Conditions

_END = r"(\d{4}-\d{2}-\d{2}|\.\.)"
Interval = tuple[dt.date | None, dt.date | None]


def may_reach_to(day: dt.date) -> Said:
    """It may have been on or after that day; an open end reaches on."""
    return Said(
        "(date_latest >= %s OR date_latest IS NULL AND date_earliest IS NOT NULL)",
        [day],
    )


def may_begin_by(day: dt.date) -> Said:
    """It may have been on or before that day; an open beginning reaches back."""
    return Said(
        "(date_earliest <= %s OR date_earliest IS NULL AND date_latest IS NOT NULL)",
        [day],
    )


def may_overlap(start: dt.date | None, end: dt.date | None) -> Said:
    """It may have been between these days, both included; null is open."""
    asked = [may_reach_to(start)] if start else []
    return Said.all_of([*asked, may_begin_by(end)] if end else asked)


class DayFilter(Filter):
    schema: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def read(self, text: str, given: Mapping[str, str]) -> dt.date:
        return day(text)


class FromFilter(DayFilter):
    def narrow(self, conditions: Conditions, value: dt.date) -> None:
        conditions.holds(may_reach_to(value))


class ToFilter(DayFilter):
    def narrow(self, conditions: Conditions, value: dt.date) -> None:
        conditions.holds(may_begin_by(value))
        conditions.begins_by(value)


class IntervalFilter(Filter):
    schema: ClassVar[dict[str, Any]] = {
        "type": "string",
        "pattern": f"^{_END}/{_END}$",
    }

    def read(self, text: str, given: Mapping[str, str]) -> Interval:
        start, slash, end = text.partition("/")
        if not slash:
            raise RefusedError(
                f"“{text}” is no interval; write FROM/TO, as 2021-08-01/2021-08-31."
            )
        interval = _end(start), _end(end)
        if interval == (None, None):
            raise RefusedError("One end of the interval must be a day.")
        if interval[0] and interval[1] and interval[0] > interval[1]:
            raise RefusedError(f"“{text}” ends before it begins.")
        return interval


class OverlapsFilter(IntervalFilter):
    def narrow(self, conditions: Conditions, value: Interval) -> None:
        conditions.holds(may_overlap(*value))
        if value[1]:
            conditions.begins_by(value[1])


class WithinFilter(IntervalFilter):
    def narrow(self, conditions: Conditions, value: Interval) -> None:
        start, end = value
        if start:
            conditions.holds(Said("date_earliest >= %s", [start]))
        if end:
            conditions.holds(Said("date_latest <= %s", [end]))
        if start and end:  # as follows, and as an index can use it
            conditions.holds(Said("date_earliest <= %s", [end]))


def day(text: str) -> dt.date:
    """A day as YYYY-MM-DD; raises RefusedError."""
    try:
        if len(text) != 10:
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise RefusedError(f"“{text}” is no day; write it as 2021-08-26.") from None


def _end(text: str) -> dt.date | None:
    return None if text == ".." else day(text)
