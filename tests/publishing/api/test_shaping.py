"""Parts of documents, and references replaced by what they refer to."""

from __future__ import annotations

import pytest

from publishing.api import expanding
from publishing.api.shaping import shape_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

ATTACK = "/api/v1/events/kabul-airport-attack/"
EVENTS = "/api/v1/events/?limit=20"


def test_fields_pick_and_keep_their_order(client):
    event = client.get(f"{ATTACK}?fields=title,id,place.country").json()
    assert list(event) == ["id", "title", "place"]
    assert event["place"] == {"country": "AFG"}


def test_fields_reach_through_lists(client):
    event = client.get(f"{ATTACK}?fields=participants.actor.slug").json()
    assert event["participants"]
    assert all(
        p == {"actor": {"slug": p["actor"]["slug"]}} for p in event["participants"]
    )


def test_omit_takes_away_and_leaves_the_rest_as_it_is(client):
    plain = client.get(ATTACK).json()
    event = client.get(f"{ATTACK}?omit=claims,place.claims").json()
    del plain["claims"], plain["place"]["claims"]
    assert event == plain


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"fields": "a"}, '{"a":{"b":1,"c":2}}'),
        ({"fields": "a.b"}, '{"a":{"b":1}}'),
        ({"fields": "a.b,a"}, '{"a":{"b":1,"c":2}}'),
        ({"omit": "a.b"}, '{"a":{"c":2},"d":null}'),
        ({"omit": "a,a.b"}, '{"d":null}'),
        ({"fields": "a", "omit": "a.c"}, '{"a":{"b":1}}'),
    ],
)
def test_a_field_asked_for_whole_takes_in_its_parts(query, wanted):
    assert shape_of(query)('{"a": {"b": 1, "c": 2}, "d": null}') == wanted


def test_nothing_asked_for_is_nothing_to_do():
    assert shape_of({}) is None


def test_lists_are_shaped_like_single_objects(client):
    page = client.get(f"{EVENTS}&fields=id,date.earliest").json()
    assert all(set(event) == {"id", "date"} for event in page["results"])


def test_claims_of_an_event_come_whole(client):
    event = client.get(f"{ATTACK}?expand=claims").json()
    assert event["claims"]
    for claim in event["claims"]:
        assert claim == client.get(f"/api/v1/claims/{claim['id']}/").json()


def test_a_page_is_expanded_with_one_query_for_each_path(
    client, django_assert_num_queries
):
    with django_assert_num_queries(4):
        page = client.get(f"{EVENTS}&expand=claims,participants.actor,place").json()
    assert page["unexpanded"] == 0
    placed = [event for event in page["results"] if event["place"]]
    assert placed
    assert all({"names", "precision"} <= set(event["place"]) for event in placed)
    actors = [p["actor"] for event in page["results"] for p in event["participants"]]
    assert all("aliases" in actor for actor in actors)


def test_beyond_the_bound_references_stay_short_and_are_counted(client, monkeypatch):
    monkeypatch.setattr(expanding, "MOST_EXPANDED", 3)
    page = client.get(f"{EVENTS}&expand=claims").json()
    claims = {c["id"]: c for event in page["results"] for c in event["claims"]}
    whole = [claim for claim in claims.values() if "evidence" in claim]
    assert len(whole) == 3
    assert page["unexpanded"] == len(claims) - 3


def test_everything_that_can_be_expanded_names_documents(client):
    for kind, paths in expanding.EXPANDABLE.items():
        for path in paths:
            answer = client.get(f"/api/v1/{kind}s/?limit=20&expand={path}")
            assert answer.status_code == 200, (kind, path)


def test_another_shape_is_another_version_to_a_cache(client):
    tags = {
        client.get(f"{ATTACK}{query}").headers["ETag"]
        for query in ("", "?fields=id", "?fields=id,title", "?expand=claims")
    }
    assert len(tags) == 4


def test_an_unknown_parameter_of_one_object_is_refused(client):
    answer = client.get(f"{ATTACK}?colour=red&fields=hue")
    assert answer.status_code == 400
    named = {error["parameter"] for error in answer.json()["errors"]}
    assert named == {"colour", "fields"}
