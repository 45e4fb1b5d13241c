from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from events.pictures.intervals import Bar, Tone, in_words, interval_svg, scale_of

SVG = "{http://www.w3.org/2000/svg}"

BARS = [
    Bar(label="All claims together", low=164, high=170, tone=Tone.ESTIMATE),
    Bar(label="CNN", low=164, high=None, binds_low=True, href="/claims/1/"),
    Bar(label="TRT", low=None, high=170, binds_high=True),
    Bar(label="Pentagon", low=13, high=13),
    Bar(label="Sources", low=None, high=None, tone=Tone.LOOSE),
]


def parsed(html: str) -> ET.Element:
    """The markup as XML: a tag left open or an unescaped name fails here."""
    return ET.fromstring(html)


def test_every_bar_is_drawn_and_stands_in_the_table() -> None:
    figure = parsed(interval_svg(BARS, key="k", title="Killed"))
    assert len(figure.findall(".//g[@class='iv-bar']")) == 5
    rows = figure.findall(".//tbody/tr")
    assert [[c.text for c in row][1:3] for row in rows] == [
        ["164", "170"],
        ["164 (decides)", "open"],
        ["open", "170 (decides)"],
        ["13", "13"],
        ["open", "open"],
    ]


def test_the_picture_has_a_name_and_points_to_the_table() -> None:
    figure = parsed(interval_svg(BARS, key="k", title="Killed"))
    svg = figure.find("svg")
    assert svg is not None
    assert svg.get("role") == "group"
    named = figure.find(f".//title[@id='{svg.get('aria-labelledby')}']")
    assert named is not None
    assert named.text is not None
    assert named.text.startswith("Killed")


def test_nothing_of_a_label_is_markup() -> None:
    evil = Bar(label='<script>"&', low=1, high=2, href='/x/"><b>', detail="<i>")
    html = interval_svg([evil], key="k", title="<u>")
    parsed(html)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html


def test_an_open_end_fades_and_bears_an_arrow() -> None:
    html = interval_svg([Bar(label="x", low=5, high=None)], key="k", title="t")
    assert html.count('class="iv-arrow"') == 1
    assert 'fill="url(#k-claim-high)"' in html
    assert 'id="k-claim-high"' in html


def test_a_closed_interval_has_no_arrow() -> None:
    html = interval_svg([Bar(label="x", low=5, high=9)], key="k", title="t")
    assert "iv-arrow" not in html


def test_bars_lie_in_order_on_the_scale() -> None:
    scale = scale_of(BARS)
    assert scale.x(13) < scale.x(164) < scale.x(170) < 640
    assert 3 <= len(scale.ticks()) <= 8


@pytest.mark.parametrize("bound", [0, 1, 7, 10**12])
def test_a_single_number_of_any_size_has_a_scale(bound: int) -> None:
    bar = Bar(label="x", low=bound, high=bound)
    assert scale_of([bar]).ticks()
    parsed(interval_svg([bar], key="k", title="t"))


def test_the_scale_never_shows_negative_numbers() -> None:
    assert scale_of([Bar(label="x", low=0, high=3)]).least == 0


def test_an_open_lower_end_reaches_down_to_zero() -> None:
    open_below = Bar(label="x", low=None, high=170)
    assert scale_of([open_below, Bar(label="y", low=164, high=170)]).least == 0
    assert scale_of([Bar(label="y", low=164, high=170)]).least > 0


def test_nothing_to_draw_draws_nothing() -> None:
    assert interval_svg([], key="k", title="t") == ""


def test_a_long_label_is_cut_in_the_picture_and_whole_in_its_title() -> None:
    label = "word " * 40
    html = interval_svg([Bar(label=label, low=1, high=2)], key="k", title="t")
    figure = parsed(html)
    drawn = figure.find(".//text[@class='iv-label']")
    assert drawn is not None
    assert "".join(drawn.itertext()).endswith("…")
    assert label in html


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (164, 170, "164–170"),
        (101, None, "at least 101"),
        (None, 1700, "up to 1,700"),
        (13, 13, "13"),
        (None, None, "no bound"),
    ],
)
def test_bounds_in_words(low: int | None, high: int | None, words: str) -> None:
    assert in_words(low, high) == words


def drawn_x(figure: ET.Element, name: str, attribute: str = "x") -> list[float]:
    found = [e for e in figure.iter() if e.get("class") == name]
    return [float((e.get(attribute) or "").rstrip("%")) for e in found]


def test_the_shaded_range_lies_between_the_ends_that_decide() -> None:
    figure = parsed(interval_svg(BARS, key="k", title="t"))
    (low,) = drawn_x(figure, "iv-band")
    (width,) = drawn_x(figure, "iv-band", "width")
    binding = drawn_x(figure, "iv-binds", "x1")
    assert binding == [pytest.approx(low), pytest.approx(low + width, abs=0.02)]


def test_open_ends_reach_the_edges() -> None:
    figure = parsed(interval_svg(BARS[1:3], key="k", title="t"))
    since, until = drawn_x(figure, "iv-open")
    widths = drawn_x(figure, "iv-open", "width")
    assert since + widths[0] == pytest.approx(100, abs=0.02)
    assert until == 0


def test_claims_that_exclude_each_other_leave_no_range() -> None:
    bars = [
        Bar(label="together", low=100, high=151, tone=Tone.CONFLICT),
        Bar(label="a", low=151, high=None, tone=Tone.CLASH),
        Bar(label="b", low=None, high=100, tone=Tone.CLASH),
    ]
    html = interval_svg(bars, key="k", title="t")
    assert "iv-band" not in html
    assert html.count(">in conflict<") == 2


def test_what_a_claim_does_and_whom_it_counts_stands_beside_its_bounds() -> None:
    bar = Bar(label="x", low=13, high=13, group="US troops", binds_low=True)
    assert bar.note == "US troops · decides the lower end"
    assert bar.note in interval_svg([bar], key="k", title="t")


def test_the_table_leads_to_the_sentence_and_to_the_claim() -> None:
    bar = Bar(
        label="CNN", low=1, high=2, href="/a/#c5", claim="001-02", claim_href="/c/7/"
    )
    figure = parsed(interval_svg([bar], key="k", title="t"))
    links = [(a.text, a.get("href")) for a in figure.findall(".//table//a")]
    assert links == [("CNN", "/a/#c5"), ("001-02", "/c/7/")]
