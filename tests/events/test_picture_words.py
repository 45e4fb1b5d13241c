"""The words of pictures: no line runs through them, and none is cut off."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest

from events.pictures.axis import axis
from events.pictures.intervals import Bar, Tone, interval_svg
from events.pictures.labels import Sheet
from events.pictures.timeline import Moment, timeline_svg

SAID = "“more than 150 Afghans and 13 American service members”"
BARS = [
    Bar(label="Together", low=164, high=170, tone=Tone.ESTIMATE),
    Bar(label="An outlet", low=164, high=None, said=SAID, binds_low=True),
    Bar(label="Another", low=None, high=170, group="US service members" * 2),
]
TOLD = Moment(
    label="An outlet", earliest=dt.date(2021, 8, 30), latest=dt.date(2021, 9, 5)
)
LATER = Moment(
    label="Another", earliest=dt.date(2023, 4, 26), latest=dt.date(2023, 4, 26)
)
KNOWN = Moment(
    label="Attack", earliest=dt.date(2021, 8, 26), latest=dt.date(2021, 8, 26)
)


def intervals() -> ET.Element:
    return ET.fromstring(interval_svg(BARS, key="k", title="t"))


def timeline() -> ET.Element:
    return ET.fromstring(timeline_svg(KNOWN, [TOLD, LATER], key="k", title="t"))


def behind(figure: ET.Element) -> list[tuple[int, int]]:
    """From where to where lines and shades run, from above to below."""
    paths = (each.get("d") or "" for each in figure.iterfind(".//g[@class]/svg/path"))
    found = [
        (int(top), int(top) + int(high))
        for path in paths
        for top, high in re.findall(r"M0 (\d+)v(\d+)", path)
    ]
    for shade in figure.iter("rect"):
        if shade.get("width") == "100%" and not shade.get("class"):
            top = int(shade.get("y") or "")
            found.append((top, top + int(shade.get("height") or "")))
    return found


def lines_of_words(figure: ET.Element) -> list[int]:
    """Where lines of words stand, but for the names below the bars."""
    named = {
        each for axis in figure.iterfind(".//g[@class='pic-axis']") for each in axis
    }
    texts = [each for each in figure.iter("text") if each not in named]
    spans = [span for text in texts for span in text]
    return [int(y) for each in (*texts, *spans) if (y := each.get("y"))]


@pytest.mark.parametrize("drawn", [intervals, timeline])
def test_no_line_runs_through_words(drawn) -> None:
    figure = drawn()
    words = lines_of_words(figure)
    assert len(words) > 5
    for top, bottom in behind(figure):
        assert not [y for y in words if top < y + 3 and y - 12 < bottom]


def test_what_does_not_fit_beside_stands_below() -> None:
    (short, long) = BARS[1:]
    assert short.has_room
    assert "iv-part" not in dict(short.lines())
    assert not long.has_room
    assert dict(long.lines())["iv-part"] == long.note
    dates = {
        "".join(text.itertext()): text[1].get("x")
        for text in timeline().iter("text")
        if len(text) == 2
    }
    assert dates["30 August – 5 September 20214 to 10 days later"] == "0"
    assert dates["26 April 202320 months later"] is None


def test_names_that_would_run_out_of_the_picture_are_not_written() -> None:
    ticks = [(4, "0"), (4, "100,000"), (50, "200,000"), (96, "300,000")]
    drawn = ET.fromstring(axis(ticks, [20], 40))
    assert [each.text for each in drawn.iter("text")] == ["0", None, "200,000", None]


@pytest.mark.parametrize(
    ("line", "x", "anchor"),
    [
        (((50, 50), (99, 50)), 40, "end"),
        (((0, 50), (99, 50)), 50, "middle"),
        (((0, 0), (99, 0)), 60, "start"),
    ],
)
def test_names_keep_clear_of_lines(line, x, anchor) -> None:
    sheet = Sheet(100, 100, 10, lines=[line])
    label = sheet.beside("Milley", 50, 50, gap=10)
    assert label is not None
    assert (label.x, label.anchor) == (x, anchor)


def test_a_name_without_a_clear_place_is_written_all_the_same() -> None:
    sheet = Sheet(100, 100, 10, lines=[((0, y), (99, y)) for y in range(0, 100, 5)])
    label = sheet.beside("Milley", 50, 50, gap=10)
    assert label is not None
    assert label.x == 60
