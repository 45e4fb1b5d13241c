"""Shapes on the globe, without a database."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.api.formats.geo import AREA_FROM_M, geometry


def place(latitude, longitude, radius_m):
    return {"latitude": latitude, "longitude": longitude, "radius_m": radius_m}


def rings(shape):
    if shape["type"] == "Polygon":
        return shape["coordinates"]
    return [ring for polygon in shape["coordinates"] for ring in polygon]


def turn(ring):
    """Twice the signed area: positive when anticlockwise."""
    return sum(
        x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False)
    )


def metres(latitude, longitude, other):
    """Great-circle distance (haversine)."""
    x, y = map(math.radians, (other[0] - longitude, other[1] - latitude))
    a = math.sin(y / 2) ** 2 + math.sin(x / 2) ** 2 * math.cos(
        math.radians(latitude)
    ) * math.cos(math.radians(other[1]))
    return 2 * 6_371_008.8 * math.asin(math.sqrt(a))


@pytest.mark.parametrize("radius", [None, 0, AREA_FROM_M - 1])
def test_a_small_place_is_a_point(radius):
    shape = geometry(place(34.5, 69.2, radius))
    assert shape == {"type": "Point", "coordinates": [69.2, 34.5]}


@pytest.mark.parametrize("missing", [None, {}, place(None, None, 100)])
def test_without_coordinates_there_is_no_geometry(missing):
    assert geometry(missing) is None


@given(
    st.floats(-80, 80),
    st.floats(-180, 180),
    st.integers(AREA_FROM_M, 1_000_000),
)
def test_an_area_is_a_closed_ring_at_its_radius(latitude, longitude, radius):
    shape = geometry(place(latitude, longitude, radius))
    for ring in rings(shape):
        assert ring[0] == ring[-1]
        assert turn(ring) > 0
        for x, y in ring:
            assert -180 <= x <= 180
            assert -90 <= y <= 90
            if abs(x) < 180:
                far = metres(latitude, longitude, (x, y))
                assert far == pytest.approx(radius, rel=0.01)


def test_an_area_across_the_antimeridian_comes_in_two():
    assert geometry(place(-17.8, 178.0, 400_000))["type"] == "MultiPolygon"
    assert geometry(place(-17.8, -178.0, 400_000))["type"] == "MultiPolygon"


def test_an_area_around_a_pole_stays_a_point():
    assert geometry(place(-85, 0, 2_000_000))["type"] == "Point"
