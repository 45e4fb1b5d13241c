"""How the API answers requests that are not quite the usual ones."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

ATTACK = "/api/v1/events/kabul-airport-attack/"


def test_head_has_the_headers_of_get_and_no_body(client):
    got, asked = client.get(ATTACK), client.head(ATTACK)
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers["ETag"] == got.headers["ETag"]
    assert asked.headers["Content-Length"] == str(len(got.content))


@pytest.mark.parametrize("weak", ["", "W/"])
def test_an_unchanged_object_is_not_sent_again(client, weak):
    etag = client.get(ATTACK).headers["ETag"]
    again = client.get(ATTACK, headers={"if-none-match": weak + etag})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get(ATTACK, headers={"if-none-match": '"x"'}).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*"])
def test_there_is_one_form_whatever_is_asked_for(client, accept):
    answer = client.get(ATTACK, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"


def test_a_missing_slash_leads_to_the_address(client):
    answer = client.get("/api/v1/claims?limit=1")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/api/v1/claims/?limit=1"


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/events/nothing-like-that/",
        "/api/v1/events/a%00b/",
        "/api/v1/events/99999999999999999999/",
        "/api/v1/nothing/",
    ],
)
def test_what_is_not_there_is_a_problem_document(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "status"),
    [("post", 405), ("put", 405), ("delete", 405), ("patch", 401)],  # with a token
)
def test_nothing_can_be_written(client, method, status):
    answer = getattr(client, method)(ATTACK)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_id_answers_like_the_key(client):
    by_key = client.get(ATTACK)
    by_id = client.get(f"/api/v1/events/{by_key.json()['id']}/")
    assert by_id.content == by_key.content


@pytest.mark.parametrize("ordering", ["id", "-id", "date", "-date"])
@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_hold_everything_once_forwards_and_backwards(client, ordering, limit):
    pages, address = [], f"/api/v1/events/?ordering={ordering}&limit={limit}"
    while address:
        page = client.get(address).json()
        pages.append([event["id"] for event in page["results"]])
        address, last = page["next"], page
    everything = [pk for page in pages for pk in page]
    assert len(everything) == len(set(everything)) > 50
    back = []
    while last["previous"]:
        last = client.get(last["previous"]).json()
        back.append([event["id"] for event in last["results"]])
    assert back == pages[-2::-1]


def test_a_list_is_two_queries_however_long(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/api/v1/claims/?limit=1")
    with django_assert_num_queries(1):
        client.get("/api/v1/claims/?limit=1000")


def test_the_schema_is_valid_and_openapi_31(client):
    answer = client.get("/api/v1/schema/?format=json", headers={"accept": "*/*"})
    assert answer.status_code == 200
    assert b"3.1.1" in answer.content[:200]
