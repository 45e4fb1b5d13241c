"""From words to days: which function reads which wording."""

from __future__ import annotations

from collections.abc import Callable

from curation.extraction.dates import relative, written
from curation.extraction.dates.setting import Match, Setting, Value

_RESOLVERS: dict[str, Callable[[Match, Setting], Value | None]] = {
    "iso": written.iso,
    "numeric": written.numeric,
    "day": written.day,
    "day-range": written.day_range,
    "month": written.month,
    "month-relative": written.month_relative,
    "month-bare": written.month_bare,
    "season": written.season,
    "season-relative": written.season_relative,
    "year-part": written.year_part,
    "year-range": written.year_range,
    "year": written.year,
    "decade": written.decade,
    "century": written.century,
    "attacks-of-2001": written.attacks,
    "holiday": written.holiday,
    "today": relative.today,
    "weekday": relative.weekday,
    "unit": relative.unit,
    "ago": relative.ago,
    "stretch": relative.stretch,
    "recently": relative.recently,
    "beside": relative.beside,
    "day-of-month": relative.day_of_month,
}


def resolve(name: str, found: Match, setting: Setting) -> Value | None:
    """The days that the words mean; None where they are no date."""
    return _RESOLVERS[name](found, setting)
