"""Lists: the log and the postings beside it say the same, in every order."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from rest_framework.request import Request

from publishing.api.filters import conditions as reading
from publishing.api.pagination import BY_DATE, cut
from publishing.api.selection import Selection
from publishing.beside import differences
from publishing.models import Document, Kind, Posting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

EVENTS = "/api/v1/events/"
ASKED = [
    "",
    "country=AFG",
    "country=AFG&date_from=2021-08-01&date_to=2021-08-31",
    "country=AFG&actor=taliban&date_overlaps=2021-01-01/..",
    "actor=taliban,isis-k",
    "actor=taliban,isis-k&verdict=single_source,agree,compatible",
    "killed_low__gte=10",
    "killed_low__gte=10&country=AFG&origins__gte=1",
    "near=34.5,69.2&within_km=20",
    "near=34.5,69.2&within_km=20&actor=isis-k",
    "actor_tree=taliban",
    "actor_tree=taliban&country=AFG",
]


def selection(query, kind=Kind.EVENT):
    request = RequestFactory().get(f"/api/v1/{kind}s/?{query}")
    chosen = Selection(kind, Request(request), BY_DATE)
    assert not chosen.problems()
    return chosen


def ids(page):
    return [document["id"] for document in page["results"]]


def whole(client, address):
    """Every page from there on, forwards."""
    pages = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        pages.append(ids(page))
        address, last = page["next"], page
    return pages, last


@pytest.mark.parametrize("query", ASKED)
def test_postings_find_what_the_log_finds(query):
    conditions = selection(query).conditions
    in_log = set(conditions.documents().values_list("object_id", flat=True))
    in_postings = set()
    for branch in conditions.postings():
        in_branch = list(branch.values_list("object_id", flat=True))
        assert len(in_branch) == len(set(in_branch))
        in_postings |= set(in_branch)
    assert in_postings == in_log
    assert in_log


@pytest.mark.parametrize("query", ASKED)
def test_many_values_are_asked_of_each_object(monkeypatch, query):
    monkeypatch.setattr(reading, "MOST_BRANCHES", 0)
    test_postings_find_what_the_log_finds(query)


@pytest.mark.parametrize("query", [*ASKED[:5], "actor_tree=taliban"])
@pytest.mark.parametrize(
    "ordering", ["id", "-id", "date", "-date", "modified", "-modified"]
)
def test_pages_are_the_documents_asked_for_in_their_order(client, query, ordering):
    query = f"{query}&ordering={ordering}".strip("&")
    wanted = list(selection(query).documents.values_list("object_id", flat=True))
    pages, last = whole(client, f"{EVENTS}?{query}&limit=7")
    assert [pk for page in pages for pk in page] == wanted
    back = []
    while last["previous"]:
        last = client.get(last["previous"]).json()
        back.append(ids(last))
    assert back == pages[-2::-1]


def test_the_log_pages_as_the_postings_do():
    """The past is only in the log; both cut at the same places."""
    for ordering in ("id", "-id", "date", "-date"):
        conditions = selection("country=AFG").conditions
        both = [
            cut(
                conditions.documents,
                branches,
                ordering=ordering,
                limit=9,
                cursor=None,
            )
            for branches in (conditions.branches(), None)
        ]
        assert both[0] == both[1]


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 1),
        ("country=AFG&date_from=2021-01-01", 2),  # one of them the code list
        ("ordering=date", 2),  # one where the undated begin
        ("ordering=-date&limit=1000", 2),
        ("count=exact", 2),
        ("expand=claims,place", 3),
        ("near=34.5,69.2&within_km=20&killed_low__gte=1", 1),
    ],
)
def test_queries_do_not_grow_with_the_page(
    client, django_assert_max_num_queries, query, most
):
    for limit in (1, 50):
        asked = f"{EVENTS}?{query}"
        asked += "" if "limit" in query else f"&limit={limit}"
        with django_assert_max_num_queries(most):
            assert client.get(asked).status_code == 200


@pytest.mark.parametrize("query", ["", "country=AFG", "q=attack", "claim=003-01"])
def test_counts_say_what_kind_of_count_they_are(client, query):
    asked = f"{EVENTS}?{query}&limit=1000"
    page = client.get(f"{asked}&count=exact").json()
    assert page["count"] == {"value": len(page["results"]), "kind": "exact"}
    estimated = client.get(f"{asked}&count=estimated").json()["count"]
    assert estimated["kind"] == "estimated"
    assert estimated["value"] >= 0
    assert "count" not in client.get(asked).json()
    assert "count" not in client.get(f"{asked}&count=none").json()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("count=many", {"count"}),
        ("near=1", {"near"}),
        ("near=1,2", {"near"}),
        ("near=91,2&within_km=3", {"near"}),
        ("within_km=3", {"within_km"}),
        ("near=1,2&within_km=-3", {"within_km"}),
        ("near=1,2&within_km=nan", {"within_km"}),
        ("date_overlaps=2021-01-01", {"date_overlaps"}),
        ("date_within=../..", {"date_within"}),
        ("date_within=2021-02-01/2021-01-01", {"date_within"}),
        ("killed_low__gte=-1", {"killed_low__gte"}),
        ("killed_low__gte=few", {"killed_low__gte"}),
        ("id=99999999999999999999", {"id"}),
        ("as_of=2999-01-01T00:00:00Z", {"as_of"}),
        ("as_of=then", {"as_of"}),
        ("fields=id,colour&omit=shape", {"fields", "omit"}),
        ("expand=title", {"expand"}),
        ("expand=claims&limit=101", {"limit"}),
        ("ordering=rank", {"ordering"}),
        ("country=AFG&country=SYR", {"country"}),
        ("slug=a%00b", {"slug"}),
        ("country=ZZZ&verdict=maybe", {"country", "verdict"}),
    ],
)
def test_what_cannot_be_answered_is_named(client, query, named):
    answer = client.get(f"{EVENTS}?{query}")
    assert answer.status_code == 400
    assert {error["parameter"] for error in answer.json()["errors"]} == named
    assert all(error["message"] for error in answer.json()["errors"])


def test_what_stands_beside_documents_is_proved():
    assert not list(differences())
    Posting.objects.filter(token="event:country:AFG").delete()
    assert any("country:AFG" in failure for failure in differences())


def test_a_posting_of_nothing_is_found():
    current = Document.objects.current().of(Kind.EVENT).first()
    Posting.objects.create(
        document_id=current.pk, token="event:country:ZZZ", object_id=current.object_id
    )
    assert any("ZZZ" in failure for failure in differences())


def test_a_cursor_of_another_ordering_is_refused(client):
    following = client.get(f"{EVENTS}?limit=2&ordering=id").json()["next"]
    query = QueryDict(following.partition("?")[2], mutable=True)
    query["ordering"] = "date"
    assert client.get(f"{EVENTS}?{query.urlencode()}").status_code == 400


def test_an_estimate_of_nothing_is_nothing(client):
    answer = client.get("/api/v1/articles/?alias=Nobody+at+all&count=estimated")
    assert answer.json()["count"] == {"value": 0, "kind": "estimated"}
