"""Which year is meant by a day or a month that stands without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from curation.extraction.dates.calendar import NOTHING, Days
from curation.extraction.dates.setting import Said, Setting, Value, weekday_number
from sources.dates import Basis


def without_year(
    setting: Setting,
    rule: str,
    place: Callable[[int], Days],
    month: int,
    weekday: str = "",
) -> Value:
    """The year from the same sentence, from the same month said before, from the day
    of the text, or from the last date before."""
    known = (setting.months or {}).get(month)
    for said in (setting.near, known):
        if said and said.year and place(said.year).earliest:
            return inherited(said, place(said.year), rule)
    if setting.anchor:
        return _nearest(setting, rule, place, weekday)
    if setting.before and setting.before.year and place(setting.before.year).earliest:
        return inherited(setting.before, place(setting.before.year), rule)
    return Value(NOTHING, Basis.STATED, f"{rule}-no-year", "the year is not known")


def inherited(said: Said, days: Days, rule: str) -> Value:
    note = f"the year from “{said.words}”"
    return Value(days, Basis.INFERRED, f"{rule}-year-from-text", note)


def _nearest(
    setting: Setting, rule: str, place: Callable[[int], Days], weekday: str
) -> Value:
    """The last such day up to the anchor, or the next after it for what is to come."""
    anchor = setting.anchor
    assert anchor

    def near(day: dt.date) -> Days:
        choices = [place(year) for year in range(day.year - 12, day.year + 13)]
        choices = [each for each in choices if each.earliest and each.latest]
        if weekday:
            number = weekday_number(weekday)
            right = [c for c in choices if c[0] and c[0].weekday() == number]
            choices = right or choices
        past = [c for c in choices if c.earliest and c.earliest <= day]
        ahead = [c for c in choices if c.latest and c.latest >= day]
        if setting.future and ahead:
            return ahead[0]
        # Days within a month ahead, in a text that is dated only by its first lines,
        # are still "this year's": a report is not held back for eleven months.
        soon = [c for c in ahead[:1] if c[0] and 0 < (c[0] - day).days <= 7]
        return (soon or past[-1:] or ahead)[0] if choices else NOTHING

    inside = [
        days
        for year in range(anchor.earliest.year, anchor.latest.year + 1)
        for days in [place(year)]
        if days.earliest
        and days.latest
        and anchor.earliest <= days.earliest <= days.latest <= anchor.latest
    ]
    if len(inside) == 1 and not setting.future:
        days = inside[0]
    else:
        days = Days(near(anchor.earliest).earliest, near(anchor.latest).latest)
    note = f"the year from the day of the text: {anchor.note}"
    return Value(days, Basis.INFERRED, f"{rule}-year-from-{anchor.source}", note)
