"""Dates as bars on one axis of time. Pure.

Few lists of events are spread evenly: most lie in some weeks, a few reach back years.
The axis shows where most dates are; what lies beyond runs out of it, with an arrow.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from events.pictures.days import Days, month
from publishing.pages.words import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The share of dates at either end that may lie beyond the axis, and how much longer
# it would have to be for them before they do.
_TAIL = 0.2
_TOO_LONG = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A bar on the axis; `before` and `after`: it goes on beyond that end."""

    x: str
    width: str
    before: bool
    after: bool
    is_day: bool


class Axis(Days):
    """The days an axis shows, both included."""

    def span(self, date: Mapping[str, Any]) -> Span | None:
        """Where a date lies; null for one that is wholly unknown."""
        earliest, latest = day(date["earliest"]), day(date["latest"])
        if earliest is None and latest is None:
            return None
        before = earliest is None or earliest < self.first
        after = latest is None or latest > self.last
        start = self.share(earliest or self.first)
        end = self.end(latest) if latest else 100.0
        return Span(
            x=f"{start:.2f}%",
            width=f"{end - start:.2f}%",
            before=before,
            after=after,
            is_day=earliest == latest and not before and not after,
        )

    def labels(self) -> list[tuple[str, str]]:
        """Beginnings of months or years, at most seven: position and name."""
        placed = [(self.share(start), name) for start, name in self.months()]
        # A name right at the end would run out of the page.
        return [(f"{x:.2f}%", name if x < 88 else "") for x, name in placed]


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


def _last_of_month(value: dt.date) -> dt.date:
    following = month(value.year * 12 + value.month)
    return following - dt.timedelta(days=1) if following else dt.date.max
