"""Pages of a list: with all that was asked for, and while others write."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from publishing.rendering import refresh
from sources.models import Outlet, Status
from sources.services import recorded
from tests.factories.sources import OutletFactory

pytestmark = pytest.mark.django_db


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def published(*names):
    """Outlets of these names, public; their ids."""
    rows = [OutletFactory(name=name, status="published") for name in names]
    refresh()
    return [row.pk for row in rows]


def moved(pk, status):
    with recorded(by="test", why="meanwhile"):
        Outlet.objects.filter(pk=pk).update(status=status)
    refresh()


@pytest.mark.parametrize("ordering", ["id", "-id", "modified", "-modified"])
def test_addresses_of_pages_keep_all_that_was_asked_for(client, ordering):
    published(*"abcdef")
    asked = {
        "limit": "2",
        "ordering": ordering,
        "fields": "id,name",
        "count": "exact",
        "modified_since": "2020-01-01T00:00:00+00:00",
        "id": ",".join(map(str, Outlet.objects.values_list("pk", flat=True))),
    }
    first = client.get("/api/v1/outlets/", asked).json()
    second = page(client, first["next"])
    for address in (first["next"], second["next"], second["previous"]):
        given = dict(parse_qsl(urlsplit(address).query))
        assert given.pop("cursor")
        assert given == asked
    assert page(client, second["previous"])["results"] == first["results"]
    assert second["count"] == {"value": 6, "kind": "exact"}


@pytest.mark.parametrize("ordering", ["id", "-id"])
def test_who_pages_while_others_write_misses_nothing_that_stays(client, ordering):
    there = published(*"abcdefgh")
    gone, stays, address = there[4], set(there) - {there[4]}, None
    seen, turn = [], 0
    address = f"/api/v1/outlets/?limit=2&ordering={ordering}"
    while address:
        found = page(client, address)
        seen += [each["id"] for each in found["results"]]
        if turn == 0:  # also the object on which the cursor stands
            moved(found["results"][-1]["id"], Status.RETRACTED)
            moved(found["results"][-1]["id"], Status.PUBLISHED)
        if turn == 1:
            moved(gone, Status.RETRACTED)
            published("new")
        address, turn = found["next"], turn + 1
    assert len(seen) == len(set(seen))
    assert stays <= set(seen)
    assert turn >= 4


def test_a_list_of_nothing_is_an_empty_page(client):
    published("a")
    asked = {"country": "ATA", "count": "exact", "q": "nothing"}
    found = client.get("/api/v1/outlets/", asked).json()
    assert (found["next"], found["previous"], found["results"]) == (None, None, [])
    assert found["count"] == {"value": 0, "kind": "exact"}


@pytest.mark.parametrize(
    ("form", "empty"),
    [
        ("ndjson", b""),
        ("geojson", b'{"type":"FeatureCollection","features":[]}'),
    ],
)
def test_a_list_of_nothing_in_other_forms(client, form, empty):
    answer = client.get(f"/api/v1/events/?format={form}&country=ATA")
    assert answer.getvalue() == empty


def test_a_table_of_nothing_has_its_head(client):
    answer = client.get("/api/v1/events/?format=csv&country=ATA&fields=id,title")
    assert answer.getvalue() == b"id,title\n"
