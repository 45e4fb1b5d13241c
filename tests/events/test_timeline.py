"""Two clocks on one line of time: when it happened, and when it was said."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.pictures.days import Days
from events.pictures.timeline import MOST_DRAWN, Moment, days_of, lag, timeline_svg


def moment(earliest: str | None, latest: str | None = "same", **more: str) -> Moment:
    latest = earliest if latest == "same" else latest
    return Moment(
        label=more.pop("label", "Report"),
        earliest=dt.date.fromisoformat(earliest) if earliest else None,
        latest=dt.date.fromisoformat(latest) if latest else None,
        **more,
    )


ATTACK = moment("2021-08-26", label="Attack", precision="day")
SAID = [
    moment("2021-09-01", "2021-09-05", label="Dawn", href="/a/2/"),
    moment("2021-08-28", label="TRT", href="/a/1/"),
    moment(None, label="Undated wire", href="/a/3/"),
]


def drawn(happened: Moment = ATTACK, said: list[Moment] = SAID) -> ET.Element:
    return ET.fromstring(timeline_svg(happened, said, key="k", title="Clocks"))


def positions(figure: ET.Element, name: str) -> list[float]:
    marks = [e for e in figure.iter() if e.get("class", "").split()[:1] == [name]]
    return [float((m.get("cx") or m.get("x") or "").rstrip("%")) for m in marks]


def test_what_was_said_lies_after_what_happened_in_order() -> None:
    figure = drawn()
    (happened,) = positions(figure, "tl-happened")
    first, second = positions(figure, "tl-said")
    assert 0 < happened < first < second < 100


def test_words_tell_when_and_how_long_after() -> None:
    texts = ["".join(t.itertext()) for t in drawn().iter("text")]
    assert "26 August 2021day" in texts
    assert "28 August 20212 days later" in texts
    assert "1–5 September 20216 to 10 days later" in texts


def test_what_has_no_date_stands_beside_and_not_on_the_line() -> None:
    figure = drawn()
    beside = figure.find("p[@class='tl-undated']")
    assert beside is not None
    assert [link.text for link in beside.iter("a")] == ["Undated wire"]
    assert len(positions(figure, "tl-said")) == 2


def test_the_table_has_the_same_content() -> None:
    rows = [["".join(c.itertext()) for c in r] for r in drawn().findall(".//tbody/tr")]
    assert [row[:3] for row in rows] == [
        ["It happened", "26 August 2021", ""],
        ["TRT", "28 August 2021", "2 days later"],
        ["Dawn", "1–5 September 2021", "6 to 10 days later"],
        ["Undated wire", "date not known", ""],
    ]


def test_the_picture_has_a_name_and_its_links_stand_in_the_table_for_the_keyboard() -> (
    None
):
    figure = drawn()
    svg = figure.find("svg")
    assert svg is not None
    assert svg.get("role") == "group"
    assert figure.find(f".//title[@id='{svg.get('aria-labelledby')}']") is not None
    links = list(svg.iter("a"))
    assert links
    assert {link.get("tabindex") for link in links} == {"-1"}
    assert {a.get("href") for a in links} < {
        a.get("href") for a in figure.findall(".//table//a")
    }


def test_an_event_without_a_date_leaves_its_clock_empty() -> None:
    figure = drawn(moment(None, label="Attack"))
    assert positions(figure, "tl-happened") == []
    beside = figure.find("p[@class='tl-undated']")
    assert beside is not None
    assert "Attack" in "".join(beside.itertext())


def test_without_any_date_there_is_only_the_table() -> None:
    figure = drawn(moment(None), [moment(None)])
    assert figure.find("svg") is None
    assert len(figure.findall(".//tbody/tr")) == 2


def test_an_open_end_runs_to_the_edge_with_an_arrow() -> None:
    figure = drawn(moment("2021-08-26", None))
    bar = next(e for e in figure.iter("rect") if "tl-happened" in e.get("class", ""))
    start = float((bar.get("x") or "").rstrip("%"))
    width = float((bar.get("width") or "").rstrip("%"))
    assert start + width == pytest.approx(100, abs=0.02)
    assert "tl-open" in (bar.get("class") or "")
    assert len([e for e in figure.iter() if e.get("class") == "tl-arrow"]) == 1


def test_of_very_many_articles_the_table_has_all() -> None:
    many = [moment("2021-09-01", label=f"R{n}") for n in range(MOST_DRAWN + 5)]
    figure = drawn(said=many)
    assert len(positions(figure, "tl-said")) == MOST_DRAWN
    assert "5 later ones are in the table" in "".join(figure.itertext())
    assert len(figure.findall(".//tbody/tr")) == MOST_DRAWN + 6


def test_nothing_of_a_label_is_markup() -> None:
    evil = moment("2021-09-01", label="<script>&", detail="<i>", href='/"><b>')
    html = timeline_svg(evil, [evil], key="k", title="<u>")
    ET.fromstring(html)
    assert not re.search("<(script|i|b|u)>", html)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (moment("2021-08-26"), "the same day"),
        (moment("2021-08-27"), "1 day later"),
        (moment("2021-08-25", "2021-08-30"), "up to 4 days later"),
        (moment("2021-08-20"), "6 days before it"),
        (moment("2023-04-26"), "20 months later"),
        (moment("2021-10-01", "2022-04-01"), "36 days to 7 months later"),
        (moment("2031-08-26"), "10 years later"),
        (moment("2021-09-01", None), ""),
        (moment(None), ""),
    ],
)
def test_how_long_after(said: Moment, words: str) -> None:
    assert lag(ATTACK, said) == words


def test_two_days_are_as_far_apart_as_they_are_long() -> None:
    line = Days(dt.date(2021, 8, 1), dt.date(2021, 8, 10))
    assert line.share(dt.date(2021, 8, 2)) == pytest.approx(10)
    assert line.end(dt.date(2021, 8, 10)) == pytest.approx(100)


def test_a_few_days_are_marked_by_days_and_years_by_years() -> None:
    days = Days(dt.date(2021, 8, 25), dt.date(2021, 9, 5)).ticks()
    assert [name for _, name in days][:2] == ["26 Aug", "28 Aug"]
    years = Days(dt.date(2001, 1, 1), dt.date(2021, 9, 5)).ticks()
    assert {name for _, name in years} >= {"2005", "2015"}


ends = st.none() | st.dates()


@given(st.lists(st.tuples(ends, ends), min_size=1, max_size=12))
def test_any_dates_give_a_picture_with_everything_on_it(
    pairs: list[tuple[dt.date | None, dt.date | None]],
) -> None:
    moments = [
        Moment(label="x", earliest=min(p), latest=max(p))
        if None not in p
        else Moment(label="x", earliest=p[0], latest=p[1])
        for p in pairs
    ]
    known = [m for m in moments if m.is_known]
    figure = drawn(moments[0], moments[1:])
    if not known:
        return
    assert len(days_of(known).ticks()) <= 7
    for name in ("tl-happened", "tl-said"):
        assert all(0 <= x <= 100 for x in positions(figure, name))
