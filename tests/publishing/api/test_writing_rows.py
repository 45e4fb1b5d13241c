"""Rows that programs create, change and move, by the rules that hold for people."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from actors.models import Actor, Alias, Mention
from events.models import Claim, Event, Place
from publishing.models import Document
from publishing.rendering import refresh
from tests.factories.actors import ActorFactory, AliasFactory, MentionFactory
from tests.factories.events import (
    ClaimFactory,
    EventFactory,
    ParticipationFactory,
    PlaceFactory,
)
from tests.factories.sources import ArticleFactory
from tests.publishing.asking import Asking

pytestmark = pytest.mark.django_db

ACTOR = {"name": "Kabul police", "kind": "government_body"}
EVENT = {"title": "An attack", "type": "ASSAULT", "modality": "occurred"}


@pytest.fixture
def ask(client, curator):
    return Asking(client, curator, "curate", name="loader")


@pytest.fixture
def publishing(client, reviewer):
    return Asking(client, reviewer, "curate", "publish", name="publisher")


def etag(ask, path):
    return ask("get", f"drafts/{path}").headers["ETag"]


def one_error(answer, status=422):
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    [error] = answer.json()["errors"]
    return error


# --- Creating -----------------------------------------------------------------------


def test_a_row_begins_as_a_draft_by_the_tokens_user(ask):
    sent = {"key": "kabul-police", "row": ACTOR, "why": "from our list"}
    answer = ask("post", "actors/", sent)
    assert answer.status_code == 201, answer.content
    row = Actor.objects.get()
    shown = answer.json()
    assert (shown["id"], shown["key"], shown["status"]) == (
        row.pk,
        "kabul-police",
        "draft",
    )
    assert shown["row"] == ACTOR
    assert answer.headers["ETag"] == shown["etag"] == etag(ask, "actors/kabul-police/")
    assert answer.headers["Location"].endswith(f"/api/v1/drafts/actors/{row.pk}/")
    context = row.history.get().pgh_context.metadata
    assert context["by"] == "curator"
    assert context["why"] == "from our list (API token “loader”)"
    assert context["token"] == ask.token.pk


def test_every_kind_can_be_created(ask):
    article = ArticleFactory()
    made = [
        ("origins", {"row": {"name": "A wire", "kind": "wire_copy"}}),
        ("outlets", {"row": {"name": "The Post", "country": "AFG"}}),
        ("actors", {"key": "a", "row": {**ACTOR, "status": "coded"}}),
        ("actors", {"key": "b", "row": {**ACTOR, "ids": {"wikidata": "Q1"}}}),
        ("places", {"key": "kabul", "row": {"name": "Kabul", "kind": "city"}}),
        (
            "relations",
            {"row": {"subject": "a", "kind": "ally_of", "object": "b"}},
        ),
        (
            "events",
            {
                "key": "attack",
                "row": {
                    **EVENT,
                    "participants": [{"actor": "a", "role": "perpetrator"}],
                    "place": {"place": "kabul", "precision": "city"},
                },
            },
        ),
        (
            "claims",
            {
                "key": "dead",
                "article": article.pk,
                "row": {
                    "kind": "figure",
                    "statement": "13 people were killed.",
                    "voice": "attributed",
                    "speaker": "a",
                    "modality": "asserted",
                    "event": "attack",
                    "figure": {
                        "measure": "killed",
                        "group": "all",
                        "low": 13,
                        "high": 13,
                        "quantifier": "exact",
                    },
                    "quote": "killed 13 people",
                },
            },
        ),
        (
            "mentions",
            {"key": "a", "article": article.sha256, "row": {"quote": "police"}},
        ),
    ]
    for kind, sent in made:
        answer = ask("post", f"{kind}/", sent)
        assert answer.status_code == 201, (kind, answer.content)
        seen = ask("get", f"drafts/{kind}/{answer.json()['id']}/")
        assert seen.status_code == 200
        assert seen.json() == answer.json()
        assert seen.headers["ETag"] == answer.headers["ETag"]
    claim = Claim.objects.get()
    assert claim.evidence.get().quote == "killed 13 people"
    assert Mention.objects.get().quote == "police"
    assert Event.objects.get().participations.get().actor.slug == "a"


def test_what_is_not_public_is_seen_by_its_writer_only(client, ask):
    answer = ask("post", "actors/", {"key": "secret", "row": ACTOR})
    refresh()
    path = f"/api/v1/actors/{answer.json()['id']}/"
    assert client.get(path).status_code == 404
    assert client.get("/api/v1/drafts/actors/secret/").status_code == 401
    unchanged = ask("get", "drafts/actors/secret/", if_none_match=answer["ETag"])
    assert unchanged.status_code == 304
    assert "private" in ask("get", "drafts/actors/secret/")["Cache-Control"]


def test_a_key_is_made_where_none_is_sent(ask):
    keys = [ask("post", "actors/", {"row": ACTOR}).json()["key"] for _ in range(2)]
    assert keys == ["kabul-police", "kabul-police-2"]


def test_what_is_there_already_is_not_created_again(ask):
    ask("post", "actors/", {"key": "a", "row": ACTOR})
    answer = ask("post", "actors/", {"key": "a", "row": {**ACTOR, "name": "Other"}})
    assert one_error(answer, 409)["pointer"] == "#/key"
    assert answer.json()["current"]["row"]["name"] == "Kabul police"
    assert Actor.objects.get().name == "Kabul police"
    assert Actor.objects.get().history.count() == 1


@pytest.mark.parametrize(
    ("kind", "row", "pointer", "allowed"),
    [
        ("actors", {"kind": "person"}, "", None),
        ("actors", {**ACTOR, "nam": "x"}, "/nam", None),
        ("actors", {**ACTOR, "kind": "robot"}, "/kind", None),
        ("actors", {**ACTOR, "name": 5}, "/name", None),
        ("actors", {**ACTOR, "status": "published"}, "/status", "draft"),
        ("actors", {**ACTOR, "aliases": [{"name": "x"}]}, "/aliases/0", None),
        ("events", {**EVENT, "modality": "maybe"}, "/modality", "occurred"),
        ("events", {**EVENT, "type": "PARTY"}, "/type", "ASSAULT"),
        (
            "events",
            {**EVENT, "participants": [{"actor": "nobody", "role": "host"}]},
            "/participants/0/actor",
            None,
        ),
        (
            "events",
            {**EVENT, "date": {"precision": "day", "earliest": "2021-13-01"}},
            "/date",
            None,
        ),
        ("places", {"name": "x", "kind": "city", "latitude": 1}, "", None),
    ],
)
def test_a_fault_is_named_where_it_stands(ask, kind, row, pointer, allowed):
    answer = ask("post", f"{kind}/", {"row": row})
    error = one_error(answer)
    assert error["pointer"] == f"#/row{pointer}"
    assert allowed is None or allowed in error["allowed"]


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({}, "#/row"),
        ({"row": []}, "#/row"),
        ({"row": ACTOR, "key": 5}, "#/key"),
        ({"row": ACTOR, "key": "No Key"}, "#/key"),
        ({"row": ACTOR, "article": 1}, "#/article"),
        ({"row": ACTOR, "why": 5}, "#/why"),
        ({"row": ACTOR, "x": 5}, "#/x"),
    ],
)
def test_so_is_one_of_the_body_around_it(ask, sent, pointer):
    assert one_error(ask("post", "actors/", sent))["pointer"] == pointer


def test_a_quote_that_is_not_there_names_the_nearest_passage(ask):
    article = ArticleFactory()
    row = {
        "kind": "occurrence",
        "statement": "There was an attack.",
        "voice": "narrator",
        "modality": "asserted",
        "quote": "The attack killed thirteen",
    }
    error = one_error(ask("post", "claims/", {"article": article.pk, "row": row}))
    assert error["pointer"] == "#/row/quote"
    near = error["nearest"]
    assert article.text[near["start"] : near["end"]] == near["quote"]
    assert near["quote"].startswith("The attack killed")


def test_the_rules_of_the_database_are_told_in_words(ask):
    ask("post", "places/", {"key": "a", "row": {"name": "A", "kind": "city"}})
    row = {"name": "B", "kind": "city", "parent": "a"}
    ask("post", "places/", {"key": "b", "row": row})
    answer = ask(
        *("patch", "places/a/", {"row": {"parent": "b"}}),
        if_match=etag(ask, "places/a/"),
    )
    assert answer.status_code == 422
    assert "contain itself" in answer.json()["detail"]
    assert Place.objects.get(slug="a").parent is None


# --- Changing -----------------------------------------------------------------------


def test_only_what_is_sent_changes(ask):
    actor = ActorFactory(slug="a", description="Old", status="coded")
    AliasFactory(actor=actor, name="Alias", status="coded")
    before = etag(ask, "actors/a/")
    changes = {"row": {"name": "New", "description": None}, "why": "renamed"}
    answer = ask("patch", "actors/a/", changes, if_match=before)
    assert answer.status_code == 200, answer.content
    actor.refresh_from_db()
    assert (actor.name, actor.description, actor.status) == ("New", "", "coded")
    assert actor.aliases.get().status == "coded"
    assert answer.headers["ETag"] != before
    assert answer.headers["ETag"] == etag(ask, "actors/a/")
    metadata = actor.history.latest("pgh_id").pgh_context.metadata
    assert metadata["why"] == "renamed (API token “loader”)"


def test_a_part_that_is_new_is_added_and_none_is_taken_away(ask):
    actor = ActorFactory(slug="a", status="coded")
    AliasFactory(actor=actor, name="Old", status="coded")
    row = {"aliases": [{"name": "New", "kind": "acronym"}]}
    answer = ask("patch", "actors/a/", {"row": row}, if_match=etag(ask, "actors/a/"))
    assert answer.status_code == 200
    states = dict(Alias.objects.values_list("name", "status"))
    assert states == {"Old": "coded", "New": "coded"}


def test_a_merge_patch_says_so_in_its_type(ask):
    ActorFactory(slug="a")
    answer = ask(
        *("patch", "actors/a/", {"row": {"name": "New"}}),
        if_match=etag(ask, "actors/a/"),
        content_type="application/merge-patch+json",
    )
    assert answer.status_code == 200


def test_a_change_needs_to_know_what_it_changes(ask):
    actor = ActorFactory(slug="a", name="Old")
    change = ("patch", "actors/a/", {"row": {"name": "New"}})
    assert one_error(ask(*change), 428)["header"] == "If-Match"
    stale = etag(ask, "actors/a/")
    Actor.objects.update(name="Meanwhile")
    answer = ask(*change, if_match=stale)
    assert one_error(answer, 412)["header"] == "If-Match"
    current = answer.json()["current"]
    assert current["row"]["name"] == "Meanwhile"
    assert answer.headers["ETag"] == current["etag"]
    actor.refresh_from_db()
    assert actor.name == "Meanwhile"
    assert ask(*change, if_match=current["etag"]).status_code == 200
    assert ask(*change, if_match="*").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_is_told_of_the_other(curator):
    ActorFactory(slug="a", name="Old")
    tokens = [
        Asking(Client(), curator, "curate", name=name)
        for name in ("one", "two", "three")
    ]
    tag = etag(tokens[0], "actors/a/")
    begin = threading.Barrier(len(tokens))

    def change(ask):
        begin.wait()
        try:
            sent = {"row": {"name": ask.token.name}}
            return ask("patch", "actors/a/", sent, if_match=tag).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tokens)) as pool:
        statuses = sorted(pool.map(change, tokens))
    assert statuses == [200, 412, 412]
    assert Actor.objects.get().history.count() == 2


def test_a_change_of_a_part_is_a_change_of_the_row(ask):
    alias = AliasFactory(actor__slug="a", name="Old")
    before = etag(ask, "actors/a/")
    Alias.objects.filter(pk=alias.pk).update(name="New")
    assert etag(ask, "actors/a/") != before


@pytest.mark.parametrize("kind", ["claims", "mentions", "places", "events", "articles"])
def test_other_kinds_are_changed_alike(ask, kind):
    make, row = {
        "claims": (ClaimFactory, {"note": "n"}),
        "mentions": (MentionFactory, {"note": "n"}),
        "places": (PlaceFactory, {"name": "n"}),
        "events": (EventFactory, {"summary": "n"}),
        "articles": (ArticleFactory, {"title": "n"}),
    }[kind]
    pk = make(status="draft").pk
    answer = ask(
        *("patch", f"{kind}/{pk}/", {"row": row}), if_match=etag(ask, f"{kind}/{pk}/")
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["row"] | row == answer.json()["row"]
    assert answer.json()["id"] == pk


def test_what_was_reviewed_and_changes_is_coded_again(ask):
    actor = ActorFactory(slug="a", status="reviewed")
    tag = etag(ask, "actors/a/")
    answer = ask("patch", "actors/a/", {"row": {"name": "New"}}, if_match=tag)
    assert answer.json()["status"] == "coded"
    actor.refresh_from_db()
    assert actor.status == "coded"


def test_what_is_public_is_changed_by_those_who_may_publish(ask, publishing):
    actor = ActorFactory(slug="a", status="published")
    change = ("patch", "actors/a/", {"row": {"name": "New"}})
    answer = ask(*change, if_match="*")
    assert answer.status_code == 403
    assert "public at once" in answer.json()["detail"]
    actor.refresh_from_db()
    assert actor.name != "New"
    curating = Asking(ask.client, publishing.user, "curate", name="half")
    assert curating(*change, if_match="*").status_code == 403
    assert publishing(*change, if_match="*").status_code == 200


def test_the_tag_of_the_document_will_do_for_a_published_row(client, publishing):
    ActorFactory(slug="a", status="published")
    refresh()
    tag = client.get("/api/v1/actors/a/").headers["ETag"]
    change = ("patch", "actors/a/", {"row": {"name": "New"}})
    assert publishing(*change, if_match=tag).status_code == 200
    refresh()
    assert client.get("/api/v1/actors/a/").headers["ETag"] != tag
    assert publishing(*change, if_match=tag).status_code == 412
    assert Document.objects.current().get().version == 2


def test_what_is_not_there_is_not_found(ask):
    for path in ("actors/x/", "actors/99999999999/", "actors/9999999999999999999/"):
        assert ask("patch", path, {"row": {}}, if_match="*").status_code == 404
        assert ask("get", f"drafts/{path}").status_code == 404
    assert ask("get", "drafts/things/1/").status_code == 404
    assert ask("post", "mentions/1/move/", {"to": "coded"}).status_code == 404


# --- Moving -------------------------------------------------------------------------


def test_a_row_goes_its_way_to_the_public(client, ask, publishing):
    ask("post", "actors/", {"key": "a", "row": ACTOR})
    move = ("post", "actors/a/move/")
    assert ask(*move, {"to": "coded"}).json()["status"] == "coded"
    assert ask(*move, {"to": "reviewed"}).status_code == 403
    assert publishing(*move, {"to": "reviewed"}).status_code == 200
    answer = publishing(*move, {"to": "published", "why": "checked"})
    assert answer.json()["status"] == "published"
    assert client.get("/api/v1/actors/a/").json()["name"] == "Kabul police"
    assert one_error(publishing(*move, {"to": "retracted"}))["pointer"] == "#/why"
    gone = publishing(*move, {"to": "retracted", "why": "wrong"})
    assert gone.status_code == 200
    assert client.get("/api/v1/actors/a/").status_code == 410


def test_nobody_reviews_their_own_coding(publishing):
    sent = {"key": "a", "row": {**ACTOR, "status": "coded"}}
    assert publishing("post", "actors/", sent).status_code == 201
    answer = publishing("post", "actors/a/move/", {"to": "reviewed"})
    assert answer.status_code == 403
    assert "nobody reviews their own" in answer.json()["detail"]


def test_where_no_way_leads_is_a_conflict(ask):
    ActorFactory(slug="a", status="draft")
    answer = ask("post", "actors/a/move/", {"to": "published"})
    error = one_error(answer, 409)
    assert error["allowed"] == ["coded", "rejected"]
    assert answer.json()["current"]["status"] == "draft"


def test_a_move_can_have_its_condition_too(ask):
    ActorFactory(slug="a", status="draft")
    move = ("post", "actors/a/move/", {"to": "coded"})
    assert ask(*move, if_match='"other"').status_code == 412
    assert ask(*move, if_match=etag(ask, "actors/a/")).status_code == 200


@pytest.mark.parametrize("kind", ["aliases", "participations", "mentions"])
def test_parts_with_a_state_are_moved_by_themselves(ask, kind):
    make = {
        "aliases": AliasFactory,
        "participations": ParticipationFactory,
        "mentions": MentionFactory,
    }[kind]
    row = make(status="draft")
    answer = ask("post", f"{kind}/{row.pk}/move/", {"to": "coded"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["status"] == "coded"


@pytest.mark.parametrize("to", ["gone", None, 5])
def test_there_are_no_other_states(ask, to):
    ActorFactory(slug="a")
    error = one_error(ask("post", "actors/a/move/", {"to": to}))
    assert error["allowed"][0] == "draft"
