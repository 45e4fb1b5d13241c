"""Filters that know what is certain, what may be, and what nobody knows."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from publishing.beside import fill_all
from publishing.models import Kind

pytestmark = pytest.mark.django_db

RELATION = {
    "id": 1,
    "slug": "r",
    "subject": {"id": 2, "slug": "cell", "name": "Cell"},
    "kind": "part_of",
    "object": {"id": 1, "slug": "army", "name": "Army"},
    "disputed": False,
    "denied": False,
    "start": {"earliest": None, "latest": None},
    "end": {"earliest": None, "latest": None},
}


def publish(kind, pk, body, facets=(), earliest=None, latest=None):
    """A document as rendering would append it, and what stands beside it."""
    text = json.dumps({"id": pk, **body})
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO publishing_document (kind, object_id, slug, version,
                valid_from, gone, sha256, body, facets, date_earliest, date_latest)
            VALUES (%s, %s, %s, 1, clock_timestamp(), false,
                encode(sha256(convert_to(%s, 'UTF8')), 'hex'), %s, %s, %s, %s)
            """,
            [kind, pk, f"{kind}-{pk}", text, text, list(facets), earliest, latest],
        )
    fill_all()


def event(pk, *, actor=None, earliest=None, latest=None, place=None, killed=None):
    low, high = killed or (None, None)
    estimates = [
        {"measure": "killed", "group": "all", "low": low, "high": high, "origins": 1}
    ]
    publish(
        Kind.EVENT,
        pk,
        {"place": place, "estimates": estimates if killed else []},
        [f"actor:{actor}"] if actor else [],
        earliest,
        latest,
    )


def relation(pk, *, below, above, start=None, end=None, **more):
    body = {
        **RELATION,
        "subject": {"id": below, "slug": f"actor-{below}", "name": ""},
        "object": {"id": above, "slug": f"actor-{above}", "name": ""},
        "start": {"earliest": start, "latest": start},
        "end": {"earliest": end, "latest": end},
        **more,
    }
    facets = [
        f"kind:{body['kind']}",
        f"object:{above}",
        f"object:actor-{above}",
        f"denied:{str(body['denied']).lower()}",
    ]
    publish(Kind.RELATION, pk, body, facets)


def found(client, query, kind="event"):
    """Through the postings, and again through the log alone."""
    page = client.get(f"/api/v1/{kind}s/?{query}")
    assert page.status_code == 200, page.content
    now = [document["id"] for document in page.json()["results"]]
    by_record = client.get(f"/api/v1/{kind}s/?{query}&ordering=modified").json()
    assert sorted(now) == sorted(document["id"] for document in by_record["results"])
    return set(now)


@pytest.mark.parametrize(
    ("interval", "overlapping", "within"),
    [
        ("2021-08-01/2021-08-31", {1, 2, 3}, {1}),
        ("2021-08-26/2021-08-26", {1, 2, 3}, {1}),
        ("2021-07-01/2021-09-30", {1, 2, 3}, {1, 2}),
        ("2021-08-27/2021-08-31", {2, 3}, set()),
        ("../2021-08-01", {2}, set()),
        ("2021-09-16/..", {3}, set()),
        ("2021-08-20/..", {1, 2, 3}, {1}),
    ],
)
def test_dates_are_intervals(client, interval, overlapping, within):
    event(1, earliest="2021-08-26", latest="2021-08-26")
    event(2, earliest="2021-07-15", latest="2021-09-15")
    event(3, earliest="2021-08-20")  # half open
    event(4)  # nobody knows
    assert found(client, f"date_overlaps={interval}") == overlapping
    certain = found(client, f"date_within={interval}")
    assert certain - {3} == within
    assert (3 in certain) == (interval == "2021-08-20/..")


def place(latitude, longitude, km):
    return {"latitude": latitude, "longitude": longitude, "radius_m": km * 1000}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("near=34.5,69.2&within_km=1", {1, 3}),
        ("near=34.5,69.2&within_km=60", {1, 2, 3}),
        ("near=35.4,69.2&within_km=99", {1, 3}),  # 100 km to the point, less 5
        ("near=35.4,69.2&within_km=90", {3}),
        ("near=0,-179.9&within_km=30", {4}),  # across the meridian of 180°
        ("near=90,0&within_km=120", {5}),
        ("near=-34.5,69.2&within_km=100", set()),
    ],
)
def test_a_place_is_as_large_as_it_may_be(client, query, ids):
    event(1, place=place(34.5, 69.2, 5))
    event(2, place=place(35.0, 69.2, 1))
    event(3, place=place(33.9, 67.7, 790))
    event(4, place=place(0, 179.9, 1))
    event(5, place=place(89.5, 180, 80))
    event(6, place={"latitude": None, "longitude": None, "radius_m": None})
    event(7)
    wanted = ids | ({2} if query.startswith("near=35.4") else set())
    assert found(client, query) == wanted


def test_a_bound_that_is_open_says_nothing_for_certain(client):
    event(1, killed=(100, 150))
    event(2, killed=(100, None))
    event(3, killed=(None, 150))
    event(4, killed=(10, 20))
    event(5)
    assert found(client, "killed_low__gte=100") == {1, 2}
    assert found(client, "killed_high__lte=150") == {1, 3, 4}
    assert found(client, "killed_low__gte=11&killed_high__lte=150") == {1}


def test_members_count_at_the_date_of_the_event(client):
    relation(1, below=2, above=1, start="2015-01-01", end="2020-12-31")
    relation(2, below=3, above=2)
    relation(3, below=4, above=1, denied=True)
    relation(4, below=5, above=1, kind="ally_of")
    relation(5, below=6, above=1, disputed=True)
    for pk, (actor, day) in enumerate(
        [
            (1, "2010-01-01"),
            (2, "2016-05-05"),
            (2, "2021-01-01"),
            (3, "2016-05-05"),
            (3, "2014-12-31"),
            (4, "2016-05-05"),
            (5, "2016-05-05"),
            (6, "2016-05-05"),
        ],
        start=1,
    ):
        event(pk, actor=actor, earliest=day, latest=day)
    event(20, actor=2, earliest="2020-06-01", latest="2021-06-01")  # may have been
    event(21, actor=2)  # nobody knows when
    assert found(client, "actor_tree=1") == {1, 2, 4, 8, 20}
    assert found(client, "actor_tree=2") == {2, 3, 4, 5, 20, 21}
    assert found(client, "actor=1") == {1}


def test_organisations_that_contain_each_other_end(client):
    relation(1, below=2, above=1)
    relation(2, below=1, above=2)
    event(1, actor=1, earliest="2016-05-05", latest="2016-05-05")
    event(2, actor=2, earliest="2016-05-05", latest="2016-05-05")
    assert found(client, "actor_tree=1") == {1, 2}


def test_hearsay_counts_who_passes_it_on(client):
    for pk, length in enumerate((0, 1, 2), start=1):
        publish(Kind.CLAIM, pk, {"attributed_to": [{"actor": None}] * length})
    assert found(client, "hearsay_max=0", "claim") == {1}
    assert found(client, "hearsay_max=1", "claim") == {1, 2}


def test_speakers_and_outlets_are_found_through_claims_and_articles(client):
    publish(Kind.CLAIM, 7, {"attributed_to": []}, ["speaker:5", "article:9"])
    publish(Kind.CLAIM, 8, {"attributed_to": []}, ["speaker:6"])
    publish(Kind.ARTICLE, 9, {}, ["outlet:3"])
    publish(Kind.EVENT, 1, {"place": None, "estimates": []}, ["claim:7", "outlet:3"])
    publish(Kind.EVENT, 2, {"place": None, "estimates": []}, ["claim:8"])
    assert found(client, "said_by=5") == {1}
    assert found(client, "said_by=5,6") == {1, 2}
    assert found(client, "said_by=4") == set()
    assert found(client, "reported_by=3") == {1}
    assert found(client, "said_by=5", "claim") == {7}
    assert found(client, "reported_by=3", "claim") == {7}


def test_origins_are_the_most_behind_one_estimate(client):
    for pk, origins in enumerate(([], [1], [1, 3]), start=1):
        estimates = [
            {"measure": measure, "group": "all", "origins": number}
            for measure, number in zip(("killed", "injured"), origins, strict=False)
        ]
        publish(Kind.EVENT, pk, {"place": None, "estimates": estimates})
    assert found(client, "origins__gte=1") == {2, 3}
    assert found(client, "origins__gte=3") == {3}
    assert found(client, "origins__gte=4") == set()
