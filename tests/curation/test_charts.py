"""Small charts: what they draw, and the table beside each."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from curation.charts import Share, day_bars, share_bars

DAYS = [(dt.date(2021, 8, 26) + dt.timedelta(days=n), n % 5) for n in range(28)]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart):
    """The picture as a tree: it must be well formed."""
    (svg,) = re.findall(r"<svg.*?</svg>", str(chart), re.S)
    return ElementTree.fromstring(svg)


class Cells(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.inside = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.inside = tag in {"td", "th"}

    def handle_data(self, data):
        if self.inside:
            self.found.append(data)


def days(**options):
    return day_bars(
        DAYS, key="k", title="Decisions by day", noun="decisions", **options
    )


def test_each_day_with_something_has_a_bar_and_a_row():
    bars = [e for e in drawn(days()).iter() if e.get("class") == "ch-day"]
    counted = [n for _, n in DAYS if n]
    assert len(bars) == len(counted)
    assert bars[0][0].text == "2021-08-27: 1 decisions"
    cells = Cells(str(days())).found
    assert cells[2:4] == ["2021-08-27", "1"]
    assert len(cells) == 2 + 2 * len(counted)


def test_the_highest_bar_is_of_the_day_with_most():
    heights = {}
    for bar in drawn(days()).iter():
        if bar.get("class") == "ch-day":
            heights[bar[0].text[12]] = int(bar[1].get("height"))
    assert heights["4"] == max(heights.values())
    assert heights["2"] * 2 == heights["4"]


def test_the_picture_has_a_name_that_mentions_the_table():
    svg = drawn(days())
    assert svg.get("role") == "img"
    (title,) = [e.text for e in svg.iter() if e.get("id") == svg.get("aria-labelledby")]
    assert title.startswith("Decisions by day.")


def test_parts_of_a_whole_fill_it():
    chart = share_bars(
        [Share("actors", (6, 1, 2)), Share("places", (0, 0, 3))],
        ["accepted", "changed first", "rejected"],
        key="k",
        title="Decisions",
    )
    widths = [
        float(e.get("width")[:-1])
        for e in drawn(chart).iter()
        if "ch-part" in (e.get("class") or "")
    ]
    assert sum(widths[:3]) == pytest.approx(100, abs=0.1)
    assert widths[3:] == [0, 0, 100]
    assert "6 accepted, 1 changed first, 2 rejected" in str(chart)
    cells = Cells(str(chart)).found
    assert cells[-10:] == [
        "actors",
        "67%",
        "6",
        "1",
        "2",
        "places",
        "0%",
        "0",
        "0",
        "3",
    ]


@pytest.mark.parametrize(
    ("parts", "percent"),
    [((1, 999), "1%"), ((999, 1), "99%"), ((5, 0), "100%"), ((0, 5), "0%")],
)
def test_only_all_is_a_hundred_per_cent_and_only_none_is_zero(parts, percent):
    assert Share("x", parts).percent(0) == percent


def test_nothing_draws_nothing():
    assert day_bars([], key="k", title="t", noun="n") == ""
    assert share_bars([Share("x", (0, 0))], ["a", "b"], key="k", title="t") == ""


def test_what_is_drawn_is_text():
    evil = "<script>alert(1)</script>"
    assert "<script>" not in share_bars(
        [Share(evil, (1,))], [evil], key="k", title=evil
    )


def test_no_style_is_written_into_the_markup():
    assert "style=" not in days()
