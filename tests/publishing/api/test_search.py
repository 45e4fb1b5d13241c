"""Words and names: what is found, in which order, and with which passages."""

from __future__ import annotations

import json

import pytest

from publishing.api import search
from publishing.models import Document, Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def results(client, kind, query):
    answer = client.get(f"/api/v1/{kind}s/?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def keys(client, kind, query):
    return [document["slug"] for document in results(client, kind, query)["results"]]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Masood", "ahmad-massoud"),
        ("massoud", "ahmad-massoud"),
        ("MASSOÛD", "ahmad-massoud"),
        ("Haqani", "haqqani-network"),
        ("Talban", "taliban"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(client, words, slug):
    assert slug in keys(client, "actor", f"q={words}&limit=1000")


def test_the_likest_name_comes_first(client):
    assert keys(client, "actor", "q=Ahmed Masood")[0] == "ahmad-massoud"


def test_places_and_what_actors_do_are_found_by_such_names_too(client):
    assert "kabul-city" in keys(client, "place", "q=kabull")
    told = results(client, "event", "q=Haqani&limit=1000")["results"]
    involved = [{p["actor"]["slug"] for p in event["participants"]} for event in told]
    assert any("haqqani" in slug for slugs in involved for slug in slugs)


def test_what_is_unlike_is_not_found(client):
    assert keys(client, "actor", "q=zzyzx") == []
    assert keys(client, "actor", "q=zzzzzz") == []
    assert keys(client, "event", "q=zzzzzz") == []


def test_operators_mean_words_alone(client):
    assert keys(client, "actor", 'q="Masood"') == keys(client, "actor", 'q="masood"')
    everything = set(keys(client, "claim", "q=kabul&limit=1000"))
    without = set(keys(client, "claim", "q=kabul -airport&limit=1000"))
    assert without < everything


def test_more_of_the_words_rank_before_less_of_them(client):
    found = results(client, "claim", "q=airport or attack&limit=1000")
    texts = [
        " ".join([c["statement"], *(e["quote"] for e in c["evidence"])]).lower()
        for c in found["results"]
    ]
    both = [n for n, t in enumerate(texts) if "airport" in t and "attack" in t]
    one = [n for n, t in enumerate(texts) if ("airport" in t) ^ ("attack" in t)]
    assert both
    assert one
    assert sum(both) / len(both) < sum(one) / len(one)


@pytest.mark.parametrize("limit", [3, 10])
def test_ranked_pages_hold_every_match_once_and_lead_back(client, limit):
    everything = keys(client, "claim", "q=kabul&limit=1000")
    address = f"/api/v1/claims/?q=kabul&limit={limit}"
    pages = []
    while address:
        page = client.get(address).json()
        pages.append([claim["slug"] for claim in page["results"]])
        address, last = page["next"], page
    assert [slug for page in pages for slug in page] == everything
    back = []
    while last["previous"]:
        last = client.get(last["previous"]).json()
        back.append([claim["slug"] for claim in last["results"]])
    assert back == pages[-2::-1]


def test_the_newest_matches_of_a_common_word_are_ranked(client, monkeypatch):
    monkeypatch.setattr(search, "MOST_RANKED", 5)
    in_words = Document.objects.current().of(Kind.CLAIM)
    matching = [
        d
        for d in in_words.order_by("-pk")
        if "kabul" in json.dumps(json.loads(d.body), ensure_ascii=False).lower()
    ]
    for common in (0, 10**9):  # both ways of reading
        monkeypatch.setattr(search, "COMMON", common)
        found = keys(client, "claim", "q=kabul&limit=1000")
        assert len(found) == 5
        assert set(found) <= {d.slug for d in matching}
    by_id = keys(client, "claim", "q=kabul&limit=1000&ordering=id")
    assert len(by_id) > 5


def test_words_and_filters_go_together(client):
    asked = "q=kabul&kind=figure&limit=1000"
    assert {c["kind"] for c in results(client, "claim", asked)["results"]} == {"figure"}


def test_words_with_a_name_that_nobody_bears_find_nothing(client):
    answer = client.get("/api/v1/events/?q=attack&alias=Nobody&count=estimated")
    assert answer.status_code == 200
    assert answer.json()["results"] == []
    assert answer.json()["count"] == {"value": 0, "kind": "estimated"}


def test_passages_mark_the_words(client):
    page = results(client, "claim", "q=airport&limit=50")
    assert set(page["highlights"]) == {str(c["id"]) for c in page["results"]}
    passages = [p for each in page["highlights"].values() for p in each]
    assert passages
    assert all("<mark>airport</mark>" in passage.lower() for passage in passages)


def test_passages_are_safe_html():
    marked = search._marked(
        f"a <script> {search._START}b & c{search._STOP}{search._BETWEEN}no match"
    )
    assert marked == ["a &lt;script&gt; <mark>b &amp; c</mark>"]


def test_without_words_there_are_no_passages(client):
    assert "highlights" not in results(client, "claim", "limit=1")


def test_a_search_is_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    for limit in (1, 100):
        with django_assert_max_num_queries(6):
            results(client, "actor", f"q=taliban&limit={limit}")
