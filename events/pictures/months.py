"""How often something happened in each month, as small bars one row below another."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.pictures.table import figure, joined, table

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 72  # bars; with more months, each bar is a year
_HEAD, _HIGH, _AXIS = 20, 46, 22  # of one row: its name, its bars; of the picture
_LABELS = 6


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted, in the plural ("events"), by the first day of each month."""

    name: str
    counts: Mapping[dt.date, int]


@dataclass(frozen=True, slots=True)
class _Step:
    """A month or a year: its beginning and its name."""

    first: dt.date
    name: str
    short: str


def draw_months(series: Sequence[Series], *, title: str, key: str) -> SafeString:
    """The rows of bars with their table; nothing where nothing was counted."""
    days = sorted({day for row in series for day, count in row.counts.items() if count})
    if not days:
        return SafeString("")
    yearly = _months(days[0], days[-1]) > _MOST
    steps = _years(days[0], days[-1]) if yearly else _steps(days[0], days[-1])
    rows = [Series(row.name, _grouped(row.counts, yearly=yearly)) for row in series]
    height = len(rows) * (_HEAD + _HIGH) + _AXIS
    drawing = joined(
        [
            *(_row(row, steps, i * (_HEAD + _HIGH)) for i, row in enumerate(rows)),
            _axis(steps, height),
        ]
    )
    return figure(
        drawing,
        _table(rows, steps, title, "Year" if yearly else "Month"),
        key=key,
        title=title,
        kind="mon",
        size=format_html('width="100%" height="{}"', height),
    )


def _months(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _steps(first: dt.date, last: dt.date) -> list[_Step]:
    index = first.year * 12 + first.month - 1
    found = []
    for number in range(index, index + _months(first, last)):
        day = dt.date(number // 12, number % 12 + 1, 1)
        found.append(_Step(day, f"{day:%B %Y}", f"{day:%b %Y}"))
    return found


def _years(first: dt.date, last: dt.date) -> list[_Step]:
    return [
        _Step(dt.date(year, 1, 1), str(year), str(year))
        for year in range(first.year, last.year + 1)
    ]


def _grouped(counts: Mapping[dt.date, int], *, yearly: bool) -> Counter[dt.date]:
    found: Counter[dt.date] = Counter()
    for day, count in counts.items():
        found[day.replace(month=1, day=1) if yearly else day.replace(day=1)] += count
    return found


def _row(row: Series, steps: Sequence[_Step], top: int) -> SafeString:
    most = max((row.counts.get(step.first, 0) for step in steps), default=0)
    wide = 100 / len(steps)
    bars = (
        (
            f"{step.name}: {_counted(count, row.name)}",
            round(index * wide + wide * 0.1, 3),
            round(wide * 0.8, 3),
            top + _HEAD + _HIGH - round(count / most * (_HIGH - 4), 1),
            round(count / most * (_HIGH - 4), 1),
        )
        for index, step in enumerate(steps)
        if (count := row.counts.get(step.first, 0))
    )
    base = top + _HEAD + _HIGH
    return format_html(
        '<g class="mon-row"><text x="0" y="{}">{}, at most {} at a time</text>{}'
        '<line x1="0" x2="100%" y1="{}" y2="{}"/></g>',
        top + 14,
        row.name.capitalize(),
        f"{most:,}",
        format_html_join(
            "",
            '<g><title>{}</title><rect x="{}%" width="{}%" y="{}" height="{}"/></g>',
            bars,
        ),
        base,
        base,
    )


def _counted(count: int, plural: str) -> str:
    return f"{count:,} {plural if count != 1 else plural.removesuffix('s')}"


def _axis(steps: Sequence[_Step], height: int) -> SafeString:
    """The names of some steps, each written where it begins."""
    every = -(-len(steps) // _LABELS)
    shown = (
        (round(100 * index / len(steps), 3), height - 6, step.short)
        for index, step in enumerate(steps)
        # None so near the right edge that its end is cut off.
        if index % every == 0 and index / len(steps) <= 0.9
    )
    return format_html(
        '<g class="mon-axis" aria-hidden="true">{}</g>',
        format_html_join("", '<text x="{}%" y="{}">{}</text>', shown),
    )


def _table(
    rows: Sequence[Series], steps: Sequence[_Step], title: str, what: str
) -> SafeString:
    lines = (
        (step.name, *(f"{row.counts.get(step.first, 0):,}" for row in rows))
        for step in steps
        if any(row.counts.get(step.first, 0) for row in rows)
    )
    columns = (what, *(row.name.capitalize() for row in rows))
    return table(columns, lines, caption=title)
