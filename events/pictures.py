"""Intervals drawn as SVG: what each claim allows, and what they allow together.

Pure: numbers in, safe markup out. No style is written into the markup; the colours are
CSS variables of events/static/events/pictures.css. Everything the picture shows stands
in a table as well, for those who cannot see it and for copying.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 640
_LEFT, _RIGHT = 24, WIDTH - 24  # room for the arrows of open ends
_ROW = 40
_LONGEST_LABEL = 84
_OPEN = "open"


class Tone(StrEnum):
    """What a bar stands for."""

    ESTIMATE = "estimate"  # what all claims allow together
    CONFLICT = "conflict"  # the same, where they allow nothing together
    CLAIM = "claim"
    LOOSE = "loose"  # a claim that bounds nothing: hinted, predicted, denied …


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One interval: low and high are inclusive, None where an end is open.

    `binds_low` and `binds_high` mark the claim that decides that end of the estimate.
    """

    label: str
    low: int | None
    high: int | None
    tone: Tone = Tone.CLAIM
    href: str = ""
    detail: str = ""
    binds_low: bool = False
    binds_high: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers to horizontal positions, linear between `least` and `most`."""

    least: int
    most: int

    def x(self, number: int) -> float:
        share = (number - self.least) / max(self.most - self.least, 1)
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)

    def ticks(self) -> list[int]:
        """Three to seven round numbers within the scale."""
        step = _round_up((self.most - self.least) / 5)
        first = math.ceil(self.least / step) * step
        return list(range(first, self.most + 1, step))


def scale_of(bars: Sequence[Bar]) -> Scale:
    """A scale that shows every bound and some room on either side of it."""
    bounds = [n for bar in bars for n in (bar.low, bar.high) if n is not None]
    if not bounds:
        return Scale(0, 1)
    least, most = min(bounds), max(bounds)
    room = max(math.ceil((most - least) * 0.15), math.ceil(most * 0.03), 1)
    return Scale(max(least - room, 0), most + room)


def interval_svg(bars: Sequence[Bar], *, key: str, title: str) -> SafeString:
    """The bars below one another on one scale, and a table with the same content.

    `key` must be unique on the page (ids of gradients and titles are built on it).
    A bar with an `href` is a link. Without bars: an empty string.
    """
    if not bars:
        return SafeString("")
    scale = scale_of(bars)
    height = len(bars) * _ROW + 26
    drawn = mark_safe("".join(_bar(b, i, scale, key) for i, b in enumerate(bars)))  # noqa: S308 — joined from format_html
    return format_html(
        '<figure class="iv"><svg viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{}-title" class="iv-picture">'
        '<title id="{}-title">{}</title>{}{}{}</svg>{}</figure>',
        WIDTH,
        height,
        key,
        key,
        f"{title}. The table below has the same content.",
        _fades(key),
        _axis(scale, height),
        drawn,
        interval_table(bars, title=title),
    )


def interval_table(bars: Sequence[Bar], *, title: str) -> SafeString:
    """The content of the picture as a table, folded away."""
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>',
        (
            (
                _linked(bar.label, bar.href),
                _end(bar.low, binds=bar.binds_low),
                _end(bar.high, binds=bar.binds_high),
                bar.detail,
            )
            for bar in bars
        ),
    )
    return format_html(
        '<details class="iv-table"><summary>As a table</summary><div class="iv-scroll">'
        "<table><caption>{}</caption><thead><tr>"
        '<th scope="col">Who says so</th><th scope="col">At least</th>'
        '<th scope="col">At most</th><th scope="col">How</th>'
        "</tr></thead><tbody>{}</tbody></table></div></details>",
        title,
        rows,
    )


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


def _linked(text: str, href: str) -> SafeString:
    if not href:
        return format_html("{}", text)
    return format_html('<a href="{}">{}</a>', href, text)


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


def _axis(scale: Scale, height: int) -> SafeString:
    return format_html(
        '<g class="iv-axis" aria-hidden="true">{}</g>',
        format_html_join(
            "",
            '<line x1="{0}" x2="{0}" y1="0" y2="{1}"/>'
            '<text x="{0}" y="{2}" text-anchor="middle">{3}</text>',
            (
                (scale.x(tick), height - 20, height - 5, f"{tick:,}")
                for tick in scale.ticks()
            ),
        ),
    )


def _bar(bar: Bar, index: int, scale: Scale, key: str) -> SafeString:
    top = index * _ROW
    told = f"{bar.label}: {in_words(bar.low, bar.high)}"
    body = format_html(
        '<g class="iv-bar"><title>{}</title>'
        '<rect y="{}" width="{}" height="{}" class="iv-row"/>'
        '<text x="{}" y="{}" class="iv-label"><tspan class="iv-words">{}</tspan>'
        " {}</text>{}</g>",
        f"{told}. {bar.detail}" if bar.detail else told,
        *(top, WIDTH, _ROW),  # all of the line can be pointed at
        _LEFT,
        top + 16,
        in_words(bar.low, bar.high),  # first: a narrow screen cuts the end
        _cut(bar.label),
        _body(bar, top + 28, scale, key),
    )
    if not bar.href:
        return body
    # A picture has no parts for those who tab through a page: they have the table.
    return format_html('<a href="{}" tabindex="-1">{}</a>', bar.href, body)


def _body(bar: Bar, y: int, scale: Scale, key: str) -> SafeString:
    """The interval itself, around the line `y`."""
    if bar.low is None and bar.high is None:
        return format_html(
            '<line x1="{}" x2="{}" y1="{}" y2="{}" class="iv-unbound"/>',
            _LEFT,
            _RIGHT,
            y,
            y,
        )
    if bar.low is not None and bar.low == bar.high:
        return _point(bar, scale.x(bar.low), y)
    low = float(_LEFT) if bar.low is None else scale.x(bar.low)
    high = float(_RIGHT) if bar.high is None else scale.x(bar.high)
    open_end = "low" if bar.low is None else "high" if bar.high is None else ""
    fill = format_html(' fill="url(#{}-{}-{})"', key, bar.tone, open_end)
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="8" rx="2" class="iv-{}"{}/>{}{}{}',
        low,
        y - 4,
        round(high - low, 1),
        "open" if open_end else bar.tone,
        fill if open_end else "",
        _arrow(open_end, y) if open_end else "",
        _mark(low, y, binds=bar.binds_low) if bar.low is not None else "",
        _mark(high, y, binds=bar.binds_high) if bar.high is not None else "",
    )


def _point(bar: Bar, x: float, y: int) -> SafeString:
    return format_html(
        '<circle cx="{}" cy="{}" r="5" class="iv-{}"/>{}',
        x,
        y,
        bar.tone,
        _mark(x, y, binds=bar.binds_low or bar.binds_high),
    )


def _mark(x: float, y: int, *, binds: bool) -> SafeString:
    """The end of an interval; taller where this claim decides the estimate."""
    if not binds:
        return SafeString("")
    return format_html(
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="iv-binds"/>', x, y - 9, y + 9
    )


def _arrow(side: str, y: int) -> SafeString:
    tip, back = (_LEFT - 12, _LEFT - 4) if side == "low" else (_RIGHT + 12, _RIGHT + 4)
    return format_html(
        '<path d="M{} {}L{} {}L{} {}" class="iv-arrow"/>',
        *(back, y - 5, tip, y, back, y + 5),
    )


def _cut(label: str) -> str:
    if len(label) <= _LONGEST_LABEL:
        return label
    return f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def _round_up(step: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is not below `step`."""
    power = 10 ** math.floor(math.log10(step)) if step >= 1 else 1
    return next(int(n * power) for n in (1, 2, 5, 10) if n * power >= step)
