"""Dates as bars on one axis of time. Pure.

Few lists of events are spread evenly: most lie in some weeks, a few reach back years.
The axis shows where most dates are; what lies beyond runs out of it, with an arrow.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publishing.pages.words import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The share of dates at either end that may lie beyond the axis, and how much longer
# it would have to be for them before they do.
_TAIL = 0.2
_TOO_LONG = 3
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000)
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A bar on the axis; `before` and `after`: it goes on beyond that end."""

    x: str
    width: str
    before: bool
    after: bool
    is_day: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """The days an axis shows, both included."""

    first: dt.date
    last: dt.date

    def share(self, value: dt.date) -> float:
        days = (self.last - self.first).days + 1
        return min(max(100 * (value - self.first).days / days, 0), 100)

    def span(self, date: Mapping[str, Any]) -> Span | None:
        """Where a date lies; null for one that is wholly unknown."""
        earliest, latest = day(date["earliest"]), day(date["latest"])
        if earliest is None and latest is None:
            return None
        before = earliest is None or earliest < self.first
        after = latest is None or latest > self.last
        start = self.share(earliest or self.first)
        end = self.share(_next(latest)) if latest else 100.0
        return Span(
            x=f"{start:.2f}%",
            width=f"{end - start:.2f}%",
            before=before,
            after=after,
            is_day=earliest == latest and not before and not after,
        )

    def ticks(self) -> list[tuple[str, str]]:
        """Beginnings of months or years, at most seven: position and name."""
        months = (self.last.year - self.first.year) * 12 + self.last.month
        months -= self.first.month - 1
        step = next((m for m in _MONTHS if months / m <= _MOST_TICKS), _MONTHS[-1])
        index = self.first.year * 12 + self.first.month - 1
        index += -index % step
        ticks = []
        while (start := _month(index)) is not None and start <= self.last:
            if start >= self.first:
                label = f"{start:%b %Y}" if step < 12 else str(start.year)
                share = self.share(start)
                # A name right at the end would run out of the page.
                ticks.append((f"{share:.2f}%", label if share < 88 else ""))
            index += step
        return ticks


def axis_of(dates: Iterable[Mapping[str, Any]]) -> Axis | None:
    """The axis for these dates; null when none of them is known at all."""
    ends = sorted(
        value
        for date in dates
        for value in (day(date["earliest"]), day(date["latest"]))
        if value is not None
    )
    if not ends:
        return None
    cut = int(len(ends) * _TAIL)
    first, last = ends[cut], ends[-1 - cut]
    most = max((last - first).days, 14)
    first = ends[0] if (last - ends[0]).days <= _TOO_LONG * most else first
    last = ends[-1] if (ends[-1] - first).days <= _TOO_LONG * most else last
    return Axis(first.replace(day=1), _last_of_month(last))


def _month(index: int) -> dt.date | None:
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, 1) if 1 <= year <= dt.MAXYEAR else None


def _last_of_month(value: dt.date) -> dt.date:
    following = _month(value.year * 12 + value.month)
    return following - dt.timedelta(days=1) if following else dt.date.max


def _next(value: dt.date) -> dt.date:
    return value if value == dt.date.max else value + dt.timedelta(days=1)
