"""Intervals: what each claim allows, and what they allow together.

Positions are shares of the width, sizes of text are not: at every width the bars fill
the picture and the words stay as large as those around it.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.pictures import table
from events.pictures.axis import HIGH, axis, band

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEFT, _RIGHT = 4, 96  # per cent; beyond lie the open ends
_ABREAST = 46  # letters to a line: as many as a phone shows
_BESIDE = 40  # letters of the bounds, which are larger, and of the note beside them
_LINE, _HEAD, _TRACK, _GAP = 18, 22, 22, 10  # pixels
_OPEN = "open"


class Tone(StrEnum):
    """What a bar stands for."""

    ESTIMATE = "estimate"  # what all claims allow together
    CONFLICT = "conflict"  # the same, where they allow nothing together
    CLAIM = "claim"
    CLASH = "clash"  # a claim that cannot be true beside another one
    LOOSE = "loose"  # a claim that bounds nothing: hinted, predicted, denied …


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One interval: low and high are inclusive, None where an end is open.

    `label` is who says so, `said` in which words; `group` who is counted, where that is
    not whom the estimate counts. `words` stands for the bounds where they need others
    than in_words has. `href` leads to the sentence, `claim_href` to
    the record of the claim. `binds_low` and `binds_high` mark the claim that decides
    that end of the estimate.
    """

    label: str
    low: int | None
    high: int | None
    tone: Tone = Tone.CLAIM
    said: str = ""
    group: str = ""
    words: str = ""
    href: str = ""
    claim: str = ""
    claim_href: str = ""
    detail: str = ""
    binds_low: bool = False
    binds_high: bool = False

    @property
    def bounds(self) -> str:
        return self.words or in_words(self.low, self.high)

    @property
    def part(self) -> str:
        """What the claim does to the estimate."""
        if self.tone == Tone.CLASH:
            return "in conflict"
        if self.binds_low and self.binds_high:
            return "decides both ends"
        if self.binds_low:
            return "decides the lower end"
        return "decides the upper end" if self.binds_high else ""

    @property
    def note(self) -> str:
        """What stands beside the bounds."""
        return " · ".join(text for text in (self.group, self.part) if text)

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def has_room(self) -> bool:
        """Whether the note fits beside the bounds on a phone."""
        return len(self.bounds) + len(self.note) <= _BESIDE

    def lines(self) -> list[tuple[str, str]]:
        """What stands below the bounds, cut to the width of a phone: class and line."""
        return [
            *([] if self.has_room else [("iv-part", table.cut(self.note, _ABREAST))]),
            *(("iv-said", line) for line in _two_lines(self.said)),
            ("iv-who", table.cut(self.label, _ABREAST)),
        ]


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers to per cent of the width, linear between `least` and `most`."""

    least: int
    most: int

    def x(self, number: int) -> float:
        share = (number - self.least) / max(self.most - self.least, 1)
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)

    def ends(self, bar: Bar) -> tuple[float, float]:
        """Where a bar begins and ends; an open end reaches the edge."""
        return (
            0.0 if bar.low is None else self.x(bar.low),
            100.0 if bar.high is None else self.x(bar.high),
        )

    def ticks(self) -> list[int]:
        """Three to seven round numbers within the scale; of long ones not so many."""
        step = _round_up((self.most - self.least) / (5 if self.most < 100_000 else 3))
        first = math.ceil(self.least / step) * step
        return list(range(first, self.most + 1, step))


def scale_of(bars: Sequence[Bar]) -> Scale:
    """A scale that shows every bound and some room on either side of it.

    Where a lower end is open it begins at zero: a count goes no lower, and a bar that
    only fades out would look as if it ended near there.
    """
    bounds = [n for bar in bars for n in (bar.low, bar.high) if n is not None]
    if not bounds:
        return Scale(0, 1)
    if any(bar.low is None for bar in bars):
        bounds.append(0)
    least, most = min(bounds), max(bounds)
    room = max(math.ceil((most - least) * 0.15), math.ceil(most * 0.03), 1)
    return Scale(max(least - room, 0), most + room)


def interval_svg(bars: Sequence[Bar], *, key: str, title: str) -> SafeString:
    """The bars below one another on one scale, and a table with the same content.

    Where a bar is the estimate, its range is shaded behind all others. `key` must be
    unique on the page (ids are built on it). Without bars: an empty string.
    """
    if not bars:
        return SafeString("")
    scale = scale_of(bars)
    rows, middles, top = [], [], 0
    for bar in bars:
        middles.append(_middle(bar, top))
        rows.append(_row(bar, top, scale, key))
        top += _height(bar)
    lines = axis(((scale.x(n), f"{n:,}") for n in scale.ticks()), middles, top)
    shades = [
        band("iv-band", *scale.ends(bar), middles)
        for bar in bars
        if bar.tone == Tone.ESTIMATE
    ]
    drawing = table.joined([_fades(key), lines, *shades, *rows])
    return table.figure(
        drawing,
        interval_table(bars, title=title),
        key=key,
        title=title,
        kind="iv",
        size=format_html('width="100%" height="{}"', top + HIGH),
    )


def interval_table(bars: Sequence[Bar], *, title: str) -> SafeString:
    """The content of the picture as a table, folded away."""
    rows = (
        (
            table.linked(bar.label, bar.href),
            _end(bar.low, binds=bar.binds_low),
            _end(bar.high, binds=bar.binds_high),
            bar.said,
            ", ".join(text for text in (bar.group, bar.detail) if text),
            table.linked(bar.claim, bar.claim_href),
        )
        for bar in bars
    )
    columns = ("Who says so", "At least", "At most", "Words", "How", "Claim")
    return table.table(columns, rows, caption=title)


def in_words(low: int | None, high: int | None) -> str:
    """Bounds as people write them: "164–170", "at least 101", "up to 170", "13"."""
    if low is None and high is None:
        return "no bound"
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"at least {low:,}"
    return f"up to {high:,}" if low is None else f"{low:,}–{high:,}"


def _end(number: int | None, *, binds: bool) -> str:
    shown = _OPEN if number is None else f"{number:,}"
    return f"{shown} (decides)" if binds else shown


def _two_lines(text: str) -> list[str]:
    lines = textwrap.wrap(text, _ABREAST)
    return (
        [*lines[:1], table.cut(" ".join(lines[1:]), _ABREAST)] if lines[1:] else lines
    )


def _height(bar: Bar) -> int:
    return _HEAD + _LINE * len(bar.lines()) + _TRACK + _GAP


def _middle(bar: Bar, top: int) -> int:
    """The line of the interval itself, below its words."""
    return top + _height(bar) - _GAP - _TRACK // 2


def _fades(key: str) -> SafeString:
    """One gradient for each tone and side: colour fades where nothing bounds."""
    return format_html(
        "<defs>{}</defs>",
        format_html_join(
            "",
            '<linearGradient id="{0}-{1}-{2}" x1="{3}" x2="{4}">'
            '<stop offset="0" class="iv-stop iv-{1}"/>'
            '<stop offset="1" class="iv-stop iv-{1} iv-gone"/></linearGradient>',
            (
                (key, tone, side, *ends)
                for tone in Tone
                for side, ends in (("low", (1, 0)), ("high", (0, 1)))
            ),
        ),
    )


def _row(bar: Bar, top: int, scale: Scale, key: str) -> SafeString:
    told = ". ".join(t for t in (f"{bar.label}: {bar.bounds}", bar.detail) if t)
    height = _height(bar)
    drawn = format_html(
        '<g class="iv-bar"><title>{}</title>'
        '<rect y="{}" width="100%" height="{}" class="iv-row"/>'
        '<text y="{}"><tspan class="iv-words">{}</tspan>'
        '<tspan class="iv-part" dx="8">{}</tspan></text>'
        '<text class="iv-label">{}</text>{}</g>',
        *(told, top, height),  # all of the row can be pointed at
        *(top + 18, bar.bounds, bar.note if bar.has_room else ""),
        format_html_join(
            "",
            '<tspan x="0" y="{}" class="{}">{}</tspan>',
            (
                (top + 18 + _LINE * number, name, line)
                for number, (name, line) in enumerate(bar.lines(), 1)
            ),
        ),
        _interval(bar, _middle(bar, top), scale, key),
    )
    return table.opens(drawn, bar.href)


def _interval(bar: Bar, y: int, scale: Scale, key: str) -> SafeString:
    """The interval itself, around the line `y`."""
    if bar.low is None and bar.high is None:
        return format_html(
            '<line x1="0" x2="100%" y1="{0}" y2="{0}" class="iv-unbound"/>', y
        )
    low, high = scale.ends(bar)
    if bar.is_point:
        return format_html(
            '<circle cx="{}%" cy="{}" r="5" class="iv-{}"/>{}',
            *(low, y, bar.tone),
            _mark(low, y, binds=bar.binds_low or bar.binds_high),
        )
    open_end = "low" if bar.low is None else "high" if bar.high is None else ""
    fill = format_html(' fill="url(#{}-{}-{})"', key, bar.tone, open_end)
    return format_html(
        '<rect x="{}%" y="{}" width="{}%" height="8" rx="2" class="iv-{}"{}/>{}{}{}',
        *(low, y - 4, round(high - low, 2)),
        "open" if open_end else bar.tone,
        fill if open_end else "",
        _arrow(open_end, y) if open_end else "",
        _mark(low, y, binds=bar.binds_low) if bar.low is not None else "",
        _mark(high, y, binds=bar.binds_high) if bar.high is not None else "",
    )


def _mark(x: float, y: int, *, binds: bool) -> SafeString:
    """The end of an interval; taller where this claim decides the estimate."""
    if not binds:
        return SafeString("")
    return format_html(
        '<line x1="{0}%" x2="{0}%" y1="{1}" y2="{2}" class="iv-binds"/>',
        *(x, y - 9, y + 9),
    )


def _arrow(side: str, y: int) -> SafeString:
    x, path = ("0", "M8 -5L1 0L8 5") if side == "low" else ("100%", "M-8 -5L-1 0L-8 5")
    return format_html(
        '<svg x="{}" y="{}" overflow="visible"><path d="{}" class="iv-arrow"/></svg>',
        *(x, y, path),
    )


def _round_up(step: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is not below `step`."""
    power = 10 ** math.floor(math.log10(step)) if step >= 1 else 1
    return next(int(n * power) for n in (1, 2, 5, 10) if n * power >= step)
