"""Days on a line: where a date lies on it, and which dates to write below it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000)
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Days:
    """The days a line shows, both included."""

    first: dt.date
    last: dt.date

    def share(self, value: dt.date) -> float:
        """Where the day begins, in per cent of the line."""
        days = (self.last - self.first).days + 1
        return min(max(100 * (value - self.first).days / days, 0), 100)

    def end(self, value: dt.date) -> float:
        """Where the day ends."""
        return self.share(next_day(value))

    def ticks(self) -> list[tuple[dt.date, str]]:
        """At most seven days or beginnings of months or years, with their names."""
        days = (self.last - self.first).days + 1
        step = next((d for d in _DAYS if days / d <= _MOST_TICKS), None)
        if step is None:
            return self.months()
        found = [
            self.first + dt.timedelta(days=n) for n in range(step // 2, days, step)
        ]
        return [(day, f"{day.day} {day:%b}") for day in found]

    def months(self) -> list[tuple[dt.date, str]]:
        """At most seven beginnings of months or years, with their names."""
        months = (self.last.year - self.first.year) * 12 + self.last.month
        months -= self.first.month - 1
        step = next((m for m in _MONTHS if months / m <= _MOST_TICKS), _MONTHS[-1])
        index = self.first.year * 12 + self.first.month - 1
        index += -index % step
        found = []
        while (start := month(index)) is not None and start <= self.last:
            if start >= self.first:
                name = f"{start:%b %Y}" if step < 12 else str(start.year)
                found.append((start, name))
            index += step
        return found


def month(index: int) -> dt.date | None:
    """The first day of a month, counted from the year 0; null outside the calendar."""
    year, number = divmod(index, 12)
    return dt.date(year, number + 1, 1) if 1 <= year <= dt.MAXYEAR else None


def next_day(value: dt.date) -> dt.date:
    return value if value == dt.date.max else value + dt.timedelta(days=1)
