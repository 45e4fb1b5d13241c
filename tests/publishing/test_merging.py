"""What the public sees of a merge: where things went, and that nothing else is lost."""

from __future__ import annotations

import json
import random

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from actors.models import Actor
from curation.merging import plan
from curation.models import Merge
from events.models import Event, Place
from publishing.api.formats import formats_of
from publishing.changes import changes_after, newest
from publishing.models import Document, Kind
from publishing.rendering import refresh
from sources.models import Status
from sources.services import change_status, recorded
from tests.curation.merging_helper import join as join_now
from tests.curation.merging_helper import part as part_now
from tests.curation.merging_helper import public
from tests.rules import sql, without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

MODELS = {"actor": Actor, "event": Event, "place": Place}
HOST = "http://testserver"
PAGES = {"actor": "/actors/", "event": "/events/"}


def join(loser, into, by):
    done = join_now(loser, into, by)
    refresh()  # what is much is rendered soon after
    return done


def part(done, by):
    part_now(done, by)
    refresh()


@pytest.fixture(params=MODELS)
def kind(request):
    return request.param


@pytest.fixture
def pair(kind):
    """Two public objects that can be merged; the first leads to the second."""
    return chain_of(kind, 2)


def chain_of(kind, length):
    found = []
    rows = MODELS[kind].objects.published().order_by("slug")
    if kind == "actor":
        rows = rows.filter(outlet=None)
    for row in rows:
        if public_now(kind, row) and not (found and plan(found[-1], row).problems):
            found.append(row)
        if len(found) == length:
            return found
    raise AssertionError(f"the seeds have no {length} {kind}s to merge")


def public_now(kind, row):
    return Document.objects.current().filter(kind=kind, object_id=row.pk).exists()


def api(row, key="pk"):
    return f"/api/v1/{row._meta.model_name}s/{getattr(row, key)}/"


def test_the_old_id_and_key_lead_to_the_one_that_stays(kind, pair, reviewer, client):
    loser, into = pair
    formats = [f"?format={form}" for form in formats_of(Kind(kind), single=True)]
    assert formats
    join(loser, into, reviewer)
    for key in ("pk", "slug"):
        for query in ("", "?fields=id,slug", *formats):
            answer = client.get(api(loser, key) + query)
            assert answer.status_code == 301
            assert answer["Location"] == HOST + api(into) + query
            assert "must-revalidate" in answer["Cache-Control"]
        assert client.head(api(loser, key)).status_code == 301
        assert client.get(api(loser, key), follow=True).json()["id"] == into.pk
        if kind in PAGES:
            page = client.get(f"{PAGES[kind]}{getattr(loser, key)}/?x=1")
            assert page.status_code == 301
            assert page["Location"] == f"{PAGES[kind]}{into.slug}/?x=1"
    listed = client.get(f"/api/v1/{kind}s/?limit=1000").json()["results"]
    assert loser.pk not in {each["id"] for each in listed}
    assert into.pk in {each["id"] for each in listed}


@pytest.mark.parametrize("kind", ["actor", "place"], indirect=True)
def test_a_filter_by_the_old_key_tells_the_name_of_the_one_that_stays(
    kind, pair, reviewer, client
):
    loser, into = pair
    join(loser, into, reviewer)
    page = client.get("/", {kind: loser.slug}).content.decode()
    assert f'<span class="chip-name">{kind}</span> {escape(into.name)} <a' in page


def test_the_document_says_where_it_went(kind, pair, reviewer):
    loser, into = pair
    join(loser, into, reviewer)
    document = Document.objects.last_version(kind, loser.slug)
    assert document.gone
    assert json.loads(document.body) == {
        "id": loser.pk,
        "slug": loser.slug,
        "merged_into": {
            "id": into.pk,
            "slug": into.slug,
            "url": api(into),
            "name": str(into),
        },
    }


def test_a_chain_is_followed_in_one_step(kind, reviewer, client):
    first, second, third = chain_of(kind, 3)
    one = join(first, second, reviewer)
    two = join(second, third, reviewer)
    for row in (first, second):
        assert client.get(api(row))["Location"] == HOST + api(third)
    part(two, reviewer)
    assert client.get(api(first))["Location"] == HOST + api(second)
    assert client.get(api(second)).status_code == 200
    part(one, reviewer)
    assert client.get(api(first)).status_code == 200


def test_a_new_name_reaches_whatever_leads_there(kind, reviewer):
    first, second, third = chain_of(kind, 3)
    join(first, second, reviewer)
    join(second, third, reviewer)
    named = {"title" if kind == "event" else "name": "Another name"}
    with recorded(by=reviewer, why="renamed"):
        MODELS[kind].objects.filter(pk=third.pk).update(**named)
    refresh()
    for row in (first, second):
        into = Document.objects.last_version(kind, row.slug).merged_into
        assert into["name"] == "Another name"


def test_who_leads_to_what_was_retracted_leads_there_without_its_name(
    kind, pair, reviewer, client
):
    loser, into = pair
    join(loser, into, reviewer)
    change_status([into], to=Status.RETRACTED, by=reviewer, why="it is wrong")
    refresh()
    answer = client.get(api(loser))
    assert (answer.status_code, answer["Location"]) == (301, HOST + api(into))
    assert client.get(api(into)).status_code == 410
    assert str(into) not in Document.objects.last_version(kind, loser.slug).body


def test_what_was_never_public_leads_nowhere(kind, pair, reviewer, client):
    _, into = pair
    with recorded(by=reviewer, why="a double"):
        draft = MODELS[kind].objects.get(pk=into.pk)
        draft.pk, draft.slug, draft.status = None, "never-public", "draft"
        draft.outlet_id = None
        draft.save()
    join(draft, into, reviewer)
    refresh()
    assert client.get(api(draft)).status_code == 404
    assert not Document.objects.filter(kind=kind, object_id=draft.pk).exists()


def test_before_the_merge_it_is_what_it_was(kind, pair, reviewer, client):
    loser, into = pair
    before = client.get(api(loser)).content
    events = client.get(f"/api/v1/events/?{kind}={loser.pk}").content
    moment = timezone.now().isoformat().replace("+00:00", "Z")
    done = join(loser, into, reviewer)
    assert client.get(f"{api(loser)}?as_of={moment}").content == before
    if kind != "event":
        then = client.get(f"/api/v1/events/?{kind}={loser.pk}&as_of={moment}")
        assert then.json()["results"] == json.loads(events)["results"]
    during = timezone.now().isoformat().replace("+00:00", "Z")
    part(done, reviewer)
    assert client.get(api(loser)).content == before
    old = client.get(f"{api(loser)}?as_of={during}")
    assert old["Location"] == f"{HOST}{api(into)}?as_of={during}"


FILTERS = {
    "actor": [
        ("events", "actor"),
        ("events", "actor_tree"),
        ("events", "said_by"),
        ("articles", "actor"),
        ("claims", "speaker"),
        ("claims", "said_by"),
        ("claims", "attributed_to"),
        ("relations", "actor"),
        ("relations", "subject"),
        ("relations", "object"),
        ("actors", "related_to"),
        ("actors", "id"),
    ],
    "event": [("claims", "event"), ("events", "id")],
    "place": [("events", "place"), ("places", "parent"), ("places", "id")],
}


def test_filters_by_the_old_find_what_the_new_finds(kind, pair, reviewer, client):
    loser, into = pair
    join(loser, into, reviewer)
    moment = timezone.now().isoformat().replace("+00:00", "Z")
    found = 0
    for what, name in FILTERS[kind]:
        for when in ("", f"&as_of={moment}"):
            new = client.get(f"/api/v1/{what}/?{name}={into.pk}{when}").json()
            for key in [loser.pk] if name == "id" else [loser.pk, loser.slug]:
                old = client.get(f"/api/v1/{what}/?{name}={key}{when}").json()
                assert old["results"] == new["results"], (what, name)
            found += len(new["results"])
    by_key = client.get(f"/api/v1/{kind}s/?slug={loser.slug}").json()["results"]
    assert [each["id"] for each in by_key] == [into.pk]
    assert found > 2


def test_a_page_filtered_by_the_old_shows_what_the_new_shows(reviewer, client):
    loser, into = chain_of("actor", 2)
    join(loser, into, reviewer)
    assert into.name in client.get("/actors/", {"id": loser.pk}).content.decode()


# --- Who follows ------------------------------------------------------------------


def test_followers_are_told_what_went_where(kind, pair, reviewer, client):
    loser, into = pair
    start = newest()
    done = join(loser, into, reviewer)
    answer = client.get(f"/api/v1/changes/?since={start}&kind={kind}&include=document")
    told = {each["id"]: each for each in answer.json()["results"]}
    merged = told[loser.pk]
    assert (merged["change"], merged["sha256"], merged["document"]) == (
        *("merged", None, None),
    )
    assert merged["into"] == {
        "id": into.pk,
        "slug": into.slug,
        "url": HOST + api(into),
        "name": str(into),
    }
    assert all(each["into"] is None for pk, each in told.items() if pk != loser.pk)
    start = newest()
    part(done, reviewer)
    [back] = [
        each
        for each in changes_after(start, limit=999).found
        if (each.kind, each.object_id) == (kind, loser.pk)
    ]
    assert back.change == "returned"


class Follower:
    """Keeps a copy of all bodies; forgets what is merged or retracted."""

    def __init__(self):
        self.position, self.copy, self.led = 0, {}, {}

    def catch_up(self):
        page = changes_after(self.position, limit=10_000, bodies=True)
        for each in page.found:
            key = (each.kind, each.object_id)
            self.led.pop(key, None)
            if each.change == "merged":
                self.led[key] = json.loads(each.into)["id"]
            if each.body is None:
                del self.copy[key]
            else:
                self.copy[key] = each.body
        self.position = page.position


def test_who_follows_merges_ends_with_what_an_export_gives(reviewer):
    chance, follower = random.Random(4), Follower()
    follower.catch_up()
    done = []
    for _ in range(12):
        kind = chance.choice(list(MODELS))
        rows = [
            row for row in MODELS[kind].objects.published() if public_now(kind, row)
        ]
        loser, into = chance.sample(rows, 2)
        if not plan(loser, into).problems:
            done.append(join(loser, into, reviewer))
        if done and chance.random() < 0.3:
            last = done.pop()
            part(last, reviewer)
        if chance.random() < 0.5:
            follower.catch_up()
    assert len(done) > 3
    follower.catch_up()
    assert follower.copy == public()
    assert follower.led == {
        (each.kind, each.loser.pk): Document.objects.last_version(
            each.kind, each.loser.slug
        ).merged_into["id"]
        for each in Merge.objects.standing()
    }


# --- What verify finds ------------------------------------------------------------


def failures(capsys):
    with pytest.raises(SystemExit):
        call_command("verify")
    return capsys.readouterr().out


def test_verify_finds_a_merged_row_in_use(capsys, reviewer):
    loser, into = chain_of("actor", 2)
    join(loser, into, reviewer)
    refresh()
    with transaction.atomic():
        off("actors_actor", "merged_stays_withdrawn")
        Actor.objects.filter(pk=loser.pk).update(status="published")
        refresh()
    found = failures(capsys)
    assert f"actor {loser.pk} was merged, and is published" in found
    assert "actors_actor: trigger merged_stays_withdrawn is missing" in found


def off(table, trigger):
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    sql("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("body", ["", '{"merged_into": {"id": 1}}'])
def test_verify_finds_an_address_that_leads_elsewhere(capsys, reviewer, body):
    without("versions_never_change", Document)
    loser, into = chain_of("actor", 2)
    join(loser, into, reviewer)
    sql(
        "UPDATE publishing_document SET body = %s,"
        " sha256 = encode(sha256(convert_to(%s, 'UTF8')), 'hex')"
        " WHERE kind = 'actor' AND object_id = %s AND valid_to IS NULL",
        *(body, body, loser.pk),
    )
    wrong = "leads elsewhere than to what" if body else "is merged, and leads nowhere"
    assert f"actor {loser.pk}: {wrong}" in failures(capsys)


def test_verify_finds_an_address_that_leads_on_though_parted(capsys, reviewer):
    without("versions_never_change", Document)
    [actor] = chain_of("actor", 1)
    with recorded(by=reviewer, why="gone"):
        Actor.objects.filter(pk=actor.pk).update(status="retracted")
    refresh()
    body = '{"merged_into": {"id": 1}}'
    sql(
        "UPDATE publishing_document SET body = %s,"
        " sha256 = encode(sha256(convert_to(%s, 'UTF8')), 'hex')"
        " WHERE kind = 'actor' AND object_id = %s AND valid_to IS NULL",
        *(body, body, actor.pk),
    )
    assert f"actor {actor.pk}: leads on, and is not merged" in failures(capsys)
