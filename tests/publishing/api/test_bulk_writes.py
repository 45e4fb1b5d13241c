"""Many rows at once, by key or external id; and writes that are sent twice."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorIdentifier
from events.models import Event
from publishing.models import KeptAnswer
from sources.models import Article
from tests.factories.actors import ActorFactory, ActorIdentifierFactory
from tests.factories.sources import ArticleFactory
from tests.publishing.asking import Asking

pytestmark = pytest.mark.django_db

ACTOR = {"name": "Kabul police", "kind": "government_body"}


@pytest.fixture
def ask(client, curator):
    return Asking(client, curator, "curate", "propose", name="loader")


def bulk(ask, mode, *rows, kind="actors", **headers):
    body = {"mode": mode, "rows": list(rows), "why": "weekly"}
    return ask("post", f"bulk/{kind}/", body, **headers)


def row(number, **fields):
    ids = {"wikidata": f"Q{number}"}
    return {"row": {**ACTOR, "name": f"Actor {number}", "ids": ids, **fields}}


def results(answer):
    assert answer.status_code == 200, answer.content
    return [each["result"] for each in answer.json()["results"]]


@pytest.mark.parametrize("mode", ["all", "each"])
def test_rows_are_found_again_by_their_external_id(ask, mode):
    first = bulk(ask, mode, row(1), row(2))
    assert results(first) == ["created", "created"]
    again = bulk(ask, mode, row(2), row(1, name="New"), row(3))
    assert results(again) == ["same", "changed", "created"]
    ids = [each["id"] for each in first.json()["results"]]
    assert [each["id"] for each in again.json()["results"]][:2] == ids[::-1]
    assert again.json()["changed"] == 1
    assert Actor.objects.get(pk=ids[0]).name == "New"
    assert ActorIdentifier.objects.count() == 3


def test_all_or_nothing(ask):
    bad = row(2, kind="robot")
    answer = bulk(ask, "all", row(1), bad, {"row": 5}, row(4))
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == ["#/rows/2/row"]
    answer = bulk(ask, "all", row(1), bad, row(3, name=5))
    pointers = {e["pointer"] for e in answer.json()["errors"]}
    assert pointers == {"#/rows/1/row/kind", "#/rows/2/row/name"}
    assert not Actor.objects.exists()


def test_each_by_itself(ask):
    parent = {"key": "p", "row": {"name": "P", "kind": "city", "parent": "p"}}
    rows = [
        {"key": "a", "row": {"name": "A", "kind": "city", "parent": "b"}},
        {"key": "b", "row": {"name": "B", "kind": "city", "radius_m": 5}},  # no point
        {"key": "c", "row": {"name": "C", "kind": "city"}},
        {"key": "c", "row": {"name": "C again", "kind": "city"}},
        {"row": None},
        parent,  # inside itself
    ]
    answer = bulk(ask, "each", *rows, kind="places")
    assert results(answer) == [
        "refused",  # b is not there
        "refused",
        "created",
        "refused",
        "refused",
        "refused",
    ]
    told = answer.json()
    assert (told["created"], told["refused"]) == (1, 5)
    pointers = [
        [e["pointer"] for e in each.get("errors", ())] for each in told["results"]
    ]
    assert pointers[0] == ["#/rows/0/row/parent"]
    assert pointers[1] == ["#/rows/1/row"]
    assert pointers[3] == ["#/rows/3/key"]
    assert pointers[4] == ["#/rows/4/row"]


def test_rows_may_name_each_other(ask):
    inner = {"key": "in", "row": {"name": "In", "kind": "city", "parent": "out"}}
    outer = {"key": "out", "row": {"name": "Out", "kind": "country"}}
    assert results(bulk(ask, "each", inner, outer, kind="places")) == ["created"] * 2


def test_what_may_not_be_written_is_refused_by_itself(ask):
    public = ActorFactory(status="published")
    ActorIdentifierFactory(actor=public, value="Q1")
    answer = bulk(ask, "each", row(1), row(2))
    assert results(answer) == ["refused", "created"]
    assert "public at once" in answer.json()["results"][0]["errors"][0]["message"]
    assert bulk(ask, "all", row(1), row(3)).status_code == 403
    assert Actor.objects.count() == 2


def test_a_row_with_an_etag_is_written_where_it_is_that_still(ask):
    created = bulk(ask, "all", {"key": "a", **row(1)})
    assert results(created) == ["created"]
    tag = ask("get", "drafts/actors/a/").headers["ETag"]
    new = {"key": "a", **row(1, name="New"), "etag": tag}
    assert results(bulk(ask, "each", new)) == ["changed"]
    answer = bulk(ask, "each", {**new, **row(1, name="Newer")})
    assert results(answer) == ["refused"]
    assert answer.json()["results"][0]["errors"][0]["pointer"] == "#/rows/0/etag"


def test_claims_come_with_their_articles(ask):
    article = ArticleFactory()

    def claim(key, quote):
        fields = {"kind": "occurrence", "statement": "x", "voice": "narrator"}
        fields |= {"modality": "asserted", "quote": quote}
        return {"key": key, "article": article.pk, "row": fields}

    answer = bulk(
        *(ask, "each", claim("a", "The attack"), claim("b", "The atack killed")),
        kind="claims",
    )
    assert results(answer) == ["created", "refused"]
    [error] = answer.json()["results"][1]["errors"]
    assert error["nearest"]["quote"] == "The attack killed"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"rows": [row(1)]}, "#/mode"),
        ({"mode": "some", "rows": [row(1)]}, "#/mode"),
        ({"mode": "all"}, "#/rows"),
        ({"mode": "all", "rows": []}, "#/rows"),
        ({"mode": "all", "rows": [{}] * 1_001}, "#/rows"),
    ],
)
def test_the_body_says_how(ask, body, pointer):
    answer = ask("post", "bulk/actors/", body)
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


def test_many_rows_ask_hardly_more_than_a_few(ask):
    def asked(first, n):
        with CaptureQueriesContext(connection) as caught:
            answer = bulk(ask, "each", *(row(k) for k in range(first, first + n)))
        assert results(answer) == ["created"] * n
        return len(caught)

    asked(0, 5)
    assert asked(1000, 200) <= asked(10, 5)


# --- The same request twice -----------------------------------------------------------


def test_the_same_key_does_nothing_twice(ask):
    sent = ("post", "actors/", {"row": ACTOR})
    first = ask(*sent, idempotency_key='"k1"')
    again = ask(*sent, idempotency_key="k1")
    assert first.status_code == again.status_code == 201
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Actor.objects.count() == 1
    assert ask(*sent, idempotency_key="k2").status_code == 201
    assert Actor.objects.count() == 2


def test_a_key_is_for_one_request(ask):
    ask("post", "actors/", {"row": ACTOR}, idempotency_key="k")
    for method, path, body in [
        ("post", "actors/", {"row": {**ACTOR, "name": "x"}}),
        ("post", "origins/", {"row": ACTOR}),
    ]:
        answer = ask(method, path, body, idempotency_key="k")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["header"] == "Idempotency-Key"
    assert Actor.objects.count() == 1


def test_keys_of_one_token_are_not_those_of_another(ask):
    other = Asking(ask.client, ask.user, "curate", name="other")
    ask("post", "actors/", {"row": ACTOR}, idempotency_key="k")
    assert other("post", "actors/", {"row": ACTOR}, idempotency_key="k").json()["id"]
    assert Actor.objects.count() == 2


def test_what_was_refused_may_be_tried_again_with_its_key(ask):
    bad = ask("post", "actors/", {"row": {}}, idempotency_key="k")
    assert bad.status_code == 422
    assert not KeptAnswer.objects.exists()
    answer = ask("post", "actors/", {"row": ACTOR}, idempotency_key="k")
    assert answer.status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", '""', "x" * 256, "é"])
def test_what_is_no_key_is_refused(ask, key):
    answer = ask("post", "actors/", {"row": ACTOR}, idempotency_key=key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["header"] == "Idempotency-Key"


def test_after_a_day_a_key_is_forgotten(ask, monkeypatch):
    ask("post", "actors/", {"row": ACTOR}, idempotency_key="k")
    past = dt.timedelta(seconds=-1)
    monkeypatch.setattr("publishing.api.idempotency.KEPT", past)
    answer = ask("post", "actors/", {"row": ACTOR}, idempotency_key="k")
    assert "Idempotency-Replayed" not in answer.headers
    assert Actor.objects.count() == 2
    assert KeptAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_are_one_write(curator):
    asking = Asking(Client(), curator, "propose", name="twice")
    begin = threading.Barrier(4)

    def send(_):
        begin.wait()
        try:
            body = {"text": "A text that is sent four times at once. " * 400}
            return asking("post", "articles/", body, idempotency_key="k").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(send, range(4)))
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert Article.objects.count() == 1
    assert KeptAnswer.objects.count() == 1
    assert not Event.objects.exists()
