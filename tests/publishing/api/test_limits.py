"""How often a token, and a reader without one, may ask."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from publishing.access import quotas
from publishing.access.quotas import charge_token, give_back
from publishing.models import Quota
from tests.factories.publishing import TokenFactory
from tests.publishing.asking import Asking

pytestmark = pytest.mark.django_db

LIST = "/api/v1/events/"


@pytest.fixture
def noon(monkeypatch):
    """Time stands still, ten seconds into a minute; `noon(seconds)` moves it."""
    clock = {"now": 1_800_000_010.0}
    monkeypatch.setattr(quotas.time, "time", lambda: clock["now"])
    monkeypatch.setattr(quotas, "_addresses", quotas.Addresses())

    def move(seconds):
        clock["now"] += seconds

    return move


def left(answer):
    return answer.headers["RateLimit"]


def test_a_token_has_so_many_requests_a_minute(client, curator, noon):
    ask = Asking(client, curator, "read", per_minute=2)
    answers = [ask("get", LIST) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert [left(a) for a in answers] == [
        '"token";r=1;t=50',
        '"token";r=0;t=50',
        '"token";r=0;t=50',
        '"token";r=0;t=50',
    ]
    assert {a.headers["RateLimit-Policy"] for a in answers} == {'"token";q=2;w=60'}
    refused = answers[2]
    assert refused.headers["Retry-After"] == "50"
    assert refused.headers["Content-Type"] == "application/problem+json"
    problem = refused.json()
    assert problem["type"].endswith("#quota-exceeded")
    assert problem["violated-policies"] == ["token"]
    noon(50)
    assert ask("get", LIST).status_code == 200


@override_settings(TOKEN_RATE=7)
def test_a_token_of_no_number_of_its_own_has_the_usual_one(client, curator, noon):
    assert left(Asking(client, curator, "read")("get", LIST)) == '"token";r=6;t=50'


@pytest.mark.parametrize("path", ["nothing/", "events/nothing/", "events/?x=y"])
def test_errors_cost_nothing(client, curator, noon, path):
    ask = Asking(client, curator, "read", per_minute=1)
    for _ in range(3):
        answer = ask("get", path)
        assert 400 <= answer.status_code < 500
        assert left(answer) == '"token";r=1;t=50'
    assert ask("get", LIST).status_code == 200


def test_counting_a_token_is_one_statement(client, curator, noon):
    token = TokenFactory()
    with CaptureQueriesContext(connection) as caught:
        charge_token(token)
    assert len(caught) == 1


def test_a_count_that_is_given_back_later_changes_no_new_minute(curator, noon):
    token = TokenFactory()
    charge = charge_token(token)
    noon(60)
    charge_token(token)
    give_back(charge)
    assert Quota.objects.get().used == 1


@override_settings(ADDRESS_RATE=2)
def test_readers_without_a_token_are_counted_by_address(client, noon):
    answers = [client.get(LIST) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert left(answers[1]) == '"address";r=0;t=50'
    assert answers[2].headers["Retry-After"] == "50"
    assert client.get(LIST, REMOTE_ADDR="192.0.2.7").status_code == 200
    noon(60)
    assert client.get(LIST).status_code == 200


@override_settings(ADDRESS_RATE=1)
def test_their_errors_cost_nothing_either(client, noon):
    for _ in range(3):
        assert client.get("/api/v1/nothing/").status_code == 404
    noon(60)
    assert client.get("/api/v1/nothing/").status_code == 404
    assert client.get(LIST).status_code == 200


@override_settings(ADDRESS_RATE=1)
def test_counting_an_address_writes_nothing(client, noon):
    with CaptureQueriesContext(connection) as caught:
        client.get(LIST)
        client.get(LIST)
    assert not [q for q in caught if "SELECT" not in q["sql"]]


@override_settings(ADDRESS_RATE=1)
def test_an_address_is_believed_to_our_own_proxies_only(client, noon):
    forged = {"headers": {"x-forwarded-for": "192.0.2.1"}}
    assert client.get(LIST, **forged).status_code == 200
    forged = {"headers": {"x-forwarded-for": "192.0.2.2"}}
    assert client.get(LIST, **forged).status_code == 429
    with override_settings(PROXIES=1):
        forged = {"headers": {"x-forwarded-for": "192.0.2.1, 192.0.2.3"}}
        assert client.get(LIST, **forged).status_code == 200
        forged = {"headers": {"x-forwarded-for": "192.0.2.2, 192.0.2.3"}}
        assert client.get(LIST, **forged).status_code == 429


@override_settings(ADDRESS_RATE=0)
def test_without_a_limit_nothing_is_told_of_one(client, noon):
    answer = client.get(LIST)
    assert answer.status_code == 200
    assert "RateLimit" not in answer.headers


def test_a_flood_of_addresses_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(quotas, "MOST_ADDRESSES", 3)
    counts = quotas.Addresses()
    for number in range(20):
        counts.add(f"192.0.2.{number}", 1, 1, 5)
    assert len(counts.used) <= 4


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_across_connections(noon):
    """Many at once, each over a connection of its own, as processes have them."""
    token = TokenFactory(per_minute=10)
    begin = threading.Barrier(8)

    def some(_):
        begin.wait()
        try:
            return [charge_token(token).allowed for _ in range(5)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        allowed = [each for found in pool.map(some, range(8)) for each in found]
    assert sum(allowed) == 10
