from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from publishing.pages.timeline import axis_of


def date(earliest, latest):
    return {"earliest": earliest, "latest": latest}


SUMMER = [date(f"2021-08-{day:02}", f"2021-08-{day:02}") for day in range(1, 29)]


def test_without_any_date_there_is_no_axis():
    assert axis_of([date(None, None)]) is None
    assert axis_of([]) is None


def test_the_axis_covers_whole_months():
    axis = axis_of(SUMMER)
    assert (axis.first, axis.last) == (dt.date(2021, 8, 1), dt.date(2021, 8, 31))


def test_a_few_far_dates_run_out_of_the_axis_with_an_arrow():
    axis = axis_of(
        [*SUMMER, date("2001-09-01", "2021-08-10"), date("2030-01-01", None)]
    )
    assert axis.first == dt.date(2021, 8, 1)
    old = axis.span(date("2001-09-01", "2021-08-10"))
    assert (old.before, old.after, old.x) == (True, False, "0.00%")
    beyond = axis.span(date("2030-01-01", "2030-01-01"))
    assert (beyond.after, beyond.is_day) == (True, False)


def test_far_dates_stay_when_they_are_no_farther_than_the_rest():
    axis = axis_of([date("2020-01-05", "2020-01-05"), date("2021-06-05", "2021-06-05")])
    assert axis.first == dt.date(2020, 1, 1)
    assert axis.last == dt.date(2021, 6, 30)


def test_an_open_end_reaches_the_edge():
    axis = axis_of(SUMMER)
    since = axis.span(date("2021-08-16", None))
    assert (since.before, since.after) == (False, True)
    until = axis.span(date(None, "2021-08-16"))
    assert (until.before, until.after, until.x) == (True, False, "0.00%")
    assert axis.span(date(None, None)) is None


def test_a_day_is_a_point_at_its_place():
    span = axis_of(SUMMER).span(date("2021-08-16", "2021-08-16"))
    assert span.is_day
    assert span.x == f"{100 * 15 / 31:.2f}%"


days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
ends = st.none() | days.map(str)


@given(st.lists(st.tuples(ends, ends), max_size=20))
def test_any_dates_give_an_axis_with_few_ticks_and_bars_on_it(pairs):
    dates = [date(*((min(p), max(p)) if None not in p else p)) for p in pairs]
    axis = axis_of(dates)
    if axis is None:
        assert all(d == date(None, None) for d in dates)
        return
    assert len(axis.labels()) <= 7
    for shown in filter(None, map(axis.span, dates)):
        x, width = float(shown.x[:-1]), float(shown.width[:-1])
        assert 0 <= x <= 100
        assert width >= 0
        assert x + width <= 100.02
