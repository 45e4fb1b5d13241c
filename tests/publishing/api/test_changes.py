"""/changes/ and /status/ as a client sees them."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.reverse import reverse

from actors.models import Actor
from publishing.api.changes import ChangeEntry, ChangesPage
from publishing.api.status import Status as StatusShape
from publishing.changes import newest
from publishing.models import Document, Kind, Stale
from publishing.rendering import refresh
from sources.models import Status
from sources.services import recorded
from tests.rules import sql

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

CHANGES, STATUS = "/api/v1/changes/", "/api/v1/status/"


def got(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def refused(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    return {error["parameter"]: error for error in answer.json()["errors"]}


def followed(client, address):
    """All pages, as a client reads them that knows only `next` and `more`."""
    pages = [got(client, address)]
    while pages[-1]["more"]:
        pages.append(got(client, pages[-1]["next"]))
    return pages


def rename(slug, name):
    with recorded(by="test", why="an edit"):
        Actor.objects.filter(slug=slug).update(name=name)


def documents_in(text):
    """Id and kind, and the very characters of each `document` of an answer."""
    decoder, found, at = json.JSONDecoder(), {}, 0
    while (at := text.find('"document":', at)) >= 0:
        at += len('"document":')
        _, end = decoder.raw_decode(text, at)
        entry = text[text.rfind('{"cursor"', 0, at) : at] + "null}"
        entry = json.loads(entry)
        found[entry["kind"], entry["id"]] = text[at:end]
        at = end
    return found


def test_who_follows_from_the_beginning_has_what_is_exported(client):
    rename("isis-k", "Renamed")
    with recorded(by="test", why="gone"):
        Actor.objects.filter(slug="mark-milley").update(status=Status.RETRACTED)
    copy, address, more = {}, f"{CHANGES}?limit=300&include=document", True
    while more:
        text = client.get(address).content.decode()
        copy |= documents_in(text)
        page = json.loads(text)
        for each in page["results"]:
            if each["change"] == "retracted":
                assert copy.pop((each["kind"], each["id"])) == "null"
            else:
                body = copy[each["kind"], each["id"]]
                assert hashlib.sha256(body.encode()).hexdigest() == each["sha256"]
        address, more = page["next"], page["more"]
    rows = Document.objects.current().values_list("kind", "object_id", "body")
    assert copy == {(kind, pk): body for kind, pk, body in rows}
    assert len(copy) > 500


def test_without_documents_the_address_of_each_gives_them(client):
    rename("isis-k", "Renamed")
    last = got(client, f"{CHANGES}?since={newest() - 5}")["results"]
    assert len(last) == 5
    for each in last:
        answer = client.get(each["url"])
        assert hashlib.sha256(answer.content).hexdigest() == each["sha256"]


def test_an_entry_says_what_happened(client):
    start = got(client, f"{CHANGES}?since=now")
    assert (start["results"], start["more"]) == ([], False)
    actor = Actor.objects.get(slug="isis-k")
    rename("isis-k", "Renamed")
    page = got(client, f"{start['next']}&kind=actor")
    mine = [each for each in page["results"] if each["id"] == actor.pk]
    document = Document.objects.current().get(kind=Kind.ACTOR, object_id=actor.pk)
    assert mine == [
        {
            "cursor": str(document.pk),
            "kind": "actor",
            "id": actor.pk,
            "slug": "isis-k",
            "version": 2,
            "change": "changed",
            "fields": mine[0]["fields"],
            "valid_from": document.valid_from.isoformat(),
            "sha256": document.sha256,
            "url": f"http://testserver/api/v1/actors/{actor.pk}/",
            "into": None,
        }
    ]
    assert "name" in mine[0]["fields"]
    with recorded(by="test", why="gone"):
        Actor.objects.filter(pk=actor.pk).update(status=Status.RETRACTED)
    page = got(client, f"{page['next']}&include=document")
    gone = [each for each in page["results"] if each["id"] == actor.pk]
    told = ("change", "fields", "sha256", "document")
    assert [[each[name] for name in told] for each in gone] == [
        ["retracted", [], None, None]
    ]


def test_answers_are_as_described(client):
    page = got(client, f"{CHANGES}?limit=2&include=document")
    assert list(page) == list(ChangesPage().fields)
    assert list(page["results"][0]) == list(ChangeEntry().fields)
    status = got(client, STATUS)
    shape = StatusShape().fields
    assert list(status) == list(shape)
    for name in ("last_change", "rendering"):
        assert list(status[name]) == list(shape[name].fields)


@pytest.mark.parametrize("limit", [1, 100, 1000])
def test_pages_hold_every_change_once_and_in_order(client, limit):
    since = newest() - 120 if limit == 1 else 0
    pages = followed(client, f"{CHANGES}?since={since}&limit={limit}")
    seen = [int(each["cursor"]) for page in pages for each in page["results"]]
    log = Document.objects.filter(id__gt=since).order_by("id")
    assert seen == list(log.values_list("id", flat=True))
    assert all(len(page["results"]) <= limit for page in pages)
    again = got(client, pages[-1]["next"])
    assert (again["results"], again["more"]) == ([], False)
    assert again["next"] == pages[-1]["next"]


def test_only_of_some_kinds(client):
    pages = followed(client, f"{CHANGES}?kind=event,%20outlet&limit=10")
    found = {each["kind"] for page in pages for each in page["results"]}
    assert found == {"event", "outlet"}
    assert sum(len(page["results"]) for page in pages) == (
        Document.objects.filter(kind__in=["event", "outlet"]).count()
    )
    assert pages[-1]["cursor"] == str(newest())


@pytest.mark.parametrize("form", ["%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%S.%f"])
def test_a_moment_is_where_to_begin(client, form):
    last = Document.objects.latest("id").valid_from
    count = Document.objects.filter(valid_from=last).count()
    for moment, wanted in (
        (last, min(count, 1000)),
        (last + timedelta(microseconds=1), 0),
    ):
        address = f"{CHANGES}?limit=1000&since={moment.strftime(form)}"
        assert len(got(client, address)["results"]) == wanted


def test_a_day_is_where_to_begin(client):
    tomorrow = (timezone.now() + timedelta(days=1)).date()
    assert got(client, f"{CHANGES}?since={tomorrow}")["cursor"] == str(newest())
    assert got(client, f"{CHANGES}?since=2000-01-01&limit=1")["results"]


@pytest.mark.parametrize(
    "since", ["", "x", "-1", "1.5", "2026-13-01", "2026-02-30", "٣", "9" * 30, "0x10"]
)
def test_what_is_no_position_is_refused(client, since):
    error = refused(client, f"{CHANGES}?since={since}")["since"]
    assert f"“{since}”" in error["message"]


def test_a_cursor_of_another_database_is_refused(client):
    error = refused(client, f"{CHANGES}?since={newest() + 1}")["since"]
    assert "Begin again" in error["message"]


def test_all_that_is_wrong_is_told_at_once(client):
    address = f"{CHANGES}?since=x&limit=1001&kind=event,nobody&include=all&colour=red"
    errors = refused(client, address)
    assert set(errors) == {"since", "limit", "kind", "include", "colour"}
    assert errors["kind"]["allowed"] == list(Kind.values)
    assert "nobody" in errors["kind"]["message"]
    assert errors["include"]["allowed"] == ["document"]
    assert errors["colour"]["allowed"] == ["include", "kind", "limit", "since"]


def test_a_page_is_one_statement_whatever_its_size(
    client, django_assert_max_num_queries
):
    for limit in (1, 1000):
        with django_assert_max_num_queries(1):
            got(client, f"{CHANGES}?limit={limit}&include=document")


def test_status_tells_how_far_the_public_side_is(client):
    cache.clear()
    status = got(client, STATUS)
    assert status["last_change"]["cursor"] == str(newest())
    assert status["documents"] == {
        kind.value: Document.objects.current().of(kind).count() for kind in Kind
    }
    assert status["rendering"] == {
        "waiting": 0,
        "lag_seconds": 0,
        "queue": "absent",
    }
    assert client.get(STATUS).headers["Cache-Control"] == "public, max-age=5"


def test_status_shows_what_waits_and_since_when(client):
    sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", timezone.now()
    )
    earlier = timezone.now() - timedelta(seconds=90)
    Stale.objects.create(kind="actor", object_id=1, noted_at=earlier)
    Stale.objects.create(kind="actor", object_id=1)
    Stale.objects.create(kind="actor", object_id=2)
    rendering = got(client, STATUS)["rendering"]
    assert (rendering["waiting"], rendering["queue"]) == (2, "alive")
    assert 90 <= rendering["lag_seconds"] < 120
    refresh()
    assert got(client, STATUS)["rendering"]["waiting"] == 0


def test_status_takes_no_parameters(client):
    assert set(refused(client, f"{STATUS}?kind=event")) == {"kind"}


@pytest.mark.parametrize("address", [CHANGES, STATUS])
def test_other_methods(client, address):
    assert client.head(address).content == b""
    assert "GET" in client.options(address).headers["Allow"]
    assert client.post(address).status_code == 405


def test_they_stand_where_they_stand():
    assert (reverse("api-changes"), reverse("api-status")) == (CHANGES, STATUS)
