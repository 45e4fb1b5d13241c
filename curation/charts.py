"""Small charts as SVG: how many on each day, and what share of a whole.

Pure: numbers in, safe markup out, each with a table of the same content. Places are
per cent of the width, so that words keep their size on a phone. No style is written
into the markup (curation/static/curation/work.css).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.pictures.table import cut, figure, joined, table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_HIGH, _TOP, _FOOT = 72, 18, 20  # of the bars of days, and above and below them
_ROW, _BAR = 62, 12  # of a share: two lines of words, then its bar
_LONGEST = 44  # letters of a line, as a phone shows them


def day_bars(
    days: Sequence[tuple[dt.date, int]], *, key: str, title: str, noun: str
) -> SafeString:
    """One bar for each day, the days in order. Without days: an empty string.

    `key` must be unique on the page; `noun` names what is counted, in the plural.
    """
    if not days:
        return SafeString("")
    most = max(number for _, number in days)
    slot = 100 / len(days)
    bars = [
        _day(day, number, x=i * slot, width=slot * 0.8, most=most, noun=noun)
        for i, (day, number) in enumerate(days)
        if number
    ]
    drawing = joined([_frame(days, most), *bars])
    rows = [(str(day), str(number)) for day, number in days if number]
    return figure(
        drawing,
        table(["Day", noun.capitalize()], rows, caption=f"{title}; other days: none"),
        key=key,
        title=title,
        kind="ch",
        size=format_html('height="{}"', _TOP + _HIGH + _FOOT),
    )


def _day(
    day: dt.date, number: int, *, x: float, width: float, most: int, noun: str
) -> SafeString:
    high = max(2, round(_HIGH * number / most))
    return format_html(
        '<g class="ch-day"><title>{}: {} {}</title>'
        '<rect x="{}%" y="{}" width="{}%" height="{}" class="ch-bar"/></g>',
        *(day, number, noun),
        *(round(x, 2), _TOP + _HIGH - high, round(width, 2), high),
    )


def _frame(days: Sequence[tuple[dt.date, int]], most: int) -> SafeString:
    """The line that the bars stand on, the height of the highest, first and last."""
    ground = _TOP + _HIGH
    return format_html(
        '<line x1="0" x2="100%" y1="{0}" y2="{0}" class="ch-ground"/>'
        '<text x="0" y="12" class="ch-words">most on a day: {1}</text>'
        '<text x="0" y="{2}" class="ch-words">{3}</text>'
        '<text x="100%" y="{2}" class="ch-words" text-anchor="end">{4}</text>',
        *(ground, most, ground + 15),
        *(f"{day.day} {day:%b}" for day in (days[0][0], days[-1][0])),
    )


@dataclass(frozen=True, slots=True)
class Share:
    """A whole and its parts, in the order of the chart's `names`."""

    label: str
    parts: tuple[int, ...]

    @property
    def whole(self) -> int:
        return sum(self.parts)

    def percent(self, index: int) -> str:
        """Never 0% or 100% by rounding alone."""
        part, whole = self.parts[index], self.whole
        if not whole:
            return "—"
        rounded = round(100 * part / whole)
        if 0 < part < whole:
            rounded = min(99, max(1, rounded))
        return f"{rounded}%"


def share_bars(
    shares: Sequence[Share], names: Sequence[str], *, key: str, title: str
) -> SafeString:
    """One bar for each whole, cut into its parts. Without any: an empty string.

    `names` says what the parts are; the first is the one that counts.
    """
    shares = [share for share in shares if share.whole]
    if not shares:
        return SafeString("")
    drawing = joined(_share(s, names, top=i * _ROW) for i, s in enumerate(shares))
    rows = [
        (share.label, share.percent(0), *(str(part) for part in share.parts))
        for share in shares
    ]
    return figure(
        drawing,
        table(["Of", f"{names[0].capitalize()} share", *names], rows, caption=title),
        key=key,
        title=title,
        kind="ch",
        size=format_html('height="{}"', len(shares) * _ROW),
    )


def _share(share: Share, names: Sequence[str], *, top: int) -> SafeString:
    counted = ", ".join(
        f"{part} {name}" for part, name in zip(share.parts, names, strict=True) if part
    )
    x = 0.0
    pieces = []
    for index, part in enumerate(share.parts):
        width = 100 * part / share.whole
        pieces.append(
            format_html(
                '<rect x="{}%" y="{}" width="{}%" height="{}" class="ch-part ch-{}"/>',
                *(round(x, 2), top + 38, round(width, 2), _BAR, index),
            )
        )
        x += width
    return format_html(
        "<g><title>{0}: {1}</title>"
        '<text x="0" y="{2}" class="ch-label">{3}</text>'
        '<text x="100%" y="{2}" class="ch-label" text-anchor="end">{4}</text>'
        '<text x="0" y="{5}" class="ch-words">{6}</text>{7}</g>',
        *(share.label, counted, top + 14, cut(share.label, _LONGEST - 6)),
        *(share.percent(0), top + 31, cut(counted, _LONGEST), joined(pieces)),
    )
