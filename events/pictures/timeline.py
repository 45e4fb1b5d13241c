"""Two clocks on one line of time: when something happened, and when it was said.

What has no date at all stands beside the picture, never on it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.pictures import table
from events.pictures.axis import HIGH, axis, band
from events.pictures.days import Days
from sources.dates import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_DRAWN = 30  # of each clock; the table has them all
_ABREAST = 46  # letters to a line: as many as a phone shows
_BESIDE = 40  # letters of a date, which are larger, and of what stands beside it
_HEAD, _LINE, _TRACK, _GAP, _TITLE = 20, 18, 20, 8, 30  # pixels
_DAYS_OF_A_MONTH, _DAYS_OF_A_YEAR = 30.44, 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date on one of the clocks: an interval, null where an end is open.

    `precision` is the name of how exactly it is known; empty where that is not known.
    """

    label: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: str = ""
    detail: str = ""
    href: str = ""

    @property
    def words(self) -> str:
        return in_words(self.earliest, self.latest)

    @property
    def is_known(self) -> bool:
        return self.earliest is not None or self.latest is not None

    @property
    def is_closed(self) -> bool:
        return self.earliest is not None and self.latest is not None

    def order(self) -> tuple[dt.date, str]:
        return self.latest or self.earliest or dt.date.max, self.label


def timeline_svg(
    happened: Moment, said: Sequence[Moment], *, key: str, title: str
) -> SafeString:
    """One event's two clocks, and a table with the same content.

    `said` are the articles by their dates of publication. `key` must be unique on the
    page. Where no date is known at all, only the table is drawn.
    """
    ordered = sorted(said, key=Moment.order)
    known = [moment for moment in (happened, *ordered) if moment.is_known]
    told = _table(happened, ordered, title=title)
    if not known:
        return format_html('<figure class="pic tl">{}</figure>', told)
    drawing, height = _drawing(
        happened, [m for m in ordered if m.is_known], days_of(known)
    )
    return table.figure(
        drawing,
        table.joined([_undated([happened, *ordered]), told]),
        key=key,
        title=title,
        kind="tl",
        size=format_html('width="100%" height="{}"', height),
        zoom=True,
    )


def days_of(moments: Sequence[Moment]) -> Days:
    """A line that shows every date, with some room on either side."""
    ends = [
        day for moment in moments for day in (moment.earliest, moment.latest) if day
    ]
    first, last = min(ends), max(ends)
    room = max(round((last - first).days * 0.06), 1)
    return Days(
        first - dt.timedelta(days=min(room, (first - dt.date.min).days)),
        last + dt.timedelta(days=min(room, (dt.date.max - last).days)),
    )


def lag(happened: Moment, said: Moment) -> str:
    """How long after the event it was said: "6 days later", "2 to 9 days later"."""
    ends = (happened.earliest, happened.latest, said.earliest, said.latest)
    begun, ended, first, last = ends
    if begun is None or ended is None or first is None or last is None:
        return ""
    least, most = (first - ended).days, (last - begun).days
    if most < 0:
        return f"{_span(-most)} before it"
    if most == 0:
        return "the same day"
    if least <= 0:
        return f"up to {_span(most)} later"
    low, high = _span(least), _span(most)
    if low == high:
        return f"{high} later"
    if low.split()[1] == high.split()[1]:
        low = low.split()[0]  # "4 to 10 days"
    return f"{low} to {high} later"


def _span(days: int) -> str:
    if days < 90:
        return f"{days} day{'' if days == 1 else 's'}"
    if days < 2 * _DAYS_OF_A_YEAR:
        return f"{round(days / _DAYS_OF_A_MONTH)} months"
    return f"{round(days / _DAYS_OF_A_YEAR)} years"


def _drawing(
    happened: Moment, said: Sequence[Moment], line: Days
) -> tuple[SafeString, int]:
    """Words that stay in place, over bars on a stage that can be stretched; how high.

    Its height is in pixels.
    """
    drawn = said[:MOST_DRAWN]
    words, bars, middles, top = [], [], [], 0
    rows = [("When it was said", each, lag(happened, each)) for each in drawn]
    rows.insert(0, ("When it happened", happened, happened.precision))
    for number, (clock, moment, part) in enumerate(rows):
        if not moment.is_known:
            continue  # when it happened: of what was said, only the known is here
        if number < 2:
            words.append(_heading(clock, top))
            top += _TITLE
        item, below = f"t{number}", _lines_below(moment, part)
        middles.append(top + _HEAD + _LINE * below + _TRACK // 2)
        words.append(_words(moment, top, part, item=item))
        bars.append(_bar(moment, middles[-1], line, item=item))
        top += _HEAD + _LINE * below + _TRACK + _GAP
    if left := len(said) - len(drawn):
        words.append(_heading(f"{left} later ones are in the table", top))
        top += _TITLE
    ticks = ((line.share(day), name) for day, name in line.ticks())
    stage = format_html(
        '<svg class="nd-stage" width="100%" height="{}">{}{}{}</svg>',
        *(top + HIGH, axis(ticks, middles, top), _band(happened, line, middles)),
        table.joined(bars),
    )
    return table.joined([stage, *words]), top + HIGH


def _lines_below(moment: Moment, part: str) -> int:
    """Lines of a row below its date: who says so, and what fits not beside the date."""
    return 1 + (len(moment.words) + len(part) > _BESIDE)


def _heading(text: str, top: int) -> SafeString:
    return format_html('<text y="{}" class="tl-clock">{}</text>', top + 20, text)


def _words(moment: Moment, top: int, part: str, *, item: str) -> SafeString:
    told = ". ".join(
        t for t in (f"{moment.label}: {moment.words}", part, moment.detail) if t
    )
    below = _lines_below(moment, part)
    aside = SafeString('dx="8"') if below == 1 else format_html('x="0" dy="{}"', _LINE)
    drawn = format_html(
        '<g class="tl-row" data-item="{}"><title>{}</title>'
        '<rect y="{}" width="100%" height="{}" class="tl-ground"/>'
        '<text y="{}"><tspan class="tl-words">{}</tspan>'
        '<tspan class="tl-part" {}>{}</tspan></text>'
        '<text y="{}" class="tl-label">{}</text></g>',
        *(item, told, top, _HEAD + _LINE * below, top + 16, moment.words, aside, part),
        *(top + 16 + _LINE * below, table.cut(moment.label, _ABREAST)),
    )
    return table.opens(drawn, moment.href)


def _bar(moment: Moment, y: int, line: Days, *, item: str) -> SafeString:
    """The days it may have been; an open end runs to the edge and bears an arrow."""
    low = line.share(moment.earliest) if moment.earliest else 0.0
    high = line.end(moment.latest) if moment.latest else 100.0
    told = format_html("<title>{}: {}</title>", moment.label, moment.words)
    name = "tl-happened" if item == "t0" else "tl-said"
    name += "" if moment.is_closed else " tl-open"
    if moment.earliest == moment.latest:
        mark = format_html(
            '<circle cx="{}" cy="{}" r="5" class="{}"/>',
            *(_percent((low + high) / 2), y, name),
        )
    else:
        mark = format_html(
            '<rect x="{}" y="{}" width="{}" height="8" rx="2" class="{}"/>',
            *(_percent(low), y - 4, _percent(high - low), name),
        )
    return table.opens(
        format_html(
            '<g data-item="{}">{}{}{}</g>', item, told, mark, _arrow(moment, y)
        ),
        moment.href,
    )


def _arrow(moment: Moment, y: int) -> SafeString:
    if moment.is_closed:
        return SafeString("")
    x, path = ("0", "M8 -7L1 0L8 7")
    if moment.earliest is not None:
        x, path = ("100%", "M-8 -7L-1 0L-8 7")
    return format_html(
        '<svg x="{}" y="{}" overflow="visible"><path d="{}" class="tl-arrow"/></svg>',
        *(x, y, path),
    )


def _band(happened: Moment, line: Days, bars: Sequence[int]) -> SafeString:
    """The days it happened on, behind what was said later."""
    if happened.earliest is None or happened.latest is None:
        return SafeString("")
    low, high = line.share(happened.earliest), line.end(happened.latest)
    return band("tl-band", low, high, bars)


def _percent(share: float) -> str:
    return f"{share:.2f}%"


def _undated(moments: Sequence[Moment]) -> SafeString:
    unknown = [moment for moment in moments if not moment.is_known]
    if not unknown:
        return SafeString("")
    return format_html(
        '<p class="tl-undated">Without a date, so not on the line: {}</p>',
        format_html_join(
            "; ", "{}", ((table.linked(m.label, m.href),) for m in unknown)
        ),
    )


def _table(happened: Moment, said: Sequence[Moment], *, title: str) -> SafeString:
    rows = [
        ("It happened", happened.words, "", happened.precision, happened.detail),
        *(
            (table.linked(m.label, m.href), m.words, lag(happened, m), *_how(m))
            for m in said
        ),
    ]
    columns = ("What", "When", "After the event", "How exactly", "More")
    return table.table(columns, rows, caption=title)


def _how(moment: Moment) -> tuple[str, str]:
    return moment.precision, moment.detail
