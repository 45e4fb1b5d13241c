"""Attempts to break the rules of the gazetteer with raw SQL."""

from __future__ import annotations

import pytest

from tests.factories.events import GazetteerEntryFactory
from tests.rules import allowed, refused, update

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "point",
    [
        {"latitude": 90.1},
        {"latitude": -90.1},
        {"longitude": 180.1},
        {"longitude": -180.1},
        {"latitude": float("nan")},
        {"longitude": float("inf")},
        {"radius_m": 0},
    ],
)
def test_an_entry_lies_on_the_globe(point):
    with refused("events_gazetteerentry_point_on_globe"):
        update(GazetteerEntryFactory(), **point)


def test_the_ends_of_the_globe_are_allowed():
    with allowed():
        update(GazetteerEntryFactory(), latitude=-90, longitude=180, radius_m=1)
