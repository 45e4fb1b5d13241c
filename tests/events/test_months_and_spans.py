from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

from events.pictures.months import Series, draw_months
from events.pictures.spans import Span, days_of, span_svg

AUGUST, OCTOBER = dt.date(2021, 8, 1), dt.date(2021, 10, 1)
TODAY = dt.date(2022, 1, 1)


def bars(*series):
    figure = ET.fromstring(draw_months(series, title="Activity", key="k"))
    return [title.text for title in figure.iter("title")][1:], figure


def test_each_month_is_a_bar_and_a_line_of_the_table():
    told, figure = bars(
        Series("events", {AUGUST: 2, OCTOBER: 1}), Series("mentions", {OCTOBER: 7})
    )
    assert told == [
        "August 2021: 2 events",
        "October 2021: 1 event",
        "October 2021: 7 mentions",
    ]
    rows = [[cell.text for cell in row] for row in figure.findall(".//tbody/tr")]
    assert rows == [["August 2021", "2", "0"], ["October 2021", "1", "7"]]


def test_the_bars_are_as_high_as_their_counts():
    _, figure = bars(Series("events", {AUGUST: 4, OCTOBER: 1}))
    high, low = [float(rect.get("height")) for rect in figure.iter("rect")]
    assert high == 4 * low


def test_many_years_are_bars_of_a_year():
    told, _ = bars(Series("events", {dt.date(1979, 12, 1): 1, AUGUST: 2}))
    assert told == ["1979: 1 event", "2021: 2 events"]


def test_nothing_counted_is_nothing_drawn():
    assert draw_months([Series("events", {})], title="t", key="k") == ""


def parts(span, *others):
    svg = ET.fromstring(span_svg(span, days_of([span, *others], TODAY)))
    return [
        (line.get("class"), *(float(line.get(x).rstrip("%")) for x in ("x1", "x2")))
        for line in svg.iter("line")
    ]


def test_what_held_from_day_to_day_is_one_solid_bar():
    [(name, start, end)] = parts(Span(AUGUST, AUGUST, OCTOBER, OCTOBER))
    assert name == "span-sure"
    assert 0 < start < end < 100


def test_an_uncertain_start_is_pale():
    span = Span(AUGUST, OCTOBER, TODAY, TODAY)
    names = {name: (start, end) for name, start, end in parts(span)}
    assert names["span-may"][1] == names["span-sure"][0]
    assert names["span-may"][0] < names["span-may"][1]


def test_what_has_not_ended_runs_on():
    names = {name: (start, end) for name, start, end in parts(Span(AUGUST, AUGUST))}
    assert names["span-open"][1] == 100
    assert names["span-sure"][0] == names["span-open"][0] > 0


def test_a_relation_without_dates_is_dashed_all_along():
    dated = Span(AUGUST, AUGUST)
    assert parts(Span(), dated) == [("span-open", 0, 100)]
    assert days_of([Span()], TODAY) is None
