"""The scale of a picture of bars: lines and shades behind the bars, and their names.

None of them crosses the words between the bars. Positions are per cent of the width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

HIGH = 24  # of the names below the bars, in pixels
_HALF = 11  # of a line behind a bar
_LETTER = 1.0  # half of one, in per cent of a phone's width


def axis(
    ticks: Iterable[tuple[float, str]], bars: Sequence[int], bottom: int
) -> SafeString:
    """`ticks` are places and their names; `bars` the middles of the bars, in pixels.

    A name that would run out of the picture is not written.
    """
    behind = "".join(f"M0 {middle - _HALF}v{2 * _HALF}" for middle in bars)
    lines = f"{behind}M0 {bottom}v4"
    return format_html(
        '<g class="pic-axis" aria-hidden="true">{}</g>',
        format_html_join(
            "",
            '<svg x="{0}%" overflow="visible"><path d="{1}"/></svg>'
            '<text x="{0}%" y="{2}" text-anchor="middle">{3}</text>',
            (
                (f"{x:.2f}", lines, bottom + 18, name if _fits(name, x) else "")
                for x, name in ticks
            ),
        ),
    )


def band(name: str, low: float, high: float, bars: Sequence[int]) -> SafeString:
    """A stretch of the width, shaded behind the bars only."""
    return format_html(
        '<svg class="{}" x="{}%" width="{}%" overflow="visible">{}</svg>',
        *(name, f"{low:.2f}", f"{high - low:.2f}"),
        format_html_join(
            "",
            '<rect y="{}" width="100%" height="{}"/>',
            ((middle - _HALF, 2 * _HALF) for middle in bars),
        ),
    )


def _fits(name: str, x: float) -> bool:
    room = len(name) * _LETTER
    return room <= x <= 100 - room
