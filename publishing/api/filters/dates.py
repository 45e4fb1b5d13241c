"""Event time: dates are intervals, and what is asked for is an interval too."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q

from publishing.api.filters.base import Filter, InSql, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publishing.api.filters.conditions import Conditions

Interval = tuple[dt.date | None, dt.date | None]


def may_reach_to(day: dt.date) -> InSql:
    """It may have been on or after that day; an open end reaches on."""
    return InSql(
        "(date_latest >= %s OR date_latest IS NULL AND date_earliest IS NOT NULL)", day
    )


def may_begin_by(day: dt.date) -> InSql:
    """It may have been on or before that day; an open beginning reaches back."""
    return InSql(
        "(date_earliest <= %s OR date_earliest IS NULL AND date_latest IS NOT NULL)",
        day,
    )


def may_overlap(start: dt.date | None, end: dt.date | None) -> Q:
    """It may have been between these days, both included; null is open."""
    asked = Q(may_reach_to(start)) if start else Q()
    return asked & Q(may_begin_by(end)) if end else asked


class DayFilter(Filter):
    schema: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def read(self, text: str, given: Mapping[str, str]) -> dt.date:
        return day(text)


class FromFilter(DayFilter):
    def narrow(self, conditions: Conditions, value: dt.date) -> None:
        conditions.holds(Q(may_reach_to(value)))


class ToFilter(DayFilter):
    def narrow(self, conditions: Conditions, value: dt.date) -> None:
        conditions.holds(Q(may_begin_by(value)))
        conditions.begins_by(value)


class IntervalFilter(Filter):
    schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^.+/.+$"}

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
            conditions.holds(Q(date_earliest__gte=start))
        if end:
            conditions.holds(Q(date_latest__lte=end))
        if start and end:  # as follows, and as an index can use it
            conditions.holds(Q(date_earliest__lte=end))


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
