"""From when to when something held: a small bar for a line of a table. Pure.

The words beside it say the same, so the bar is hidden from those who hear the page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

from events.pictures.days import Days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

_HIGH = 14


@dataclass(frozen=True, slots=True)
class Span:
    """Each end lies between two dates; None where it is not known, or there is none."""

    start_earliest: dt.date | None = None
    start_latest: dt.date | None = None
    end_earliest: dt.date | None = None
    end_latest: dt.date | None = None

    @property
    def known(self) -> list[dt.date]:
        ends = (
            *(self.start_earliest, self.start_latest),
            *(self.end_earliest, self.end_latest),
        )
        return [day for day in ends if day is not None]


def days_of(spans: Iterable[Span], today: dt.date) -> Days | None:
    """A line that shows every known end, and today; None where no end is known."""
    known = [day for span in spans for day in span.known]
    if not known:
        return None
    first, last = min(known), max([*known, today])
    room = max((last - first).days // 20, 30)
    return Days(_back(first, room), last)


def _back(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(day.toordinal() - days, 1))


def span_svg(span: Span, line: Days) -> SafeString:
    """Solid where it surely held, pale where it may have begun or ended.

    An end that is not known runs out to the side as a dashed line.
    """
    nothing = [("span-open", 0.0, 100.0)]
    parts = _parts(span, line) if span.known else nothing
    return format_html(
        '<svg class="span-picture" width="100%" height="{}" aria-hidden="true">{}'
        "</svg>",
        _HIGH,
        format_html_join(
            "",
            '<line class="{}" x1="{}%" x2="{}%" y1="7" y2="7"/>',
            (
                (name, round(start, 2), round(max(end, start + 0.5), 2))
                for name, start, end in parts
            ),
        ),
    )


def _parts(span: Span, line: Days) -> list[tuple[str, float, float]]:
    """Stretches of the line with what each of them is."""
    first = span.start_earliest or span.start_latest
    sure = span.start_latest or first
    last = span.end_latest or span.end_earliest
    until = span.end_earliest or last
    begin = line.share(sure) if sure else 0.0
    end = line.end(until) if until else 100.0
    found = [("span-sure" if sure and until else "span-open", begin, max(end, begin))]
    if sure and not until:  # it began; nobody says that it ended
        found = [("span-sure", begin, min(begin + 6, 100)), ("span-open", begin, 100)]
    if until and not sure:
        found = [("span-sure", max(end - 6, 0), end), ("span-open", 0, end)]
    if first and sure and first < sure:
        found.append(("span-may", line.share(first), begin))
    if last and until and until < last:
        found.append(("span-may", end, line.end(last)))
    return found
