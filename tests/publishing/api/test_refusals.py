"""What a stranger gets wrong, and is told of it: the thing, its place, a remedy."""

from __future__ import annotations

import gzip
import json

import pytest
from django.conf import settings
from django.test import Client, override_settings

from publishing.api.answers import HEADERS
from tests.publishing.asking import Asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

EVENTS, ATTACK = "/api/v1/events/", "/api/v1/events/kabul-airport-attack/"


def problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.json()


@pytest.mark.parametrize("address", [EVENTS, "/api/v1/changes/"])
@pytest.mark.parametrize(
    "limit", ["0", "1001", "-1", "1.5", "²", "٣", "1e2", "000000015000", "9" * 5000]
)
def test_a_limit_is_1_to_1000(client, address, limit):
    (error,) = problem(client.get(address, {"limit": limit}), 400)["errors"]
    assert error["parameter"] == "limit"
    assert "from 1 to 1000" in error["message"]


@pytest.mark.parametrize("address", [EVENTS, ATTACK, "/api/v1/changes/"])
def test_a_parameter_without_a_value_is_refused(client, address):
    """Who means a moment and forgets it would take today's state for that of then."""
    told = problem(client.get(f"{address}?as_of=&limit=&kind=&q=&format="), 400)
    empty = [e["parameter"] for e in told["errors"] if "no value" in e["message"]]
    assert sorted(empty) == ["as_of", "format", "kind", "limit", "q"]


@pytest.mark.parametrize("value", [",", "AFG,", ",AFG"])
def test_a_list_with_a_gap_is_refused(client, value):
    (error,) = problem(client.get(EVENTS, {"country": value}), 400)["errors"]
    assert error["parameter"] == "country"
    assert "before or after a comma" in error["message"]


@pytest.mark.parametrize("value", ["\x1d", "\u00a0", "\u2003,\x85"])
def test_only_plain_spaces_count_for_nothing_in_a_list(client, value):
    """As the schema has it: what else is white is a value that nothing bears."""
    assert client.get(EVENTS, {"article": value}).json()["results"] == []


@pytest.mark.parametrize("limit", ["101", "²", "0000000101"])
def test_a_limit_is_smaller_with_expand(client, limit):
    asked = {"limit": limit, "expand": "claims"}
    (error,) = problem(client.get(EVENTS, asked), 400)["errors"]
    assert error["parameter"] == "limit"
    assert client.get(EVENTS, {**asked, "limit": "100"}).status_code == 200


@pytest.mark.parametrize("number", ["9" * 19, "0" * 19 + "9" * 19, "1" * 5000, "²"])
def test_a_number_that_is_none_is_refused(client, number):
    for name in ("id", "killed_low__gte"):
        (error,) = problem(client.get(EVENTS, {name: number}), 400)["errors"]
        assert error["parameter"] == name


def test_what_is_wrong_twice_is_named_once(client):
    told = problem(client.get(f"{EVENTS}?cursor=x&format=ndjson"), 400)
    assert told["detail"].endswith(": cursor.")
    assert len(told["errors"]) == 2


def test_rank_without_words_is_told_to_add_them(client):
    (error,) = problem(client.get(f"{EVENTS}?ordering=rank"), 400)["errors"]
    assert "add q" in error["message"]


@pytest.mark.parametrize("address", ["/api/v1/eventz/", "/api/v2/events/", "/api/x/"])
@pytest.mark.parametrize("method", ["get", "post", "patch", "delete"])
def test_no_address_is_told_where_the_addresses_are(client, address, method):
    told = problem(getattr(client, method)(address), 404)
    assert "/api/v1/docs/" in told["detail"]


def test_a_write_without_the_slash_is_told_so(client):
    told = problem(client.post("/api/v1/proposals", {}, "application/json"), 404)
    assert "end with a slash" in told["detail"]


def test_another_method_is_told_which_there_are(client):
    told = problem(client.delete(ATTACK), 405)
    assert told["detail"] == (
        "There is no DELETE at this address; there are GET, PATCH, HEAD, OPTIONS."
    )


def test_another_host_is_told_so_in_a_problem(client):
    told = problem(client.get(EVENTS, headers={"host": "evil.example"}), 400)
    assert "Host" in told["detail"]
    page = client.get("/", headers={"host": "evil.example"})
    assert page.headers["Content-Type"].startswith("text/html")


def test_a_fault_of_the_server_is_a_problem_too(monkeypatch):
    def breaks(*_):
        raise RuntimeError("broken")

    monkeypatch.setattr("publishing.api.views.Selection", breaks)
    client = Client(raise_request_exception=False)
    answer = client.get(EVENTS)
    told = problem(answer, 500)
    assert "broken" not in answer.content.decode()
    assert told["instance"] == EVENTS


def test_drafts_take_no_parameters(client, curator):
    ask = Asking(client, curator, "curate")
    told = problem(ask("get", "drafts/events/kabul-airport-attack/?fields=id"), 400)
    assert told["errors"][0]["parameter"] == "fields"


def test_a_key_that_is_none_is_pointed_at(client, curator):
    ask = Asking(client, curator, "curate")
    body = {"key": "Big Key", "row": {"name": "X", "kind": "company"}}
    (error,) = problem(ask("post", "actors/", body), 422)["errors"]
    assert error["pointer"] == "#/key"
    body = {"mode": "all", "rows": [body]}
    (error,) = problem(ask("post", "bulk/actors/", body), 422)["errors"]
    assert error["pointer"] == "#/rows/0/key"


def test_a_slip_in_a_proposal_is_not_lost(client, curator):
    ask = Asking(client, curator, "propose")
    fields = {"measure": "kiled", "gruop": "all", "quantifier": "exact"}
    proposal = {"kind": "figure", "quote": "x", "reason": "x", "fields": fields}
    body = {"article": "1", "version": "1", "proposals": [{**proposal, "strat": 1}]}
    errors = problem(ask("post", "proposals/", body), 422)["errors"]
    found = {each["pointer"]: each["message"] for each in errors}
    at = "#/proposals/0"
    assert {f"{at}/strat", f"{at}/fields/gruop", f"{at}/fields/measure"} <= set(found)
    assert "there are measure, group" in found[f"{at}/fields/gruop"]


def test_a_tag_that_was_compressed_on_the_way_names_the_same_row(client, curator):
    """Who lets answers be compressed gets a weak ETag, and writes with it."""
    ask = Asking(client, curator, "curate")
    police = {"name": "Kabul police", "kind": "company", "description": "A" * 400}
    row = ask("post", "actors/", {"row": police}).json()
    read = ask("get", f"drafts/actors/{row['key']}/", accept_encoding="gzip")
    assert json.loads(gzip.decompress(read.content))["etag"] == row["etag"]
    assert read.headers["ETag"] == f"W/{row['etag']}"
    change = {"row": {"country": "AFG"}}
    changed = ask(
        "patch", f"actors/{row['key']}/", change, if_match=read.headers["ETag"]
    )
    assert changed.status_code == 200
    again = ask("patch", f"actors/{row['key']}/", change, if_match=read.headers["ETag"])
    assert problem(again, 412)["current"]["row"]["country"] == "AFG"


@override_settings(CORS_ALLOWED_ORIGINS=["https://a.example"])
def test_a_page_elsewhere_may_read_every_header_that_is_described(client):
    answer = client.get(EVENTS, headers={"origin": "https://a.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://a.example"
    open_to_all = {"Vary", "Cache-Control"}
    assert set(HEADERS) - open_to_all == set(settings.CORS_EXPOSE_HEADERS)
