"""Words that count from the day of the text, or from another date in it."""

from __future__ import annotations

import datetime as dt

from curation.extraction.dates import calendar, wordings
from curation.extraction.dates.calendar import NOTHING, Days
from curation.extraction.dates.setting import (
    Match,
    Setting,
    Value,
    from_anchor,
    group,
    number_of,
    weekday_number,
)
from sources.dates import Basis


def today(found: Match, setting: Setting) -> Value | None:
    words = group(found, "today")
    step = {
        "today": 0,
        "tonight": 0,
        "": 0,
        "tomorrow": 1,
        "yesterday": -1,
        "last night": -1,
        "last evening": -1,
    }[words]
    if beyond := group(found, "beyond"):
        step = -2 if beyond.startswith("before") else 2
    return from_anchor(
        setting,
        "today",
        lambda day: calendar.one(calendar.shifted(day, step)),
        how=f"“{found[0].lower()}”",
    )


def weekday(found: Match, setting: Setting) -> Value | None:
    number = weekday_number(found["weekday"])
    turn, week = group(found, "turn"), group(found, "week")

    def place(day: dt.date) -> Days:
        if week:
            step = {"last": -7, "this": 0, "next": 7}[
                week.removeprefix("of ").split()[0]
            ]
            monday = calendar.week_of(calendar.shifted(day, step)).earliest
            return calendar.one(calendar.shifted(monday or day, number))
        if turn in {"next", "this coming", "coming", "the following"}:
            return calendar.one(calendar.weekday_after(day, number, same=False))
        if turn in {"last", "this past", "past", "the previous"}:
            return calendar.one(calendar.weekday_before(day, number, same=False))
        if setting.future:
            return calendar.one(calendar.weekday_after(day, number))
        return calendar.one(calendar.weekday_before(day, number))

    ahead = setting.future and not (turn or week)
    rule = "weekday-ahead" if ahead else "weekday"
    how = (
        "the next one: the verb looks ahead" if ahead else f"“{found[0]}”, the nearest"
    )
    return from_anchor(setting, rule, place, how=how)


def unit(found: Match, setting: Setting) -> Value | None:
    unit, edge = group(found, "unit"), group(found, "edge")
    turn = group(found, "turn").removeprefix("the ")
    if turn in {"same", "that", "previous", "following"}:
        return beside_unit(unit, turn, setting)
    step = {"last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1}.get(
        turn, 0
    )
    step = 1 if turn == "this coming" else step

    def place(day: dt.date) -> Days:
        if unit == "weekend":
            saturday = calendar.weekday_before(day, 5)
            if step > 0 or (turn == "this" and setting.future):
                saturday = calendar.weekday_after(day, 5, same=False)
            return Days(saturday, calendar.shifted(saturday, 1))
        if unit == "century":
            first = day.year - day.year % 100 + 1 + 100 * step
            return calendar.years(first, first + 99)
        whole = calendar.unit_of(day, unit, step)
        if edge == "earlier" and step == 0:
            return Days(whole.earliest, day)
        if edge == "later" and step == 0:
            return Days(day, whole.latest)
        return whole

    value = from_anchor(setting, f"{unit}-of", place, how=f"“{found[0].lower()}”")
    return edged(value, edge, unit)


def edged(value: Value, edge: str, unit: str) -> Value:
    """ "late last month": the part of it."""
    parts = {"early": "early", "mid": "mid", "late": "late"}
    part = parts.get(edge, "")
    if edge.startswith("the "):
        kind = edge.split()[1]
        part = "late" if kind == "end" else "mid" if kind == "middle" else "early"
    days = value.days
    if not part or unit not in {"month", "year", "decade"} or not days.latest:
        return value
    return Value(calendar.third(days, part), value.basis, value.rule, value.note)


def ago(found: Match, setting: Setting) -> Value | None:
    unit = group(found, "unit")
    if some := group(found, "some"):
        least = wordings.VAGUE[some.removeprefix("a ")]

        def before(day: dt.date) -> Days:
            return Days(None, calendar.moved(day, unit, -least))

        return from_anchor(
            setting, "ago-vague", before, how=f"at least {least} {unit}s"
        )
    number = number_of(found["number"])
    if number is None:
        return None
    steps = number
    return from_anchor(
        setting,
        "ago",
        lambda day: calendar.unit_of(day, unit, -steps),
        how=f"the {unit} that is “{found[0].lower()}”",
    )


def stretch(found: Match, setting: Setting) -> Value | None:
    unit = group(found, "unit") or "day"
    turn, words = group(found, "turn"), found[0].lower()
    ahead = turn in {"next", "coming"} or "coming" in words
    some, number = group(found, "some"), group(found, "number")
    vague = bool(some) or (not number and words.endswith("s"))
    steps = 1 if vague else number_of(number) if number else 1
    if hours := group(found, "hours"):
        vague, steps = False, int(hours) // 24
    if steps is None:
        return None

    def place(day: dt.date) -> Days:
        if ahead:
            return Days(day, None if vague else calendar.moved(day, unit, steps))
        return Days(None if vague else calendar.moved(day, unit, -steps), day)

    how = f"{'from' if ahead else 'up to'} the day of the text, “{words}”"
    rule = "stretch-vague" if vague else "stretch"
    return from_anchor(setting, rule, place, how=how)


def recently(found: Match, setting: Setting) -> Value | None:
    return from_anchor(
        setting,
        "recently",
        lambda day: Days(None, day),
        how=f"“{found[0].lower()}”: before the day of the text",
    )


def beside(found: Match, setting: Setting) -> Value | None:
    said = setting.last_day
    if said is None or said.days.earliest is None:
        return None
    unit, way = group(found, "unit") or "day", group(found, "way")
    if way:
        number = number_of(found["number"])
        if number is None:
            return None
        steps = number if way.startswith(("later", "after")) else -number
    elif group(found, "before"):
        steps = 1 if group(found, "after") else -1
    else:
        steps = 0
    days = calendar.unit_of(said.days.earliest, unit, steps)
    note = f"“{found[0].lower()}”, counted from “{said.words}”"
    return Value(days, Basis.INFERRED, "beside", note)


def beside_unit(unit: str, turn: str, setting: Setting) -> Value | None:
    said = setting.before
    if said is None or said.days.earliest is None or unit not in calendar.UNITS:
        return None
    step = {"previous": -1, "following": 1}.get(turn, 0)
    days = calendar.unit_of(said.days.earliest, unit, step)
    note = f"“{turn} {unit}”, counted from “{said.words}”"
    return Value(days, Basis.INFERRED, "beside", note)


def day_of_month(found: Match, setting: Setting) -> Value | None:
    number = int(found["day"])
    said = setting.before or setting.near
    if said and said.days.earliest:
        first = said.days.earliest
        day = calendar.date(first.year, first.month, number)
        note = f"month and year from “{said.words}”"
        return (
            Value(calendar.one(day), Basis.INFERRED, "day-alone-text", note)
            if (day)
            else None
        )

    def place(day: dt.date) -> Days:
        for back in range(3):
            whole = calendar.month(day.year, day.month - back)
            if (
                whole.earliest
                and (
                    it := calendar.date(
                        whole.earliest.year, whole.earliest.month, number
                    )
                )
                and it <= day
            ):
                return calendar.one(it)
        return NOTHING

    return from_anchor(setting, "day-alone", place, how="the last such day")
