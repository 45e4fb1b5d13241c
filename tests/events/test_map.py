from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from events.outlines import (
    all_outlines,
    box_of,
    contains,
    outline_code,
    outline_of,
)
from events.pictures.map import HEIGHT, WIDTH, Spot, draw_map, in_degrees, in_metres
from events.pictures.projection import (
    circle,
    cut,
    distance,
    fitted,
    middle_of,
    path,
    round_length,
)

KABUL = (69.172, 34.528)


def spot(name="Kabul", point=KABUL, radius=20_000, precision="city", **more):
    lon, lat = point
    return Spot(
        name=name, lat=lat, lon=lon, radius_m=radius, precision=precision, **more
    )


def drawn(*spots, title="Where"):
    """The picture as XML: a tag left open or an unescaped name fails here."""
    return ET.fromstring(f"<div>{draw_map(spots, title=title, key='k')}</div>")


def paths(picture, name):
    return [path.get("d") for path in picture.iter("path") if path.get("class") == name]


# --- Circles and projection ----------------------------------------------------


@pytest.mark.parametrize("latitude", [-60, 0, 34.5, 70])
def test_a_circle_of_50_km_has_50_km_at_its_latitude(latitude):
    ring = circle((69, latitude), 50_000)
    assert all(
        distance((69, latitude), point) == pytest.approx(50_000, rel=1e-6)
        for point in ring
    )


def test_a_circle_is_as_wide_as_high_where_the_map_is_true_to_scale():
    view = fitted(circle((25, 60), 50_000), size=(640, 420), least=1)
    box = box_of([view.at(point) for point in circle((25, 60), 50_000)])
    wide, high = box.east - box.west, box.north - box.south
    assert wide == pytest.approx(high, rel=0.01)
    assert high == pytest.approx(2 * view.units(50_000), rel=0.01)


def test_a_circle_across_the_date_line_does_not_jump():
    box = box_of(circle((179.9, 60), 50_000))
    assert box.east > 180
    assert box.east - box.west < 2


@pytest.mark.parametrize("latitude", [89, -89])
def test_a_circle_around_a_pole_holds_it(latitude):
    box = box_of(circle((10, latitude), 500_000))
    assert box.east - box.west == pytest.approx(360)
    assert 90 in (box.north, -box.south)


def test_a_quarter_of_the_equator_is_ten_thousand_kilometres():
    assert distance((0, 0), (90, 0)) == pytest.approx(10_007_000, rel=1e-3)


@pytest.mark.parametrize(
    ("longitudes", "middle"),
    [([10], 10), ([68, 70], 69), ([179, -179], 180), ([-170, 170, 175], 180)],
)
def test_the_middle_is_that_of_the_shorter_way_around(longitudes, middle):
    assert middle_of(longitudes) % 360 == pytest.approx(middle, abs=3)


def test_what_lies_outside_the_window_is_cut_off():
    square = [(-100, -100), (50, -100), (50, 50), (-100, 50), (-100, -100)]
    kept = cut(square, width=100, height=100, margin=0)
    assert box_of(kept) == (0, 0, 50, 50)


def test_a_path_adds_up_no_rounding():
    points = [(index * 0.14, 0.0) for index in range(1000)]
    found = re.findall(r"-?[\d.]+", path(points))
    assert sum(map(float, found[::2])) == pytest.approx(points[-1][0], abs=0.1)


@pytest.mark.parametrize(("most", "length"), [(1, 1), (7, 5), (99, 50), (200, 200)])
def test_the_scale_bar_has_a_round_length(most, length):
    assert round_length(most) == length


# --- Outlines ------------------------------------------------------------------


def test_the_outlines_are_countries_and_afghan_provinces_and_districts():
    levels = [each.level for each in all_outlines()]
    assert levels.count("country") > 230
    assert levels.count("province") == 34
    assert levels.count("district") > 390


def test_a_country_across_the_date_line_is_one_piece():
    russia = outline_of("RUS")
    box = russia.parts[0].box
    assert box.east > 180
    assert contains(russia, (-175, 66))
    assert not contains(russia, (0, 50))


def test_a_hole_is_outside():
    assert not contains(outline_of("ZAF"), (28.2, -29.5))  # Lesotho
    assert contains(outline_of("LSO"), (28.2, -29.5))


def code(kind, **known):
    given = {"country": "AFG", "codes": [], "names": [], "point": KABUL} | known
    return outline_code(kind=kind, **given)


def test_an_outline_is_found_by_code_or_by_a_name_that_holds_the_point():
    assert code("country") == "AFG"
    assert code("province", codes=["AF-TAK"]) == "AF-TAK"
    assert code("province", names=["Kabul"]) == "AF-KAB"
    assert code("district", names=["Dashti Qala"], point=(69.516, 37.196))


def test_a_name_alone_finds_no_outline_elsewhere():
    assert code("province", names=["Takhar"]) == ""
    assert code("province", country="PAK", names=["Kabul"]) == ""
    assert code("city", names=["Kabul"]) == ""


# --- The map -------------------------------------------------------------------


@pytest.mark.parametrize("precision", ["country", "province", "district", "region", ""])
def test_what_is_only_known_as_an_area_has_no_pin(precision):
    picture = drawn(spot("Takhar", (69.8, 36.7), 105_000, precision))
    assert paths(picture, "map-area")
    assert "map-dot" not in ET.tostring(picture, encoding="unicode")


@pytest.mark.parametrize("precision", ["exact", "vicinity", "locality", "city"])
def test_a_point_stands_in_the_circle_of_its_radius(precision):
    picture = drawn(spot(precision=precision))
    [dot] = list(picture.iter("circle"))
    assert float(dot.get("cx")) == pytest.approx(WIDTH / 2, abs=0.5)
    assert float(dot.get("cy")) == pytest.approx(HEIGHT / 2, abs=0.5)
    assert len(paths(picture, "map-reach")) == 1


def test_the_outline_of_a_province_is_drawn_in_place_of_a_circle():
    plain = drawn(spot("Takhar", (69.8, 36.7), 105_000, "province"))
    known = drawn(spot("Takhar", (69.8, 36.7), 105_000, "province", outline="AF-TAK"))
    assert paths(plain, "map-area") != paths(known, "map-area")


def test_a_place_without_coordinates_is_said_and_not_drawn():
    lost = spot("Khorasan", (None, None), None, "region")
    picture = drawn(spot(), lost)
    told = "".join(picture.itertext())
    assert "Not on the map, without coordinates: Khorasan" in told
    assert len(paths(picture, "map-area")) == 0
    assert [row[2].text for row in picture.findall(".//tbody/tr")][1] == "unknown"


def test_nothing_but_places_without_coordinates_is_a_sentence_and_a_table():
    picture = drawn(spot("Khorasan", (None, None), None, "region"))
    assert picture.find(".//figure") is None
    assert picture.find(".//table") is not None
    assert draw_map([], title="t", key="k") == ""


def test_places_on_both_sides_of_the_date_line_lie_side_by_side():
    picture = drawn(
        spot("Suva", (178.4, -18.1), 20_000), spot("Apia", (-171.8, -13.8), 20_000)
    )
    left, right = sorted(float(c.get("cx")) for c in picture.iter("circle"))
    assert 0 < left < WIDTH / 2 < right < WIDTH
    assert left < 200  # as far apart as the map allows, not across the whole globe


def test_only_land_in_view_is_in_the_markup():
    city = draw_map([spot()], title="t", key="k")
    world = draw_map(
        [spot(), spot("Washington", (-77, 38.9)), spot("Suva", (178, -18))],
        title="t",
        key="k",
    )
    assert len(city) < 20_000 < len(world) < 160_000
    assert "map-district" in city
    assert "map-district" not in world


def test_the_map_names_whose_outlines_they_are_and_shows_a_scale():
    told = "".join(drawn(spot()).itertext())
    assert "geoBoundaries" in told
    assert "CC BY 4.0" in told
    assert "20 km" in told


def test_a_link_of_the_picture_is_no_tab_stop_and_stands_in_the_table():
    picture = drawn(spot(href="/places/1/"))
    links = [a for a in picture.iter("a") if a.get("href") == "/places/1/"]
    assert [a.get("tabindex") for a in links] == ["-1", None]


def test_nothing_of_a_name_is_markup_and_no_style_is_written():
    html = draw_map(
        [spot("<script>&", href='/"><b>', detail="<i>")], title="<u>", key="k"
    )
    for tag in ("<script", "<b>", "<i>", "<u>", "style="):
        assert tag not in html


def test_names_do_not_lie_upon_another():
    near = [spot(f"Place {n}", (69 + n / 1000, 34), 1000) for n in range(20)]
    picture = drawn(*near)
    [names] = [g for g in picture.iter("g") if g.get("class") == "map-wide"]
    spots = [t.text for t in names.iter("text") if t.text.startswith("Place ")]
    assert 1 <= len(spots) < 20


@pytest.mark.parametrize(
    ("metres", "words"),
    [(10, "10 m"), (1500, "1.5 km"), (20_000, "20 km"), (1_050_000, "1,050 km")],
)
def test_lengths_in_words(metres, words):
    assert in_metres(metres) == words


def test_points_in_words():
    assert in_degrees(-18.1, -77.04) == "18.100° S, 77.040° W"
