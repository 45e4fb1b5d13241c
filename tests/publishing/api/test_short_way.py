"""Reads take a short way to their documents: it answers as the long one does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from publishing.api.filters.postings import Branch, Said
from publishing.api.pagination import by_date
from publishing.models import Document, Kind, Posting, place_by_date
from tests.publishing.asking import Asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

API = "/api/v1"
ATTACK = f"{API}/events/kabul-airport-attack/"
ASKED = [
    f"{API}/events/",
    f"{API}/events/?limit=7&country=AFG&ordering=-date",
    f"{API}/events/?limit=3&count=exact&fields=id,title",
    f"{API}/claims/?q=attack&limit=5",
    ATTACK,
    f"{ATTACK}?fields=id",
    f"{ATTACK}?format=geojson",
    f"{API}/events/?nothing=1",
    f"{API}/events/?country=Nowhere",
    f"{API}/events/?limit=0",
    f"{ATTACK}?limit=3",
    f"{API}/events/nothing-like-that/",
]
PROTECTING = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def member(group):
    user = User.objects.create_user(group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize("address", ASKED)
def test_the_short_way_and_the_long_one_answer_alike(client, address):
    short = client.get(address)
    # A closed site looks at who asks, which only DRF does.
    with override_settings(ANONYMOUS_READ=False):
        ask = Asking(client, member("Reader"), "read")
        long = ask("get", address.removeprefix(f"{API}/"))
    assert short.status_code == long.status_code
    assert short.content == long.content
    for header in ("Content-Type", "ETag", "Content-Security-Policy"):
        assert short.get(header) == long.get(header), header


@pytest.mark.parametrize(
    "address", [*ASKED[:1], ATTACK, f"{API}/nothing/", f"{API}/events/?x=1", "/"]
)
def test_every_answer_is_protected(client, address):
    answer = client.get(address)
    for header, value in PROTECTING.items():
        assert answer.headers[header] == value
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_page_of_the_documentation_may_run_its_own_scripts_only(client):
    policy = client.get(f"{API}/docs/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_api_knows_nobody_by_a_cookie(client):
    client.force_login(member("Reviewer"))
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(ATTACK)
        with override_settings(ANONYMOUS_READ=False):
            assert client.get(ATTACK).status_code == 401
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers["Vary"]
    assert not hasattr(answer.wsgi_request, "session")
    assert not [query for query in caught if "django_session" in query["sql"]]
    assert client.get("/admin/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize("method", ["post", "patch", "put", "delete"])
def test_nothing_but_reading_takes_it(client, method):
    answer = getattr(client, method)(f"{API}/events/", content_type="application/json")
    assert answer.status_code in {401, 405}
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", 1),
        ("country=AFG&ordering=id", 1),
        ("country=AFG&verdict=compatible&ordering=-date&limit=1", 1),
        ("country=AFG&date_from=2021-01-01&ordering=date&limit=2", 1),
        ("actor=taliban&country=AFG&limit=2", 2),  # one for actors that were merged
    ],
)
def test_a_full_page_is_one_query(client, django_assert_num_queries, query, queries):
    address = f"{API}/events/?{query}"
    assert client.get(address).json()["results"]  # and code lists are known from here
    with django_assert_num_queries(queries):
        client.get(address)


def test_an_object_is_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(ATTACK)


def _prepared(part):
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [sql for (sql,) in cursor.fetchall() if part in sql]


@pytest.mark.parametrize(("pooled", "limit"), [(False, 17), (True, 18)])
def test_pages_are_planned_once_but_not_behind_a_pooler(
    client, monkeypatch, pooled, limit
):
    settings = connection.settings_dict
    monkeypatch.setitem(settings, "DISABLE_SERVER_SIDE_CURSORS", pooled)
    for _ in range(6):
        assert len(client.get(f"{API}/events/?limit={limit}").json()["results"])
    assert bool(_prepared(f"LIMIT {limit + 1}")) is not pooled


def test_a_prepared_statement_sees_what_was_published_since(client):
    for _ in range(6):
        client.get(ATTACK)
    document = Document.objects.last_version(Kind.EVENT, "kabul-airport-attack")
    current = Document.objects.current().of(Kind.EVENT)
    current.filter(object_id=document.object_id).update(
        valid_to=dt.datetime.now(dt.UTC)
    )
    assert client.get(ATTACK).status_code == 404


def test_postings_stand_by_date_as_they_are_placed():
    dated = Posting.objects.exclude(date_earliest=None)
    rows = list(dated.values_list("date_earliest", "object_id", "by_date"))
    assert len(rows) > 100
    for day, object_id, place in rows:
        assert place_by_date(day, object_id) == place
    in_order = sorted(rows, key=lambda row: row[:2])
    assert [row[2] for row in in_order] == sorted(row[2] for row in rows)
    undated = Posting.objects.filter(date_earliest=None)
    assert not undated.exclude(by_date=None).exists()


def test_places_by_date_stay_numbers_of_postgresql():
    days = (dt.date.min, dt.date(2021, 8, 26), dt.date.max)
    for earlier, later in zip(days, days[1:], strict=False):
        assert place_by_date(earlier, 2**63 - 1) < place_by_date(later, 0) < 2**63
    assert place_by_date(dt.date.max, 2**63 - 1) < 2**63


def test_postgresql_knows_how_many_objects_bear_two_values():
    """Else it reads all of both, where a page needs the first of each."""
    objects = 20_000
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO publishing_posting
                (document_id, token, object_id, date_earliest, date_latest)
            SELECT 1000000 + n, token, 1000000 + n, day, day
            FROM generate_series(1, %s) n, unnest(%s::text[]) token,
                 LATERAL (SELECT date '2010-01-01' + n * 7919 %% 1000 AS day) AS on_day
            """,
            [objects, ["event:made:up", "event:up:made"]],
        )
        cursor.execute("ANALYZE publishing_posting")
        for down in (False, True):
            dated, _ = by_date(None, down=down, until=None)
            branch = Branch("event:made:up", Said("true"), ["event:up:made"])
            asked = branch.condition(dated)
            cursor.execute(
                "EXPLAIN (FORMAT JSON) SELECT FROM publishing_posting"
                f" WHERE {asked.sql}",
                asked.values,
            )
            expected = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
            assert objects / 4 < expected < objects * 4
